"""Cells (primary category, kind, year) and each paper's place in its own: field_weighted_impact, citation_percentile."""

from metrics.formulas.fields import SMALLEST_CELL

# Either of these makes peer_papers; the rest is the same.
ALL_OF_CATEGORIES = """
CREATE TEMP TABLE peer_papers ON COMMIT DROP AS
SELECT id AS paper_id, primary_category_id AS category_id, kind,
       date_part('year', published_date)::smallint AS year, shown_citation_count AS shown
FROM papers_paper p
WHERE {ids:p.primary_category_id} AND published_date IS NOT NULL AND merged_into_id IS NULL
"""

# touched_cells(category_id, kind, year) is there already. A paper's primary category is its first.
ALL_OF_CELLS = """
CREATE TEMP TABLE peer_papers ON COMMIT DROP AS
SELECT p.id AS paper_id, t.category_id, t.kind, t.year, p.shown_citation_count AS shown
FROM touched_cells t
JOIN papers_papercategory c ON c.category_id = t.category_id AND c.position = 1
 AND c.published_date >= make_date(t.year, 1, 1) AND c.published_date <= make_date(t.year, 12, 31)
JOIN papers_paper p ON p.id = c.paper_id AND p.primary_category_id = t.category_id AND p.kind = t.kind
 AND p.merged_into_id IS NULL
"""

FRESH = """
CREATE TEMP TABLE fresh_peers ON COMMIT DROP AS
SELECT paper_id, category_id, kind, year,
       count(*) OVER cell AS works, sum(shown) OVER cell AS total,
       shown,
       rank() OVER (PARTITION BY category_id, kind, year ORDER BY shown) - 1 AS below,
       count(*) OVER (PARTITION BY category_id, kind, year, shown) AS equal
FROM peer_papers
WINDOW cell AS (PARTITION BY category_id, kind, year)
"""

WRITE_CELLS = """
INSERT INTO metrics_cellmetrics (
    category_id, kind, year, works_count, citation_total, mean_citations, is_stale, computed_at)
SELECT category_id, kind, year, works, total, total::float8 / works, false, %(now)s
FROM (SELECT category_id, kind, year, min(works) AS works, min(total) AS total
      FROM fresh_peers GROUP BY category_id, kind, year) f
ORDER BY category_id, kind, year
ON CONFLICT (category_id, kind, year) DO UPDATE SET
    works_count = excluded.works_count, citation_total = excluded.citation_total,
    mean_citations = excluded.mean_citations, is_stale = false, computed_at = excluded.computed_at
WHERE (metrics_cellmetrics.works_count, metrics_cellmetrics.citation_total, metrics_cellmetrics.is_stale)
      IS DISTINCT FROM (excluded.works_count, excluded.citation_total, false)
"""

FORGET_EMPTY_OF_CATEGORIES = """
DELETE FROM metrics_cellmetrics m WHERE {ids:m.category_id} AND NOT EXISTS (
    SELECT FROM fresh_peers f WHERE f.category_id = m.category_id AND f.kind = m.kind AND f.year = m.year)
"""

FORGET_EMPTY_OF_CELLS = """
DELETE FROM metrics_cellmetrics m USING touched_cells t
WHERE (m.category_id, m.kind, m.year) = (t.category_id, t.kind, t.year) AND NOT EXISTS (
    SELECT FROM fresh_peers f WHERE f.category_id = m.category_id AND f.kind = m.kind AND f.year = m.year)
"""

WRITE_PAPERS = f"""
WITH scored AS (
    SELECT paper_id,
           CASE WHEN works >= {SMALLEST_CELL} AND total > 0 THEN shown * works::float8 / total::float8 END AS fwci,
           CASE WHEN works >= {SMALLEST_CELL} THEN 100.0::float8 * (below + 0.5::float8 * equal) / works END AS percentile
    FROM fresh_peers
), written AS (
    UPDATE metrics_papermetrics m
    SET fwci = s.fwci, citation_percentile = s.percentile, computed_at = %(now)s
    FROM scored s
    WHERE m.paper_id = s.paper_id
      AND (m.fwci IS DISTINCT FROM s.fwci OR m.citation_percentile IS DISTINCT FROM s.percentile)
    RETURNING m.paper_id
)
INSERT INTO changed_peers SELECT paper_id FROM written
"""

# A paper that lost its date or category has no cell any more.
WRITE_PAPERS_WITHOUT_CELL = """
UPDATE metrics_papermetrics m SET fwci = NULL, citation_percentile = NULL, computed_at = %(now)s
FROM papers_paper p
WHERE {ids:p.id} AND m.paper_id = p.id AND (p.primary_category_id IS NULL OR p.published_date IS NULL)
  AND (m.fwci IS NOT NULL OR m.citation_percentile IS NOT NULL)
"""

CHANGED = "CREATE TEMP TABLE changed_peers (paper_id bigint) ON COMMIT DROP"

OF_CATEGORIES = (ALL_OF_CATEGORIES, FRESH, WRITE_CELLS, FORGET_EMPTY_OF_CATEGORIES, CHANGED, WRITE_PAPERS)
OF_CELLS = (ALL_OF_CELLS, FRESH, WRITE_CELLS, FORGET_EMPTY_OF_CELLS, CHANGED, WRITE_PAPERS)
