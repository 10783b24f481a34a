"""Numbers of topics, institutions and venues. One shape; what differs is how their works and people are found."""

from metrics.sql.indices import H_INDEX, I10_INDEX, IS_ENOUGH, MEAN_CITEDNESS_2Y

TOPIC_WORKS = """
CREATE TEMP TABLE entity_works ON COMMIT DROP AS
SELECT t.id AS object_id, w.paper_id
FROM canonical_topic t JOIN papers_papertopic w ON w.topic_id = t.id
WHERE {ids:t.id} AND t.is_canonical
UNION
SELECT t.id, w.paper_id
FROM canonical_topic t JOIN papers_papercategory w ON w.category_id = t.category_id
WHERE {ids:t.id} AND t.is_canonical
"""

INSTITUTION_WORKS = """
CREATE TEMP TABLE entity_works ON COMMIT DROP AS
SELECT DISTINCT i.canonical_id AS object_id, w.paper_id
FROM canonical_institution i JOIN papers_authorshipinstitution w ON w.institution_id = i.id
WHERE {ids:i.canonical_id}
"""

VENUE_WORKS = """
CREATE TEMP TABLE entity_works ON COMMIT DROP AS
SELECT v.canonical_id AS object_id, p.id AS paper_id
FROM canonical_venue v JOIN canonical_paper p ON p.venue_id = v.id AND p.is_canonical
WHERE {ids:v.canonical_id}
"""

PEOPLE_KEPT = 20  # a page shows 12 of those who are listed
LARGEST_TEAM = 100  # whose papers say little of who works on a subject

_LISTED = f"""
), counted AS (
    SELECT object_id, author_id, count(*) FILTER (WHERE author_count <= {LARGEST_TEAM})::int AS n
    FROM named GROUP BY object_id, author_id
), listed AS (
    SELECT *, row_number() OVER (PARTITION BY object_id ORDER BY n DESC, author_id) AS place FROM counted
)
SELECT object_id, count(*)::int AS n,
       jsonb_agg(jsonb_build_array(author_id, n) ORDER BY place)
           FILTER (WHERE place <= {PEOPLE_KEPT} AND n > 0) AS people
FROM listed GROUP BY object_id
"""

PEOPLE_OF_WORKS = (
    """
CREATE TEMP TABLE entity_people ON COMMIT DROP AS
WITH named AS (
    SELECT DISTINCT w.object_id, a.canonical_id AS author_id, w.paper_id, p.author_count
    FROM entity_works w
    JOIN papers_paper p ON p.id = w.paper_id
    JOIN papers_authorship s ON s.paper_id = w.paper_id
    JOIN canonical_author a ON a.id = s.author_id
"""
    + _LISTED
)

PEOPLE_OF_INSTITUTIONS = (
    """
CREATE TEMP TABLE entity_people ON COMMIT DROP AS
WITH named AS (
    SELECT DISTINCT i.canonical_id AS object_id, a.canonical_id AS author_id,
           s.paper_id, p.author_count
    FROM canonical_institution i
    JOIN papers_authorshipinstitution w ON w.institution_id = i.id
    JOIN papers_authorship s ON s.id = w.authorship_id
    JOIN papers_paper p ON p.id = s.paper_id
    JOIN canonical_author a ON a.id = s.author_id
    WHERE {ids:i.canonical_id}
"""
    + _LISTED
)

# Of one kind, as an author's: metrics.sql.authors.
FIGURES = """
CREATE TEMP TABLE entity_figures ON COMMIT DROP AS
WITH kinds AS (
    SELECT w.object_id, 'counted' AS figures, count(m.counted_citation_count) AS n, sum(m.counted_citation_count) AS total
    FROM entity_works w JOIN metrics_papermetrics m ON m.paper_id = w.paper_id GROUP BY w.object_id
    UNION ALL
    SELECT w.object_id, r.source, count(*), sum(r.count)
    FROM entity_works w JOIN papers_reportedcitations r ON r.paper_id = w.paper_id GROUP BY w.object_id, r.source
)
SELECT DISTINCT ON (object_id) object_id, figures FROM kinds WHERE n > 0
ORDER BY object_id, n DESC, total DESC, figures
"""

