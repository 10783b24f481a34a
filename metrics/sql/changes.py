"""What a change touches: from changed records to the papers, authors, reference sets and entities to compute anew."""

from metrics.sql.coverage import FIELD

TAKE = """
WITH taken AS (
    SELECT id FROM papers_change ORDER BY id LIMIT %(most)s FOR UPDATE SKIP LOCKED
), gone AS (
    DELETE FROM papers_change c USING taken t WHERE c.id = t.id RETURNING c.kind, c.object_id
)
SELECT kind, array_agg(DISTINCT object_id) FROM gone GROUP BY kind
"""

# Papers of authors whose union of records changed: one was merged away, or stands again and has no numbers yet.
PAPERS_OF_REGROUPED = """
WITH regrouped AS (
    SELECT a.canonical_id AS id FROM canonical_author a
    LEFT JOIN metrics_authormetrics m ON m.author_id = a.id
    WHERE a.id = ANY(%(authors)s::bigint[])
      AND ((NOT a.is_canonical AND m.author_id IS NOT NULL)
           OR (a.is_canonical AND m.author_id IS NULL))
)
SELECT DISTINCT s.paper_id FROM regrouped r
JOIN canonical_author a ON a.id = r.id OR a.merge_target_id = r.id
JOIN papers_authorship s ON s.author_id = a.id
"""

# A paper's citations count for those it cites, and its authors decide which of theirs are self-citations.
CITED_BY = "SELECT DISTINCT cited_id FROM papers_citation WHERE citing_id = ANY(%(papers)s::bigint[])"

HEIRS_OF_PAPERS = """
SELECT DISTINCT merge_target_id FROM canonical_paper WHERE id = ANY(%(papers)s::bigint[]) AND NOT is_canonical
"""

AUTHORS_OF = """
SELECT DISTINCT a.canonical_id
FROM papers_authorship s JOIN canonical_author a ON a.id = s.author_id WHERE s.paper_id = ANY(%(papers)s::bigint[])
"""

STANDING_AUTHORS = """
SELECT DISTINCT canonical_id FROM canonical_author WHERE id = ANY(%(authors)s::bigint[])
UNION
SELECT id FROM papers_author WHERE id = ANY(%(authors)s::bigint[])
"""

# Of cited papers the count is renewed at once, which an index answers; the rest of them is overdue.
COUNT_CITED = f"""
UPDATE papers_paper p
SET counted_citation_count = f.n, shown_citation_count = greatest(f.n, p.reported_citation_count)
FROM (
    SELECT x.id, CASE WHEN x.n > 0 OR v.is_evidence THEN x.n END AS n
    FROM (SELECT x.id, count(r.citing_id)::int AS n FROM unnest(%(cited)s::bigint[]) AS x(id)
          LEFT JOIN papers_citation r ON r.cited_id = x.id GROUP BY x.id) x
    JOIN canonical_paper p ON p.id = x.id AND p.is_canonical
    LEFT JOIN papers_category c ON c.id = p.primary_category_id
    LEFT JOIN metrics_citationcoverage v ON v.field = {FIELD} AND v.year = date_part('year', p.published_date)::smallint
) f
WHERE p.id = f.id
  AND (p.counted_citation_count, p.shown_citation_count) IS DISTINCT FROM
      (f.n, greatest(f.n, p.reported_citation_count))
"""

