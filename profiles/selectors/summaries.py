"""An author's numbers: the stored row, or the same computed from the bylines while there is none."""

import json
from datetime import date

from common.db.sql import fetch_value
from common.rendering.year_counts import YearCount
from papers.models.identity import UNKNOWN_DATE
from profiles.domain.summary import Affiliation, AuthorSummary, Collaborator, is_close
from profiles.selectors.stored_summary import stored_summary, subjects_of

LARGEST_TEAM = 20  # joint works of larger teams do not make collaborators close
KEPT_PEOPLE = 40
KEPT_SUBJECTS = 12
KEPT_PLACES = 20

_SQL = """
WITH works AS MATERIALIZED (
    SELECT DISTINCT paper_id, nullif(published_date, %(unknown)s) AS published_date
    FROM papers_authorship WHERE author_id = %(author)s
), published AS (
    SELECT date_part('year', published_date)::int AS y, count(*) AS n
    FROM works WHERE published_date IS NOT NULL GROUP BY 1
), by_category AS (
    SELECT pc.category_id AS id, date_part('year', w.published_date)::int AS y, count(*) AS n,
           count(*) FILTER (WHERE pc.position = 1) AS firsts
    FROM works w JOIN papers_papercategory pc ON pc.paper_id = w.paper_id GROUP BY 1, 2
), by_topic AS (
    SELECT pt.topic_id AS id, date_part('year', w.published_date)::int AS y, count(*) AS n
    FROM works w JOIN papers_papertopic pt ON pt.paper_id = w.paper_id GROUP BY 1, 2
), joint AS (
    SELECT DISTINCT a.author_id, a.paper_id, w.published_date, p.author_count
    FROM works w JOIN papers_paper p ON p.id = w.paper_id AND p.author_count BETWEEN 2 AND %(team)s
    JOIN papers_authorship a ON a.paper_id = w.paper_id AND a.author_id <> %(author)s
), people AS (
    SELECT author_id, count(*) AS n, count(*) FILTER (WHERE published_date > %(recent)s) AS recent,
           sum(1.0 / (author_count - 1))::float8 AS strength,
           date_part('year', min(published_date))::int AS first, date_part('year', max(published_date))::int AS last
    FROM joint GROUP BY 1 ORDER BY strength DESC, author_id LIMIT %(people)s
), places AS (
    SELECT ai.institution_id AS id, count(DISTINCT a.paper_id) AS n, max(a.published_date) AS latest,
           date_part('year', min(nullif(a.published_date, %(unknown)s)))::int AS first,
           date_part('year', max(nullif(a.published_date, %(unknown)s)))::int AS last
    FROM papers_authorship a JOIN papers_authorshipinstitution ai ON ai.authorship_id = a.id
    WHERE a.author_id = %(author)s GROUP BY 1
    ORDER BY latest DESC, n DESC, id LIMIT %(places)s
), main_categories AS (
    SELECT id, sum(n) AS n, sum(firsts) AS firsts, jsonb_agg(jsonb_build_array(y, n) ORDER BY y)
           FILTER (WHERE y IS NOT NULL) AS years
    FROM by_category GROUP BY id ORDER BY firsts DESC, n DESC, id LIMIT %(subjects)s
), main_topics AS (
    SELECT id, sum(n) AS n, jsonb_agg(jsonb_build_array(y, n) ORDER BY y) FILTER (WHERE y IS NOT NULL) AS years
    FROM by_topic GROUP BY id ORDER BY n DESC, id LIMIT %(subjects)s
)
SELECT jsonb_build_object(
    'works', (SELECT count(*) FROM works),
    'years', (SELECT jsonb_agg(jsonb_build_array(y, n, NULL) ORDER BY y) FROM published),
    'kinds', (SELECT jsonb_agg(DISTINCT p.kind) FROM works JOIN papers_paper p ON p.id = works.paper_id),
    'categories', (SELECT jsonb_agg(jsonb_build_array(coalesce(nullif(c.name, ''), c.code), c.code, t.id, t.name,
                   m.n, m.years) ORDER BY m.firsts DESC, m.n DESC, m.id)
                   FROM main_categories m JOIN papers_category c ON c.id = m.id
                   LEFT JOIN papers_topic t ON t.category_id = c.id),
    'topics', (SELECT jsonb_agg(jsonb_build_array(t.name, '', t.id, t.name, m.n, m.years) ORDER BY m.n DESC, m.id)
               FROM main_topics m JOIN papers_topic t ON t.id = m.id AND t.category_id IS NULL),
    'people', (SELECT jsonb_agg(jsonb_build_array(q.author_id, a.name, q.n, q.recent, q.strength, q.first, q.last)
               ORDER BY q.strength DESC, q.author_id) FROM people q JOIN listed_author a ON a.id = q.author_id),
    'places', (SELECT jsonb_agg(jsonb_build_array(q.id, i.name, q.n, q.first, q.last)
               ORDER BY q.latest DESC, q.n DESC, q.id)
               FROM places q JOIN papers_institution i ON i.id = q.id)
)
"""


def summary_of(author_id: int, *, today: date) -> AuthorSummary:
    """One query for a stored summary, two for one computed now."""
    return stored_summary(author_id) or _computed_summary(author_id, today=today)


def _computed_summary(author_id: int, *, today: date) -> AuthorSummary:
    """One query over the author's bylines, which costs more the more works there are; citations are for a refresh to count."""
    five_years_ago = today.replace(year=today.year - 5, day=min(today.day, 28))
    asked = {
        "author": author_id,
        "team": LARGEST_TEAM,
        "recent": five_years_ago,
        "people": KEPT_PEOPLE,
        "unknown": UNKNOWN_DATE,
        "subjects": KEPT_SUBJECTS,
        "places": KEPT_PLACES,
    }
    known = json.loads(fetch_value(_SQL, asked))
    years = tuple(YearCount(*entry) for entry in known["years"] or ())
    dated = [entry.year for entry in years if entry.works]
    return AuthorSummary(
        works_count=known["works"],
        cited_by_count=None,
        h_index=None,
        first_year=min(dated, default=None),
        last_year=max(dated, default=None),
        years=years,
        categories=subjects_of(known["categories"]),
        topics=subjects_of(known["topics"]),
        collaborators=tuple(
            Collaborator(pk, name, works, strength, first, last, is_close(works=works, recent_works=recent))
            for pk, name, works, recent, strength, first, last in known["people"] or ()
        ),
        affiliations=tuple(Affiliation(*entry) for entry in known["places"] or ()),
        kinds=tuple(known["kinds"] or ()),
    )