FRESH = f"""
CREATE TEMP TABLE fresh_entities ON COMMIT DROP AS
WITH works AS (
    SELECT w.object_id, coalesce(k.figures, '') AS figures,
           CASE WHEN k.figures = 'counted' THEN m.counted_citation_count ELSE r.count END AS figure,
           m.published_year AS year, m.citing_years, m.citing_counts, m.counted_from, m.counted_until,
           CASE WHEN m.published_year IN (%(year)s - 3, %(year)s - 2) AND m.counted_until >= %(year)s - 1 THEN
               coalesce(m.citing_counts[array_position(m.citing_years, (%(year)s - 1)::smallint)], 0) END AS fresh
    FROM entity_works w
    JOIN canonical_paper p ON p.id = w.paper_id AND p.is_canonical
    JOIN metrics_papermetrics m ON m.paper_id = w.paper_id
    LEFT JOIN entity_figures k ON k.object_id = w.object_id
    LEFT JOIN papers_reportedcitations r ON r.paper_id = w.paper_id AND r.source = k.figures
), indices AS (
    SELECT object_id, min(figures) AS figures, count(*)::int AS works, count(figure)::int AS known, sum(figure) AS cited,
           {H_INDEX} AS h, {I10_INDEX} AS i10,
           {MEAN_CITEDNESS_2Y} AS citedness
    FROM (SELECT object_id, figures, figure, year, fresh,
                 row_number() OVER (PARTITION BY object_id ORDER BY figure DESC NULLS LAST) AS place
          FROM works) r
    GROUP BY object_id
), known AS (
    SELECT *, {IS_ENOUGH} AS is_enough FROM indices
), spans AS (
    SELECT object_id, min(counted_from) AS first, max(counted_until) AS last FROM works
    WHERE counted_from IS NOT NULL GROUP BY object_id
), made AS (
    SELECT object_id, year, sum(works)::int AS works, sum(n)::bigint AS n FROM (
        SELECT w.object_id, c.year, 0 AS works, c.n
        FROM works w, unnest(w.citing_years, w.citing_counts) AS c(year, n)
        UNION ALL
        SELECT object_id, year, 1, 0 FROM works WHERE year IS NOT NULL
    ) y GROUP BY object_id, year
), yearly AS (
    SELECT m.object_id, jsonb_agg(jsonb_build_array(
               year, works, CASE WHEN n > 0 OR year BETWEEN s.first AND s.last THEN n END) ORDER BY year) AS counts
    FROM made m LEFT JOIN spans s ON s.object_id = m.object_id GROUP BY m.object_id
)
SELECT i.object_id, i.works AS works_count, i.cited::bigint AS cited_by_count, i.figures, i.known AS known_count,
       CASE WHEN i.is_enough THEN i.h END AS h_index, CASE WHEN i.is_enough THEN i.i10 END AS i10_index,
       i.citedness AS mean_citedness_2y, coalesce(p.n, 0) AS people_count, coalesce(p.people, '[]') AS people,
       coalesce(y.counts, '[]') AS counts_by_year
FROM known i LEFT JOIN yearly y ON y.object_id = i.object_id LEFT JOIN entity_people p ON p.object_id = i.object_id
"""

_COLUMNS = (
    "works_count",
    "cited_by_count",
    "figures",
    "known_count",
    "h_index",
    "i10_index",
    "mean_citedness_2y",
    "people_count",
    "people",
    "counts_by_year",
)
_NAMES = ", ".join(_COLUMNS)
_FRESH_NAMES = ", ".join(f"f.{name}" for name in _COLUMNS)

WRITE = f"""
INSERT INTO metrics_entitymetrics (kind, object_id, {_NAMES}, is_stale, computed_at)
SELECT %(kind)s, f.object_id, {_FRESH_NAMES}, false, %(now)s
FROM fresh_entities f
LEFT JOIN metrics_entitymetrics m ON m.kind = %(kind)s AND m.object_id = f.object_id
WHERE m.id IS NULL OR ({", ".join(f"m.{name}" for name in _COLUMNS)}, m.is_stale) IS DISTINCT FROM ({_FRESH_NAMES}, false)
ORDER BY f.object_id
ON CONFLICT (kind, object_id) DO UPDATE SET
    {", ".join(f"{name} = excluded.{name}" for name in _COLUMNS)}, is_stale = false, computed_at = excluded.computed_at
"""

# One without works any more has no numbers.
FORGET_EMPTY = """
DELETE FROM metrics_entitymetrics m
WHERE m.kind = %(kind)s AND {ids:m.object_id}
  AND NOT EXISTS (SELECT FROM fresh_entities f WHERE f.object_id = m.object_id)
"""

TOPICS = (TOPIC_WORKS, PEOPLE_OF_WORKS, FIGURES, FRESH, WRITE, FORGET_EMPTY)
INSTITUTIONS = (INSTITUTION_WORKS, PEOPLE_OF_INSTITUTIONS, FIGURES, FRESH, WRITE, FORGET_EMPTY)
VENUES = (VENUE_WORKS, PEOPLE_OF_WORKS, FIGURES, FRESH, WRITE, FORGET_EMPTY)
