"""Distances into Novelty: each paper's percentile in its primary category within a year."""

import numpy as np
from django.db import connection

from metrics.novelty.percentiles import novelty_percentiles
from metrics.services.refresh.scope import Scope
from metrics.services.refresh.statements import Moment

_DISTANCES = """
SELECT m.paper_id, m.novelty_distance, p.primary_category_id, date_part('year', p.published_date)::int
FROM metrics_papermetrics m JOIN papers_paper p ON p.id = m.paper_id
WHERE {ids:p.primary_category_id} AND m.novelty_distance IS NOT NULL AND p.published_date IS NOT NULL
  AND p.merged_into_id IS NULL
ORDER BY m.paper_id
"""
_STAGED = "CREATE TEMP TABLE fresh_novelty (paper_id bigint, novelty float8) ON COMMIT DROP"
_WRITE = """
WITH written AS (
    UPDATE metrics_papermetrics m
    SET novelty = f.novelty, novelty_unknown = CASE WHEN f.novelty IS NULL THEN 'small_cell' ELSE '' END,
        computed_at = %(now)s
    FROM fresh_novelty f
    WHERE m.paper_id = f.paper_id
      AND (m.novelty IS DISTINCT FROM f.novelty
           OR m.novelty_unknown <> CASE WHEN f.novelty IS NULL THEN 'small_cell' ELSE '' END)
    RETURNING m.paper_id
)
INSERT INTO changed_novelty SELECT paper_id FROM written
"""


def write_percentiles(scope: Scope, moment: Moment) -> int:
    """Novelty of every paper of these categories; returns the rows written.

    Leaves the temporary table changed_novelty(paper_id) behind, for whoever refreshes their authors.
    """
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE IF NOT EXISTS changed_novelty (paper_id bigint) ON COMMIT DROP")
        cursor.execute(_DISTANCES.format(ids=scope), scope.params)
        rows = cursor.fetchall()
        if not rows:
            return 0
        ids, distances, categories, years = zip(*rows, strict=True)
        values = novelty_percentiles(
            distances=np.asarray(distances, dtype=np.float64),
            categories=np.asarray(categories, dtype=np.int64),
            years=np.asarray(years, dtype=np.int64),
        )
        cursor.execute("DROP TABLE IF EXISTS pg_temp.fresh_novelty")
        cursor.execute(_STAGED)
        with cursor.copy("COPY fresh_novelty (paper_id, novelty) FROM STDIN") as copy:
            for paper_id, value in zip(ids, values.tolist(), strict=True):
                copy.write_row((paper_id, None if np.isnan(value) else value))
        cursor.execute(_WRITE, {"now": moment.now})
        return int(cursor.rowcount)
