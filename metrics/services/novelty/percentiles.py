"""Distances into Novelty: each paper's percentile in its reference set."""

import numpy as np
from django.db import connection

from common.db.copying import copying
from common.db.sql import fetch
from metrics.novelty.percentiles import novelty_percentiles
from metrics.services.refresh.statements import Moment

SET_NAMES = ("category_1", "category_3", "field_1", "field_3", "all_1")
"""How PaperMetrics.novelty_set names the places of WIDENING."""

_DISTANCES = """
SELECT m.paper_id, m.novelty_distance, coalesce(p.primary_category_id, -1), coalesce(f.number, -1),
       date_part('year', p.published_date)::int, m.novelty, m.novelty_set, m.novelty_unknown
FROM metrics_papermetrics m JOIN canonical_paper p ON p.id = m.paper_id
LEFT JOIN (SELECT id, dense_rank() OVER (ORDER BY scheme, split_part(code, '.', 1)) AS number FROM papers_category) f
       ON f.id = p.primary_category_id
WHERE m.novelty_distance IS NOT NULL AND p.published_date IS NOT NULL AND p.is_canonical
ORDER BY m.paper_id
"""
_STAGED = """
CREATE TEMP TABLE fresh_novelty (paper_id bigint, novelty float8, novelty_set text, unknown text) ON COMMIT DROP
"""
_WRITE = """
WITH written AS (
    UPDATE metrics_papermetrics m
    SET novelty = f.novelty, novelty_set = f.novelty_set, novelty_unknown = f.unknown, computed_at = %(now)s
    FROM fresh_novelty f
    WHERE m.paper_id = f.paper_id AND m.novelty_unknown <> 'waiting'
    RETURNING m.paper_id
)
INSERT INTO changed_novelty SELECT paper_id FROM written
"""


def write_percentiles(moment: Moment) -> int:
    """Novelty of every paper that has a distance, for sets may be wide; only what changed is written. Returns how much.

    Leaves the temporary table changed_novelty(paper_id) behind, for whoever refreshes their authors.
    """
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE IF NOT EXISTS changed_novelty (paper_id bigint) ON COMMIT DROP")
        rows = fetch(_DISTANCES)
        if not rows:
            return 0
        ids, distances, categories, fields, years, before, sets, unknown = zip(*rows, strict=True)
        found = novelty_percentiles(
            distances=np.asarray(distances, dtype=np.float64),
            categories=np.asarray(categories, dtype=np.int64),
            fields=np.asarray(fields, dtype=np.int64),
            years=np.asarray(years, dtype=np.int64),
        )
        cursor.execute("DROP TABLE IF EXISTS pg_temp.fresh_novelty")
        cursor.execute(_STAGED)
        now = zip(map(_known, found.values.tolist()), map(_named, found.sets.tolist()), strict=True)
        stored = zip(before, sets, unknown, strict=True)
        with copying(cursor, "COPY fresh_novelty (paper_id, novelty, novelty_set, unknown) FROM STDIN") as copy:
            for paper_id, (value, name), old in zip(ids, now, stored, strict=True):
                code = "" if name else "small_cell"
                if (value, name, code) != old:
                    copy.write_row((paper_id, value, name, code))
        cursor.execute(_WRITE, {"now": moment.now})
        return int(cursor.rowcount)


def _known(value: float) -> float | None:
    return None if np.isnan(value) else value


def _named(index: int) -> str:
    return SET_NAMES[index] if index >= 0 else ""
