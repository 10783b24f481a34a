"""Citation counts of papers: into the paper, its bylines and its metrics, where they differ from what stands there."""

from metrics.sql.coverage import FIELD

# Cited paper and citing year in one number sort twice as fast as in two; 0 stands for an unknown year.
BY_SORTING = "SET LOCAL enable_hashagg = off"
AS_USUAL = "SET LOCAL enable_hashagg = on"
FRESH = f"""
CREATE TEMP TABLE fresh_papers ON COMMIT DROP AS
WITH by_year AS (
    SELECT c.cited_id * 16384 + coalesce(extract(year FROM d.published_date)::int, 0) AS k, count(*)::int AS n
    FROM papers_citation c JOIN papers_paper d ON d.id = c.citing_id
    WHERE {{ids:c.cited_id}}
    GROUP BY 1
), cited AS (
    SELECT k >> 14 AS cited_id, sum(n)::int AS counted,
           array_agg((k & 16383)::smallint ORDER BY k) FILTER (WHERE k & 16383 > 0) AS years,
           array_agg(n ORDER BY k) FILTER (WHERE k & 16383 > 0) AS counts
    FROM by_year GROUP BY k >> 14
)
SELECT p.id AS paper_id, date_part('year', p.published_date)::smallint AS year,
       p.counted AS counted, greatest(p.counted, p.reported_citation_count) AS shown,
       p.counted_from, p.counted_until, coalesce(p.years, '{{{{}}}}'::smallint[]) AS citing_years,
       coalesce(p.counts, '{{{{}}}}'::int[]) AS citing_counts,
       p.counted_citation_count AS counted_before, p.shown_citation_count AS shown_before
FROM (
    SELECT p.id, p.published_date, p.reported_citation_count, p.counted_citation_count, p.shown_citation_count,
           cited.years, cited.counts, CASE WHEN v.is_evidence THEN coalesce(cited.counted, 0) ELSE cited.counted END AS counted,
           CASE WHEN v.is_evidence THEN v.counted_from END AS counted_from,
           CASE WHEN v.is_evidence THEN v.counted_until END AS counted_until
    FROM canonical_paper p
    LEFT JOIN cited ON cited.cited_id = p.id
    LEFT JOIN papers_category c ON c.id = p.primary_category_id
    LEFT JOIN metrics_citationcoverage v ON v.field = {FIELD} AND v.year = date_part('year', p.published_date)::smallint
    WHERE {{ids:p.id}} AND p.is_canonical
) p
"""

WRITE_PAPERS = """
UPDATE papers_paper p SET counted_citation_count = f.counted, shown_citation_count = f.shown
FROM fresh_papers f
WHERE p.id = f.paper_id AND (f.counted, f.shown) IS DISTINCT FROM (f.counted_before, f.shown_before)
"""

# relevance@1 of papers/domain/ranking.py. The last bits of a logarithm may differ from Python's.
WRITE_BYLINES = """
UPDATE papers_authorship s
SET shown_citation_count = p.shown_citation_count, relevance = p.relevance
FROM (
    SELECT id, shown_citation_count,
           ln(1 + coalesce(shown_citation_count, 0)::float8) + coalesce(
               date_part('year', published_date) + (date_part('doy', published_date) - 1) / 366, 1900) / 3 AS relevance
    FROM papers_paper WHERE {ids:papers_paper.id}
) p
WHERE s.paper_id = p.id AND {ids:s.paper_id}
  AND (s.shown_citation_count IS DISTINCT FROM p.shown_citation_count OR abs(s.relevance - p.relevance) > 1e-9)
"""

# MERGE, because ON CONFLICT writes each new row twice (speculatively, then for good). Whoever loses a race for a new row
# to another run is given its item again.
WRITE_METRICS = """
MERGE INTO metrics_papermetrics m USING fresh_papers f ON m.paper_id = f.paper_id AND {ids:m.paper_id}
WHEN MATCHED AND (
    (m.counted_citation_count, m.counted_from, m.counted_until, m.published_year) IS DISTINCT FROM
    (f.counted, f.counted_from, f.counted_until, f.year)
    OR m.citing_years <> f.citing_years OR m.citing_counts <> f.citing_counts OR m.versions <> %(paper_versions)s::smallint[])
THEN UPDATE SET
    published_year = f.year, counted_citation_count = f.counted, counted_from = f.counted_from,
    counted_until = f.counted_until, citing_years = f.citing_years,
    citing_counts = f.citing_counts, versions = %(paper_versions)s::smallint[], computed_at = %(now)s
WHEN NOT MATCHED THEN INSERT (
    paper_id, published_year, counted_citation_count, counted_from, counted_until, self_citation_count, citing_years,
    citing_counts, novelty_unknown, ai_unknown, versions, computed_at)
VALUES (f.paper_id, f.year, f.counted, f.counted_from, f.counted_until, 0, f.citing_years, f.citing_counts, 'waiting', 'waiting',
        %(paper_versions)s::smallint[], %(now)s)
"""

# Merged away, or gone altogether: no foreign key says so, for it would be checked row by row.
FORGET_GONE = """
DELETE FROM metrics_papermetrics m
WHERE {ids:m.paper_id}
  AND NOT EXISTS (SELECT FROM fresh_papers f WHERE f.paper_id = m.paper_id)
"""

COUNTS = (BY_SORTING, FRESH, AS_USUAL, WRITE_PAPERS, WRITE_BYLINES, FORGET_GONE, WRITE_METRICS)

# A self-citation: the citing and the cited work share an author, over the union of merged records.
SELF_CITATIONS = (
    """
CREATE TEMP TABLE fresh_self ON COMMIT DROP AS
WITH bylines AS NOT MATERIALIZED (
    SELECT s.paper_id, a.canonical_id AS author_id
    FROM papers_authorship s JOIN canonical_author a ON a.id = s.author_id
)
SELECT e.cited_id AS paper_id, count(DISTINCT e.citing_id)::int AS n
FROM (
    SELECT c.cited_id, c.citing_id, b.author_id
    FROM papers_citation c JOIN bylines b ON b.paper_id = c.cited_id
    WHERE {ids:c.cited_id}
) e JOIN bylines o ON o.paper_id = e.citing_id AND o.author_id = e.author_id
GROUP BY e.cited_id
""",
    """
UPDATE metrics_papermetrics m SET self_citation_count = coalesce(f.n, 0), computed_at = %(now)s
FROM metrics_papermetrics o LEFT JOIN fresh_self f ON f.paper_id = o.paper_id
WHERE {ids:o.paper_id} AND m.paper_id = o.paper_id AND m.self_citation_count <> coalesce(f.n, 0)
""",
)
