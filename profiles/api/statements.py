"""The statements behind lists of authors. Each takes ids and reads by index."""

AUTHORS = """
SELECT a.id, a.name, a.created_at, a.changed_at,
    ARRAY(SELECT i.scheme || ':' || i.value FROM papers_authoridentifier i WHERE i.author_id = a.id
          AND NOT (a.has_private_names AND i.scheme IN ('acl', 'local')) ORDER BY i.id),
    ARRAY(SELECT n.name FROM papers_authorname n WHERE n.author_id = a.id AND n.name <> a.name
          AND NOT a.has_private_names ORDER BY n.id LIMIT 50)
FROM papers_author a WHERE a.id = ANY(%(ids)s) AND a.is_listed
"""

NUMBERS = """
WITH works AS (
    SELECT DISTINCT author_id, paper_id, shown_citation_count AS cites
    FROM papers_authorship WHERE author_id = ANY(%(ids)s)
), ranked AS (
    SELECT author_id, cites, row_number() OVER (PARTITION BY author_id ORDER BY cites DESC) AS place FROM works
)
SELECT r.author_id, count(*), sum(cites)::bigint, count(*) FILTER (WHERE cites >= place),
    count(*) FILTER (WHERE cites >= 10),
    (SELECT m.mean_citedness_2y FROM metrics_authormetrics m WHERE m.author_id = r.author_id)
FROM ranked r GROUP BY 1
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
WITH works AS (
    SELECT DISTINCT author_id, paper_id, published_date FROM papers_authorship WHERE author_id = ANY(%(ids)s)
), published AS (
    SELECT author_id, extract(year FROM published_date)::int AS year, count(*) AS n
    FROM works WHERE published_date > %(unknown)s GROUP BY 1, 2
), cited AS (
    SELECT w.author_id, extract(year FROM p.published_date)::int AS year, count(*) AS n
    FROM works w JOIN papers_citation c ON c.cited_id = w.paper_id JOIN papers_paper p ON p.id = c.citing_id
    WHERE p.published_date IS NOT NULL GROUP BY 1, 2
)
SELECT author_id, year, coalesce(published.n, 0), coalesce(cited.n, 0)
FROM published FULL JOIN cited USING (author_id, year) ORDER BY author_id, year DESC
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
