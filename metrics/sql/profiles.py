"""What else the author page says of an author: fields, topics, places and close collaborators."""

from metrics.formulas.collaborators import JOINT_WORKS, LARGEST_TEAM, RECENT_JOINT_WORKS, RECENT_YEARS
from metrics.sql.authors import RECORDS

SUBJECTS_KEPT = 10
PLACES_KEPT = 20
PEOPLE_KEPT = 30

# UNKNOWN_DATE of papers.models.identity stands for no date in byline rows.
_YEAR = "CASE WHEN s.published_date > '0001-01-01' THEN date_part('year', s.published_date)::smallint END"

WORKS = f"""
CREATE TEMP TABLE profile_works ON COMMIT DROP AS
WITH records AS ({RECORDS})
SELECT DISTINCT r.author_id, s.paper_id, {_YEAR} AS year
FROM records r JOIN papers_authorship s ON s.author_id = r.id
"""

# With the works of every year: the author page draws them, and would else read all bylines anew each time.
SUBJECTS = f"""
CREATE TEMP TABLE fresh_subjects ON COMMIT DROP AS
WITH by_year AS (
    SELECT w.author_id, true AS is_category, c.category_id AS id, w.year, count(*)::int AS n,
           count(*) FILTER (WHERE c.position = 1)::int AS firsts
    FROM profile_works w JOIN papers_papercategory c ON c.paper_id = w.paper_id GROUP BY 1, 3, 4
    UNION ALL
    SELECT w.author_id, false, t.topic_id, w.year, count(*)::int, 0
    FROM profile_works w JOIN papers_papertopic t ON t.paper_id = w.paper_id GROUP BY 1, 3, 4
), subjects AS (
    SELECT author_id, is_category, id, sum(n)::int AS n, sum(firsts) AS firsts,
           coalesce(jsonb_agg(jsonb_build_array(year, n) ORDER BY year) FILTER (WHERE year IS NOT NULL), '[]') AS years
    FROM by_year GROUP BY author_id, is_category, id
), listed AS (
    SELECT author_id, is_category, jsonb_build_array(id, n, years) AS entry,
           row_number() OVER (PARTITION BY author_id, is_category ORDER BY firsts DESC, n DESC, id) AS place
    FROM subjects
)
SELECT author_id, count(*)::int AS topic_count,
       coalesce(jsonb_agg(entry ORDER BY place)
           FILTER (WHERE is_category AND place <= {SUBJECTS_KEPT}), '[]') AS top_categories,
       coalesce(jsonb_agg(entry ORDER BY place)
           FILTER (WHERE NOT is_category AND place <= {SUBJECTS_KEPT}), '[]') AS top_topics
FROM listed GROUP BY author_id
"""

KINDS = """
CREATE TEMP TABLE fresh_kinds ON COMMIT DROP AS
SELECT author_id, jsonb_agg(kind ORDER BY kind) AS kinds FROM (
    SELECT DISTINCT w.author_id, p.kind FROM profile_works w JOIN papers_paper p ON p.id = w.paper_id) k
GROUP BY author_id
"""

PLACES = f"""
CREATE TEMP TABLE fresh_places ON COMMIT DROP AS
WITH records AS ({RECORDS}), places AS (
    SELECT r.author_id, i.institution_id AS id, count(DISTINCT s.paper_id)::int AS n, max(s.published_date) AS latest,
           min({_YEAR}) AS first_year, max({_YEAR}) AS last_year
    FROM records r
    JOIN papers_authorship s ON s.author_id = r.id
    JOIN papers_authorshipinstitution i ON i.authorship_id = s.id
    GROUP BY 1, 2
), listed AS (
    SELECT *, row_number() OVER (PARTITION BY author_id ORDER BY latest DESC, n DESC, id) AS place FROM places
)
SELECT author_id, jsonb_agg(jsonb_build_array(id, n, first_year, last_year) ORDER BY place) AS institutions
FROM listed WHERE place <= {PLACES_KEPT} GROUP BY author_id
"""

# close_collaborators@1 and tie_strength@1: joint works of at most 20 authors. Sums in numeric, for the same reason.
PEOPLE = f"""
CREATE TEMP TABLE fresh_people ON COMMIT DROP AS
WITH joint AS (
    SELECT DISTINCT w.author_id, a.canonical_id AS other_id, w.paper_id, w.year,
           greatest(p.author_count, 2) AS team
    FROM profile_works w
    JOIN papers_paper p ON p.id = w.paper_id AND p.author_count <= {LARGEST_TEAM}
    JOIN papers_authorship s ON s.paper_id = w.paper_id
    JOIN canonical_author a ON a.id = s.author_id
    WHERE a.canonical_id <> w.author_id
), ties AS (
    SELECT author_id, other_id, count(*)::int AS n, min(year) AS first_year, max(year) AS last_year,
           round(sum(1.0 / (team - 1)), 4) AS strength
    FROM joint GROUP BY 1, 2
    HAVING count(*) >= {JOINT_WORKS} OR count(*) FILTER (
        WHERE year > %(year)s - {RECENT_YEARS} AND year <= %(year)s) >= {RECENT_JOINT_WORKS}
), listed AS (
    SELECT *, row_number() OVER (PARTITION BY author_id ORDER BY strength DESC, other_id) AS place FROM ties
)
SELECT author_id, count(*)::int AS collaborator_count,
       jsonb_agg(jsonb_build_array(other_id, n, first_year, last_year, strength) ORDER BY place)
           FILTER (WHERE place <= {PEOPLE_KEPT}) AS collaborators
FROM listed GROUP BY author_id
"""

