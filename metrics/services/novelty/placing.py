"""New abstracts into vectors, neighbours and Novelty, apart from the refresh of counts: exact neighbours take time."""

from datetime import datetime

from django.db import connection, transaction

from common.db.sql import fetch_column
from metrics.services.novelty.neighbours import find_neighbours
from metrics.services.novelty.percentiles import write_percentiles
from metrics.services.novelty.vectors import embed_papers
from metrics.services.refresh.locks import share_refresh
from metrics.services.refresh.scope import Ids
from metrics.services.refresh.statements import Moment, prepare_session, run_statements
from metrics.services.scoring import score_papers
from metrics.sql.authors import AVERAGES, SNAPSHOTS
from metrics.sql.changes import AUTHORS_OF

MOST_AT_ONCE = 10_000

_WAITING = """
SELECT paper_id FROM metrics_papermetrics WHERE novelty_unknown = 'waiting'
ORDER BY paper_id LIMIT %(most)s FOR UPDATE SKIP LOCKED
"""
_STILL = """
SELECT paper_id FROM metrics_papermetrics
WHERE paper_id = ANY(%(papers)s::bigint[]) AND novelty_unknown = 'waiting'
"""


def place_waiting_papers(*, now: datetime) -> int:
    """Embed and place up to MOST_AT_ONCE papers that wait, in one transaction; returns how many wait no longer."""
    moment = Moment.at(now)
    with transaction.atomic():
        prepare_session()
        share_refresh()
        waiting = fetch_column(_WAITING, {"most": MOST_AT_ONCE})
        if not waiting:
            return 0
        papers = Ids.of(waiting)
        embed_papers(papers, moment)
        find_neighbours(papers, moment)
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS pg_temp.changed_novelty")
        write_percentiles(moment)
        score_papers(papers, moment)
        moved = [*fetch_column("SELECT paper_id FROM changed_novelty", {}), *waiting]
        authors = Ids.of(fetch_column(AUTHORS_OF, {"papers": moved}))
        run_statements((*AVERAGES, *SNAPSHOTS), authors, moment)
        still = fetch_column(_STILL, {"papers": waiting})
    return len(waiting) - len(still)
