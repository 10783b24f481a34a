"""The ten nearest earlier papers of each: computed once, and again when an earlier paper arrives that is nearer.

A paper that arrives later never changes an earlier one's neighbours. A paper that arrives now but was published
earlier may: those whose tenth neighbour it beats are computed anew.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import orjson
from django.db import connection

from common.db.copying import copying
from common.db.sql import fetch, fetch_column
from metrics.formulas.novelty import COPY, NEIGHBOURS, novelty_distance
from metrics.novelty.neighbours import Neighbours, displaced_rows, earlier_neighbours
from metrics.services.novelty.store import Corpus, load_corpus
from metrics.services.novelty.vectors import the_model
from metrics.services.refresh.scope import Scope
from metrics.services.refresh.statements import Moment

Rows = npt.NDArray[np.int64]

MOST_AT_ONCE = 20_000
# Cosines are stored with seven decimals, of vectors that are the same bytes.
SAME = 2e-7

# Waiting are vectors without neighbours, and papers whose numbers were taken away while the vector stayed.
_WAITING = """
SELECT v.paper_id FROM metrics_papervector v LEFT JOIN metrics_papermetrics m ON m.paper_id = v.paper_id
WHERE {ids:v.paper_id} AND v.model = %(model)s AND (NOT v.is_placed OR m.novelty_unknown = 'waiting')
ORDER BY v.paper_id LIMIT %(most)s
"""
# Which of these placed papers name among their neighbours, and how near they were.
_NAMING = """
SELECT m.paper_id, (e ->> 0)::bigint, (e ->> 1)::float8
FROM metrics_papermetrics m, jsonb_array_elements(m.novelty_neighbours) AS e
WHERE (e ->> 0)::bigint = ANY(%(waiting)s::bigint[])
"""
_KTH = """
SELECT m.paper_id, (m.novelty_neighbours -> %(last)s ->> 1)::float8 FROM metrics_papermetrics m
WHERE m.novelty_neighbours IS NOT NULL
"""
_STAGED = """
CREATE TEMP TABLE fresh_neighbours (paper_id bigint, distance float8, neighbours jsonb, unknown text) ON COMMIT DROP
"""
_WRITE = """
UPDATE metrics_papermetrics m
SET novelty_distance = f.distance, novelty_neighbours = f.neighbours,
    novelty = CASE WHEN f.distance IS NULL THEN NULL ELSE m.novelty END,
    novelty_set = CASE WHEN f.distance IS NULL THEN '' ELSE m.novelty_set END,
    novelty_unknown = CASE WHEN f.unknown <> '' THEN f.unknown
                           WHEN m.novelty IS NULL THEN 'small_cell' ELSE '' END,
    computed_at = %(now)s
FROM fresh_neighbours f
WHERE m.paper_id = f.paper_id
  AND ((m.novelty_distance, m.novelty_neighbours) IS DISTINCT FROM (f.distance, f.neighbours)
       OR m.novelty_unknown = 'waiting' OR (f.unknown <> '' AND m.novelty_unknown <> f.unknown))
