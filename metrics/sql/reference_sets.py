"""Reference sets (primary category, kind, year) and each paper's place in its own: field_weighted_impact and
citation_percentile, over known figures of one kind: counted here, or reported by one source."""

from metrics.formulas.fields import SMALLEST_MEAN, SMALLEST_SET
from metrics.sql.coverage import FIELD_OF_CATEGORY

# Either of these makes peer_papers; the rest is the same.
ALL_OF_CATEGORIES = """
CREATE TEMP TABLE peer_papers ON COMMIT DROP AS
SELECT id AS paper_id, primary_category_id AS category_id, kind,
       date_part('year', published_date)::smallint AS year, counted_citation_count AS counted
FROM canonical_paper p
WHERE {ids:p.primary_category_id} AND published_date IS NOT NULL AND is_canonical
"""

# touched_sets(category_id, kind, year) is there already. A paper's primary category is its first.
ALL_OF_CELLS = """
CREATE TEMP TABLE peer_papers ON COMMIT DROP AS
SELECT p.id AS paper_id, t.category_id, t.kind, t.year, p.counted_citation_count AS counted
FROM touched_sets t
JOIN papers_papercategory c ON c.category_id = t.category_id AND c.position = 1
 AND c.published_date >= make_date(t.year, 1, 1) AND c.published_date <= make_date(t.year, 12, 31)
JOIN canonical_paper p ON p.id = c.paper_id AND p.primary_category_id = t.category_id AND p.kind = t.kind
 AND p.is_canonical
"""

# Counted figures stand for a set only where the lack of citing works is evidence, for else only the cited have one.
KINDS = f"""
CREATE TEMP TABLE peer_kinds ON COMMIT DROP AS
WITH kinds AS (
    SELECT q.category_id, q.kind, q.year, 'counted' AS figures, count(q.counted) AS known, sum(q.counted) AS total
    FROM peer_papers q JOIN papers_category c ON c.id = q.category_id
    JOIN metrics_citationcoverage v ON v.field = {FIELD_OF_CATEGORY} AND v.year = q.year AND v.is_evidence
    GROUP BY q.category_id, q.kind, q.year
    UNION ALL
    SELECT q.category_id, q.kind, q.year, r.source, count(*), sum(r.count)
    FROM peer_papers q JOIN papers_reportedcitations r ON r.paper_id = q.paper_id
    GROUP BY q.category_id, q.kind, q.year, r.source
)
SELECT DISTINCT ON (category_id, kind, year) category_id, kind, year, figures
FROM kinds WHERE known >= {SMALLEST_SET} AND total >= {SMALLEST_MEAN} * known
ORDER BY category_id, kind, year, known DESC, total DESC, figures
"""

FRESH = """
CREATE TEMP TABLE fresh_peers ON COMMIT DROP AS
WITH figured AS (
    SELECT q.paper_id, q.category_id, q.kind, q.year, coalesce(k.figures, '') AS figures,
           CASE WHEN k.figures = 'counted' THEN q.counted ELSE r.count END AS figure
    FROM peer_papers q
    LEFT JOIN peer_kinds k ON k.category_id = q.category_id AND k.kind = q.kind AND k.year = q.year
    LEFT JOIN papers_reportedcitations r ON r.paper_id = q.paper_id AND r.source = k.figures
)
SELECT paper_id, category_id, kind, year, figures, figure,
       count(*) OVER cell AS works, count(figure) OVER cell AS known, sum(figure) OVER cell AS total,
       rank() OVER (PARTITION BY category_id, kind, year ORDER BY figure) - 1 AS below,
       count(*) OVER (PARTITION BY category_id, kind, year, figure) AS equal
FROM figured
WINDOW cell AS (PARTITION BY category_id, kind, year)
"""

WRITE_CELLS = """
INSERT INTO metrics_referenceset (
    category_id, kind, year, works_count, figures, known_count, citation_total, mean_citations, is_stale, computed_at)
SELECT category_id, kind, year, works, figures, known, total, total::float8 / known, false, %(now)s
FROM (SELECT category_id, kind, year, min(works) AS works, min(figures) AS figures, min(known) AS known,
             min(total) AS total
      FROM fresh_peers GROUP BY category_id, kind, year) f
ORDER BY category_id, kind, year
ON CONFLICT (category_id, kind, year) DO UPDATE SET
    works_count = excluded.works_count, figures = excluded.figures, known_count = excluded.known_count,
    citation_total = excluded.citation_total, mean_citations = excluded.mean_citations, is_stale = false,
    computed_at = excluded.computed_at
WHERE (metrics_referenceset.works_count, metrics_referenceset.figures, metrics_referenceset.known_count,
       metrics_referenceset.citation_total, metrics_referenceset.is_stale)
      IS DISTINCT FROM (excluded.works_count, excluded.figures, excluded.known_count, excluded.citation_total, false)
"""

FORGET_EMPTY_OF_CATEGORIES = """
DELETE FROM metrics_referenceset m WHERE {ids:m.category_id} AND NOT EXISTS (
    SELECT FROM fresh_peers f WHERE f.category_id = m.category_id AND f.kind = m.kind AND f.year = m.year)
"""

FORGET_EMPTY_OF_CELLS = """
DELETE FROM metrics_referenceset m USING touched_sets t
WHERE (m.category_id, m.kind, m.year) = (t.category_id, t.kind, t.year) AND NOT EXISTS (
    SELECT FROM fresh_peers f WHERE f.category_id = m.category_id AND f.kind = m.kind AND f.year = m.year)
"""

# NULL figures are ranked last, so `below` counts known ones alone.
WRITE_PAPERS = """
WITH scored AS (
    SELECT paper_id, CASE WHEN figure IS NOT NULL THEN figure * known::float8 / total::float8 END AS fwci,
           CASE WHEN figure IS NOT NULL THEN 100.0::float8 * (below + 0.5::float8 * equal) / known END AS percentile
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

# A paper that lost its date or category has no reference set any more.
WRITE_PAPERS_WITHOUT_CELL = """
UPDATE metrics_papermetrics m SET fwci = NULL, citation_percentile = NULL, computed_at = %(now)s
FROM papers_paper p
WHERE {ids:p.id} AND m.paper_id = p.id AND (p.primary_category_id IS NULL OR p.published_date IS NULL)
  AND (m.fwci IS NOT NULL OR m.citation_percentile IS NOT NULL)
"""

CHANGED = "CREATE TEMP TABLE changed_peers (paper_id bigint) ON COMMIT DROP"

OF_CATEGORIES = (
    ALL_OF_CATEGORIES,
    KINDS,
    FRESH,
    WRITE_CELLS,
    FORGET_EMPTY_OF_CATEGORIES,
    CHANGED,
    WRITE_PAPERS,
)
OF_CELLS = (ALL_OF_CELLS, KINDS, FRESH, WRITE_CELLS, FORGET_EMPTY_OF_CELLS, CHANGED, WRITE_PAPERS)
