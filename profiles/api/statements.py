"""The statements behind lists of authors. Each takes ids and reads by index."""

AUTHORS = """
SELECT a.id, a.name, a.created_at, a.changed_at,
    ARRAY(SELECT i.scheme || ':' || i.value FROM papers_authoridentifier i WHERE i.author_id = a.id
          AND NOT (a.has_private_names AND i.scheme IN ('acl', 'local')) ORDER BY i.id),
    ARRAY(SELECT n.name FROM papers_authorname n WHERE n.author_id = a.id AND n.name <> a.name
          AND NOT a.has_private_names ORDER BY n.id LIMIT 50)
FROM listed_author a WHERE a.id = ANY(%(ids)s)
"""

# As the last refresh computed them; of an author it has not met yet, how many works there are.
NUMBERS = """
SELECT a.id, coalesce(m.works_count,
        (SELECT count(DISTINCT paper_id) FROM papers_authorship s WHERE s.author_id = a.id)) AS works,
    m.cited_by_count AS cites, coalesce(m.figures, '') AS figures, coalesce(m.known_count, 0) AS known, m.h_index,
    m.i10_index, m.mean_citedness_2y AS mean
FROM papers_author a LEFT JOIN metrics_authormetrics m ON m.author_id = a.id WHERE a.id = ANY(%(ids)s)
"""

AFFILIATIONS = """
WITH stated AS (
    SELECT s.author_id, x.institution_id, max(s.published_date) AS latest, 0 AS place,
        array_agg(DISTINCT extract(year FROM s.published_date)::int) FILTER (WHERE s.published_date > %(unknown)s) AS years
    FROM papers_authorship s JOIN papers_authorshipinstitution x ON x.authorship_id = s.id
    WHERE s.author_id = ANY(%(ids)s) GROUP BY 1, 2
    UNION ALL
    SELECT author_id, institution_id, %(unknown)s, position, NULL
    FROM papers_authoraffiliation WHERE author_id = ANY(%(ids)s)
), joined AS (
    SELECT author_id, institution_id, max(latest) AS latest, max(place) AS place, max(years) AS years
    FROM stated GROUP BY 1, 2
)
SELECT j.author_id, n.id, n.name,
    (SELECT min(i.value) FROM papers_institutionidentifier i WHERE i.institution_id = n.id AND i.scheme = 'ror'),
    n.country_code, n.kind, coalesce(j.years, '{}'), j.latest
FROM joined j JOIN papers_institution n ON n.id = j.institution_id
ORDER BY j.author_id, j.latest DESC, j.place, n.id
"""

COUNTS_BY_YEAR = """
SELECT m.author_id, (e ->> 0)::int, (e ->> 1)::int, (e ->> 2)::int
FROM metrics_authormetrics m, jsonb_array_elements(m.counts_by_year) e WHERE m.author_id = ANY(%(ids)s)
ORDER BY 1, 2 DESC
"""

TOPICS = """
WITH works AS (
    SELECT DISTINCT author_id, paper_id FROM papers_authorship WHERE author_id = ANY(%(ids)s)
), assigned AS (
    SELECT w.author_id, w.paper_id, pt.topic_id FROM works w JOIN papers_papertopic pt USING (paper_id)
    UNION
    SELECT w.author_id, w.paper_id, t.id FROM works w JOIN papers_papercategory pc USING (paper_id)
    JOIN papers_topic t USING (category_id)
), counted AS (
    SELECT author_id, topic_id, count(*) AS n,
        row_number() OVER (PARTITION BY author_id ORDER BY count(*) DESC, topic_id) AS place
    FROM assigned GROUP BY 1, 2
)
SELECT c.author_id, t.id, t.name, c.n FROM counted c JOIN papers_topic t ON t.id = c.topic_id
WHERE c.place <= 25 ORDER BY c.author_id, c.place
"""