"""
_PLACED = (
    "UPDATE metrics_papervector SET is_placed = true WHERE paper_id = ANY(%(waiting)s::bigint[]) AND NOT is_placed"
)
_UNDATED = """
UPDATE metrics_papermetrics m
SET novelty_distance = NULL, novelty = NULL, novelty_neighbours = NULL, novelty_set = '', novelty_unknown = 'no_date', computed_at = %(now)s
FROM metrics_papervector v
WHERE {ids:v.paper_id} AND v.paper_id = m.paper_id AND v.first_day IS NULL AND m.novelty_unknown <> 'no_date'
"""


# A copy's distance is 0 (novelty_distance@2), also of papers that were placed before that was so.
_COPIES = """
UPDATE metrics_papermetrics m SET novelty_distance = 0, computed_at = %(now)s
WHERE {ids:m.paper_id} AND m.novelty_distance > 0 AND (m.novelty_neighbours -> 0 ->> 1)::float8 >= %(copy)s
"""


def find_neighbours(scope: Scope, moment: Moment) -> int:
    """Place every waiting paper of the scope; returns the rows of metrics written."""
    name = the_model().name
    params = {**scope.params, "model": name, "most": MOST_AT_ONCE, "now": moment.now, "copy": COPY}
    with connection.cursor() as cursor:
        cursor.execute(_UNDATED.format(ids=scope), params)
        written = int(cursor.rowcount)
        cursor.execute(_COPIES.format(ids=scope), params)
        written += int(cursor.rowcount)
    corpus: Corpus | None = None
    while waiting := fetch_column(_WAITING.format(ids=scope), params):
        corpus = corpus or load_corpus(name)
        written += _store_neighbours(corpus, waiting, moment)
    return written


def _store_neighbours(corpus: Corpus, waiting: Sequence[int], moment: Moment) -> int:
    fresh = corpus.rows_of(np.asarray(waiting, dtype=np.int64))
    queries = np.union1d(fresh, _touched(corpus, fresh, waiting))
    found = earlier_neighbours(
        vectors=corpus.vectors,
        first_days=corpus.first_days,
        last_days=corpus.last_days,
        queries=queries,
        k=NEIGHBOURS,
    )
    written = _store(corpus, queries, found, moment)
    with connection.cursor() as cursor:
        cursor.execute(_PLACED, {"waiting": list(waiting)})
    return written


def _touched(corpus: Corpus, fresh: Rows, waiting: Sequence[int]) -> Rows:
    """Rows that are placed already and whose neighbours the waiting papers may change.

    A row that was placed when a waiting paper had its vector already, as in a full run, names it as near as it is: that
    one changes nothing. Named otherwise, it was re-dated, embedded anew or taken away.
    """
    placed = np.flatnonzero(corpus.is_placed).astype(np.int64)
    known, moved = _named(corpus, waiting)
    if not len(placed) or not len(fresh):
        return moved
    beaten = displaced_rows(
        vectors=corpus.vectors[placed],
        first_days=corpus.first_days[placed],
        kth_cosines=_kth_cosines(corpus)[placed],
        new_vectors=corpus.vectors[fresh],
        new_last_days=corpus.last_days[fresh],
        known=known[placed],
    )
    return np.union1d(placed[beaten], moved)


def _named(corpus: Corpus, waiting: Sequence[int]) -> tuple[Rows, Rows]:
    """How many waiting papers each row names as they are, and the rows that name one otherwise."""
    triples = fetch(_NAMING, {"waiting": list(waiting)})
    known = np.zeros(len(corpus.paper_ids), dtype=np.int64)
    if not triples:
        return known, np.empty(0, dtype=np.int64)
    naming, named, cosines = (np.asarray(column) for column in zip(*triples, strict=True))
    rows, others = corpus.row_of_each(naming), corpus.row_of_each(named)
    here = rows >= 0
    rows, others, cosines = rows[here], others[here], cosines[here]
    now = np.einsum("ij,ij->i", corpus.vectors[rows].astype(np.float64), corpus.vectors[others].astype(np.float64))
    same = (others >= 0) & (np.abs(now - cosines) <= SAME)
    same &= corpus.last_days[others] < corpus.first_days[rows]
    np.add.at(known, rows[same], 1)
    return known, np.unique(rows[~same])


def _kth_cosines(corpus: Corpus) -> npt.NDArray[np.float64]:
    """The cosine of each row's tenth neighbour; NaN where it has fewer."""
    kth = np.full(len(corpus.paper_ids), np.nan)
    pairs = [(paper_id, cosine) for paper_id, cosine in fetch(_KTH, {"last": NEIGHBOURS - 1}) if cosine is not None]
    if pairs:
        ids, cosines = (np.asarray(column) for column in zip(*pairs, strict=True))
        rows = corpus.row_of_each(ids)
        kth[rows[rows >= 0]] = cosines[rows >= 0]
    return kth


def _store(corpus: Corpus, queries: Rows, found: Neighbours, moment: Moment) -> int:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.fresh_neighbours")
        cursor.execute(_STAGED)
        with copying(cursor, "COPY fresh_neighbours (paper_id, distance, neighbours, unknown) FROM STDIN") as copy:
            for paper_id, rows, cosines in zip(
                corpus.paper_ids[queries].tolist(), found.rows, found.cosines.tolist(), strict=True
            ):
                pairs = [
                    [int(corpus.paper_ids[row]), cosine]
                    for row, cosine in zip(rows.tolist(), cosines, strict=True)
                    if row >= 0
                ]
                distance = novelty_distance([cosine for _, cosine in pairs])
                unknown = "" if distance is not None else "few_earlier_papers"
                copy.write_row((paper_id, distance, orjson.dumps(pairs).decode(), unknown))
        cursor.execute(_WRITE, {"now": moment.now})
        return int(cursor.rowcount)