_AS_OVERDUE = "ON CONFLICT (kind, object_id) DO UPDATE SET run_id = NULL WHERE metrics_overdue.run_id IS NOT NULL"
MARK = f"""
INSERT INTO metrics_overdue (kind, object_id)
SELECT %(kind)s, id FROM unnest(%(ids)s::bigint[]) AS x(id) ORDER BY id {_AS_OVERDUE}
"""
MARK_AUTHORS_OF = f"""
INSERT INTO metrics_overdue (kind, object_id)
SELECT DISTINCT 'author', a.canonical_id AS author_id
FROM papers_authorship s JOIN canonical_author a ON a.id = s.author_id
WHERE s.paper_id = ANY(%(papers)s::bigint[]) ORDER BY author_id {_AS_OVERDUE}
"""
# An array is made once, whatever the planner thinks of the table: right after an import it takes it to be empty, and
# would look through all marks again for each one that it takes.
TAKE_OVERDUE = """
DELETE FROM metrics_overdue
WHERE kind = %(kind)s AND object_id = ANY(ARRAY(
    SELECT object_id FROM metrics_overdue WHERE kind = %(kind)s ORDER BY object_id LIMIT %(most)s))
RETURNING object_id
"""
MARK_CELLS_OF = """
UPDATE metrics_referenceset m SET is_stale = true
FROM (
    SELECT DISTINCT primary_category_id AS category_id, kind, date_part('year', published_date)::smallint AS year
    FROM papers_paper WHERE id = ANY(%(papers)s::bigint[])
) t
WHERE (m.category_id, m.kind, m.year) = (t.category_id, t.kind, t.year) AND NOT m.is_stale
"""
_ENTITIES = """
    SELECT 'topic' AS kind, topic_id AS object_id FROM papers_papertopic WHERE paper_id = ANY(%(papers)s::bigint[])
    UNION
    SELECT 'topic', t.id FROM papers_papercategory c JOIN papers_topic t ON t.category_id = c.category_id
    WHERE c.paper_id = ANY(%(papers)s::bigint[])
    UNION
    SELECT 'institution', i.canonical_id
    FROM papers_authorshipinstitution w JOIN canonical_institution i ON i.id = w.institution_id
    WHERE w.paper_id = ANY(%(papers)s::bigint[])
    UNION
    SELECT 'venue', v.canonical_id
    FROM papers_paper p JOIN canonical_venue v ON v.id = p.venue_id WHERE p.id = ANY(%(papers)s::bigint[])
"""
MARK_ENTITIES_OF = f"""
UPDATE metrics_entitymetrics m SET is_stale = true
FROM ({_ENTITIES}) t WHERE m.kind = t.kind AND m.object_id = t.object_id AND NOT m.is_stale
"""

# Cells of the papers as they are, with how many works each held when it was last computed.
TOUCHED_CELLS = """
CREATE TEMP TABLE touched_sets ON COMMIT DROP AS
SELECT t.category_id, t.kind, t.year, sum(coalesce(m.works_count, 0)) OVER (
           ORDER BY coalesce(m.works_count, 0), t.category_id, t.kind, t.year) AS running
FROM (
    SELECT DISTINCT primary_category_id AS category_id, kind, date_part('year', published_date)::smallint AS year
    FROM canonical_paper
    WHERE id = ANY(%(papers)s::bigint[]) AND primary_category_id IS NOT NULL AND published_date IS NOT NULL
      AND is_canonical
) t LEFT JOIN metrics_referenceset m ON (m.category_id, m.kind, m.year) = (t.category_id, t.kind, t.year)
"""

# Here `running` leaves the reference set itself out: the first is always within the budget.
STALE_CELLS = """
CREATE TEMP TABLE touched_sets ON COMMIT DROP AS
SELECT category_id, kind, year,
       sum(works_count) OVER (ORDER BY works_count, category_id, kind, year) - works_count AS running
FROM metrics_referenceset WHERE is_stale
"""

POSTPONE_CELLS = """
WITH postponed AS (
    DELETE FROM touched_sets WHERE running > %(budget)s RETURNING category_id, kind, year
)
UPDATE metrics_referenceset m SET is_stale = true FROM postponed p
WHERE (m.category_id, m.kind, m.year) = (p.category_id, p.kind, p.year) AND NOT m.is_stale
"""

TOUCHED_ENTITIES = f"""
SELECT t.kind, t.object_id, coalesce(m.works_count, 0) FROM ({_ENTITIES}
    UNION
    SELECT kind, object_id FROM unnest(%(kinds)s::text[], %(objects)s::bigint[]) AS named(kind, object_id)
) t LEFT JOIN metrics_entitymetrics m ON m.kind = t.kind AND m.object_id = t.object_id
ORDER BY 3, 1, 2
"""

STALE_ENTITIES = "SELECT kind, object_id, works_count FROM metrics_entitymetrics WHERE is_stale ORDER BY 3, 1, 2"

POSTPONE_ENTITIES = """
UPDATE metrics_entitymetrics m SET is_stale = true
FROM unnest(%(kinds)s::text[], %(objects)s::bigint[]) AS p(kind, object_id)
WHERE m.kind = p.kind AND m.object_id = p.object_id AND NOT m.is_stale
"""
