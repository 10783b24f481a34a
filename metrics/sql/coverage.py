"""Citation coverage by field and year: what share of the works that could cite have their reference lists here."""

from metrics.formulas.coverage import FEWEST_WORKS, LISTED_SHARE
from metrics.models.coverage import OF_VENUE

# The field of a primary category c, as "arxiv:cs", and of a paper p with such a category or none: its venue then, as
# "venue:7", for nothing else says which of all works could have cited it; "" without either.
FIELD_OF_CATEGORY = "c.scheme || ':' || split_part(c.code, '.', 1)"
FIELD = f"coalesce({FIELD_OF_CATEGORY}, '{OF_VENUE}' || p.venue_id, '')"

FRESH = f"""
CREATE TEMP TABLE fresh_coverage ON COMMIT DROP AS
WITH works AS (
    SELECT {FIELD} AS field, date_part('year', p.published_date)::smallint AS year,
           EXISTS (SELECT FROM papers_citation r WHERE r.citing_id = p.id)
           OR EXISTS (SELECT FROM papers_unresolvedreference r WHERE r.citing_id = p.id) AS is_listed
    FROM canonical_paper p LEFT JOIN papers_category c ON c.id = p.primary_category_id
    WHERE p.is_canonical AND p.published_date IS NOT NULL
), yearly AS (
    SELECT field, year, count(*)::int AS works_count, (count(*) FILTER (WHERE is_listed))::int AS listed_count
    FROM works GROUP BY field, year
), later AS (
    SELECT *, (sum(works_count) OVER since)::int AS could_cite_count, (sum(listed_count) OVER since)::int AS could_cite_listed_count,
           works_count >= {FEWEST_WORKS} AND listed_count >= {LISTED_SHARE} * works_count AS is_counted
    FROM yearly WINDOW since AS (PARTITION BY field ORDER BY year DESC)
)
SELECT field, year, works_count, listed_count, could_cite_count, could_cite_listed_count,
       could_cite_count >= {FEWEST_WORKS} AND could_cite_listed_count >= {LISTED_SHARE} * could_cite_count AS is_evidence,
       min(year) FILTER (WHERE is_counted) OVER (PARTITION BY field) AS counted_from,
       max(year) FILTER (WHERE is_counted) OVER (PARTITION BY field) AS counted_until
FROM later
"""

# Papers of a field and year of which something else is true now than was: they are counted anew.
RECOUNTED = f"""
SELECT p.id
FROM canonical_paper p LEFT JOIN papers_category c ON c.id = p.primary_category_id
JOIN fresh_coverage f ON f.field = {FIELD} AND f.year = date_part('year', p.published_date)::smallint
LEFT JOIN metrics_citationcoverage m ON m.field = f.field AND m.year = f.year
WHERE p.is_canonical AND (f.is_evidence, f.counted_from, f.counted_until)
      IS DISTINCT FROM (coalesce(m.is_evidence, false), m.counted_from, m.counted_until)
"""

WRITE = """
MERGE INTO metrics_citationcoverage m USING fresh_coverage f ON m.field = f.field AND m.year = f.year
WHEN MATCHED AND (m.works_count, m.listed_count, m.could_cite_count, m.could_cite_listed_count, m.is_evidence,
                  m.counted_from, m.counted_until)
     IS DISTINCT FROM (f.works_count, f.listed_count, f.could_cite_count, f.could_cite_listed_count, f.is_evidence,
                       f.counted_from, f.counted_until)
THEN UPDATE SET works_count = f.works_count, listed_count = f.listed_count, could_cite_count = f.could_cite_count,
    could_cite_listed_count = f.could_cite_listed_count, is_evidence = f.is_evidence, counted_from = f.counted_from,
    counted_until = f.counted_until
WHEN NOT MATCHED THEN INSERT (field, year, works_count, listed_count, could_cite_count, could_cite_listed_count,
    is_evidence, counted_from, counted_until)
VALUES (f.field, f.year, f.works_count, f.listed_count, f.could_cite_count, f.could_cite_listed_count, f.is_evidence,
        f.counted_from, f.counted_until)
WHEN NOT MATCHED BY SOURCE THEN DELETE
"""

COVERAGE = (FRESH, WRITE)