_COLUMNS = (
    "topic_count",
    "top_categories",
    "top_topics",
    "kinds",
    "institutions",
    "collaborator_count",
    "collaborators",
)
_NAMES = ", ".join(_COLUMNS)

WRITE = f"""
WITH fresh AS (
    SELECT m.author_id, coalesce(s.topic_count, 0) AS topic_count, coalesce(s.top_categories, '[]') AS top_categories,
           coalesce(s.top_topics, '[]') AS top_topics, coalesce(k.kinds, '[]') AS kinds,
           coalesce(i.institutions, '[]') AS institutions,
           coalesce(p.collaborator_count, 0) AS collaborator_count, coalesce(p.collaborators, '[]') AS collaborators
    FROM metrics_authormetrics m
    LEFT JOIN fresh_subjects s ON s.author_id = m.author_id
    LEFT JOIN fresh_kinds k ON k.author_id = m.author_id
    LEFT JOIN fresh_places i ON i.author_id = m.author_id
    LEFT JOIN fresh_people p ON p.author_id = m.author_id
    WHERE {{ids:m.author_id}}
)
UPDATE metrics_authormetrics m SET {", ".join(f"{name} = f.{name}" for name in _COLUMNS)}, computed_at = %(now)s
FROM fresh f
WHERE m.author_id = f.author_id
  AND ({", ".join(f"m.{name}" for name in _COLUMNS)}) IS DISTINCT FROM ({", ".join(f"f.{name}" for name in _COLUMNS)})
"""

PROFILES = (WORKS, SUBJECTS, KINDS, PLACES, PEOPLE, WRITE)

# What trust@1 reads from the record; claims add the rest. Asked after WORKS.
EVIDENCE = f"""
WITH records AS ({RECORDS}), listed AS (
    SELECT DISTINCT paper_id FROM profile_works
), identified AS (
    SELECT DISTINCT i.paper_id FROM listed l JOIN papers_paperidentifier i ON i.paper_id = l.paper_id
    WHERE i.scheme IN ('doi', 'arxiv')
), confirmed AS (
    SELECT s.paper_id FROM listed l JOIN papers_paperstatement s ON s.paper_id = l.paper_id
    GROUP BY s.paper_id HAVING min(s.source) <> max(s.source)
), counted AS (
    SELECT w.author_id, count(*)::int AS works, count(i.paper_id)::int AS identified,
           count(c.paper_id)::int AS confirmed
    FROM profile_works w
    LEFT JOIN identified i ON i.paper_id = w.paper_id
    LEFT JOIN confirmed c ON c.paper_id = w.paper_id
    GROUP BY w.author_id
), named AS (
    SELECT r.author_id, bool_or(i.scheme = 'orcid') AS has_orcid
    FROM records r JOIN papers_authoridentifier i ON i.author_id = r.id GROUP BY r.author_id
), placed AS (
    SELECT DISTINCT a.author_id FROM (
        SELECT m.author_id, (e ->> 0)::bigint AS institution_id
        FROM metrics_authormetrics m, jsonb_array_elements(m.institutions) e WHERE {{ids:m.author_id}}
        UNION ALL
        SELECT r.author_id, a.institution_id
        FROM records r JOIN papers_authoraffiliation a ON a.author_id = r.id
    ) a JOIN papers_institutionidentifier i ON i.institution_id = a.institution_id AND i.scheme = 'ror'
)
SELECT m.author_id, coalesce(c.works, 0) AS works, coalesce(c.identified, 0) AS identified,
       coalesce(c.confirmed, 0) AS confirmed, n.author_id IS NOT NULL AS has_identifier,
       coalesce(n.has_orcid, false) AS has_orcid, p.author_id IS NOT NULL AS has_ror
FROM metrics_authormetrics m
LEFT JOIN counted c ON c.author_id = m.author_id
LEFT JOIN named n ON n.author_id = m.author_id
LEFT JOIN placed p ON p.author_id = m.author_id
WHERE {{ids:m.author_id}}
"""

# Joint works with each co-author whose identity is verified (L3 or above). Asked after WORKS.
JOINT_WITH_VERIFIED = """
SELECT w.author_id, a.canonical_id, count(DISTINCT w.paper_id)::int
FROM canonical_author a
JOIN papers_authorship s ON s.author_id = a.id
JOIN profile_works w ON w.paper_id = s.paper_id
WHERE (a.id = ANY(%(verified)s::bigint[]) OR a.merge_target_id = ANY(%(verified)s::bigint[]))
  AND a.canonical_id <> w.author_id
GROUP BY 1, 2
"""

FRESH_STANDING = """
CREATE TEMP TABLE fresh_standing (author_id bigint, level smallint, trust smallint, points jsonb) ON COMMIT DROP
"""

WRITE_STANDING = """
UPDATE metrics_authormetrics m
SET verification_level = f.level, trust = f.trust, trust_points = f.points, computed_at = %(now)s
FROM fresh_standing f
WHERE m.author_id = f.author_id
  AND (m.verification_level, m.trust, m.trust_points) IS DISTINCT FROM (f.level, f.trust, f.points)
"""
