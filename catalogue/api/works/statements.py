"""The statements behind lists of works. Each takes ids and reads by index; none grows with the corpus."""

WORKS = """
SELECT p.id, p.title, CASE WHEN %(with_abstract)s THEN p.abstract ELSE '' END AS abstract, p.kind, p.published_date,
    p.published_precision, p.updated_date, p.language, p.license, p.is_retracted, p.notice,
    greatest(p.author_count, coalesce(p.authors_total, 0)) AS authors_count, p.references_total,
    p.reported_citation_count, p.counted_citation_count, p.shown_citation_count, p.created_at, p.changed_at,
    (SELECT jsonb_agg(jsonb_build_object('reported_by', r.source, 'count', r.count, 'as_of_date', r.as_of_date)
                      ORDER BY r.source) FROM papers_reportedcitations r WHERE r.paper_id = p.id) AS reports,
    c.scheme AS category_scheme, c.code AS category_code, c.name AS category_name,
    ARRAY(SELECT k.code FROM papers_papercategory pc JOIN papers_category k ON k.id = pc.category_id
          WHERE pc.paper_id = p.id ORDER BY pc.position, k.code) AS categories,
    ARRAY(SELECT i.scheme || ':' || i.value FROM papers_paperidentifier i WHERE i.paper_id = p.id ORDER BY i.id) AS identifiers,
    (SELECT jsonb_agg(jsonb_build_array(o.id, o.name, o.score) ORDER BY o.part, o.place, o.id) FROM (
         SELECT t.id, t.name, pt.score, 0 AS part, -coalesce(pt.score, 0) AS place
         FROM papers_papertopic pt JOIN papers_topic t ON t.id = pt.topic_id WHERE pt.paper_id = p.id
         UNION ALL
         SELECT t.id, t.name, NULL, 1, pc.position
         FROM papers_papercategory pc JOIN papers_topic t ON t.category_id = pc.category_id WHERE pc.paper_id = p.id
     ) o) AS topics, p.is_authors_truncated
FROM papers_paper p
LEFT JOIN papers_category c ON c.id = p.primary_category_id
WHERE p.id = ANY(%(ids)s)
"""

AUTHORSHIPS = """
SELECT s.paper_id, s.position, CASE WHEN s.is_listed THEN s.author_id END, s.author_name,
    (SELECT min(i.value) FROM papers_authoridentifier i WHERE i.author_id = s.author_id AND s.is_listed AND i.scheme = 'orcid'),
    s.shown_name, s.raw_affiliation, s.is_corresponding,
    s.role, s.author_kind, ARRAY[s.given, s.particle, s.family, s.suffix],
    (SELECT jsonb_agg(jsonb_build_array(n.id, n.name, n.country_code, n.kind,
         (SELECT min(i.value) FROM papers_institutionidentifier i WHERE i.institution_id = n.id AND i.scheme = 'ror'))
         ORDER BY x.id)
     FROM papers_authorshipinstitution x JOIN papers_institution n ON n.id = x.institution_id
     WHERE x.authorship_id = s.id),
    CASE WHEN s.is_listed AND l.id IS NOT NULL THEN jsonb_build_array(l.zone, l.rule, l.probability, l.evidence) END
FROM shown_authorship s
LEFT JOIN identity_identitylink l ON l.authorship_id = s.id AND l.zone <> 'ask'
WHERE s.paper_id = ANY(%(ids)s) AND s.position <= %(last)s
ORDER BY s.paper_id, s.position
"""

CITATIONS_BY_YEAR = """
SELECT c.cited_id, extract(year FROM p.published_date)::int AS year, count(*)
FROM papers_citation c JOIN papers_paper p ON p.id = c.citing_id
WHERE c.cited_id = ANY(%(ids)s) AND p.published_date IS NOT NULL
GROUP BY 1, 2 ORDER BY 1, 2 DESC
"""

REFERENCES = """
SELECT c.citing_id, c.cited_id FROM papers_citation c WHERE c.citing_id = ANY(%(ids)s) ORDER BY c.citing_id, c.cited_id
"""
