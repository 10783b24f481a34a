"""An author's summary from the stored row, with the names of what the row knows by id, in one statement."""

from datetime import date
from typing import Any

import orjson

from common.charts import YearCount
from common.db.sql import rows_of
from profiles.domain.summary import Affiliation, AuthorSummary, Collaborator, Month, Scores, SubjectCount

MONTHS_SHOWN = 60

# A row whose trust card has no lines was begun by a refresh that has not come to people, places and topics yet.
# Names are looked up one by one, and once (OFFSET 0): the planner takes a list in JSON for a hundred rows and would read
# whole tables. Categories come as they are stored, with their names apart: to put their years together anew took a
# quarter of this.
_SQL = """
SELECT m.works_count, m.cited_by_count, m.h_index, m.first_year, m.last_year, m.counts_by_year,
    m.top_categories,
    (SELECT jsonb_agg(jsonb_build_array(c.id, coalesce(nullif(c.name, ''), c.code), c.code, t.id, coalesce(t.name, '')))
     FROM jsonb_array_elements(m.top_categories) e JOIN papers_category c ON c.id = (e ->> 0)::bigint
     LEFT JOIN papers_topic t ON t.category_id = c.id),
    (SELECT jsonb_agg(jsonb_build_array(name, '', e -> 0, name, e -> 1, coalesce(e -> 2, '[]')) ORDER BY place)
     FROM (SELECT e, place, (SELECT t.name FROM papers_topic t WHERE t.id = (e ->> 0)::bigint) AS name
           FROM jsonb_array_elements(m.top_topics) WITH ORDINALITY AS x(e, place) OFFSET 0) t WHERE name IS NOT NULL),
    (SELECT jsonb_agg(jsonb_build_array(e -> 0, name, e -> 1, e -> 4, e -> 2, e -> 3) ORDER BY place)
     FROM (SELECT e, place, (SELECT a.name FROM listed_author a WHERE a.id = (e ->> 0)::bigint) AS name
           FROM jsonb_array_elements(m.collaborators) WITH ORDINALITY AS x(e, place) OFFSET 0) p WHERE name IS NOT NULL),
    (SELECT jsonb_agg(jsonb_build_array(e -> 0, name, e -> 1, e -> 2, e -> 3) ORDER BY place)
     FROM (SELECT e, place, (SELECT i.name FROM papers_institution i WHERE i.id = (e ->> 0)::bigint) AS name
           FROM jsonb_array_elements(m.institutions) WITH ORDINALITY AS x(e, place) OFFSET 0) i WHERE name IS NOT NULL),
    m.kinds,
    (SELECT jsonb_agg(jsonb_build_array(month, works_count, cited_by_count, h_index, novelty, ai_score, trust)
                      ORDER BY month)
     FROM (SELECT * FROM metrics_authorsnapshot WHERE author_id = %(author)s ORDER BY month DESC LIMIT %(months)s) s),
    m.trust_points, m.novelty, m.novelty_count, m.ai_score, m.ai_score_count, m.verification_level, m.trust,
    m.collaborator_count, m.topic_count, m.computed_at,
    EXISTS (SELECT FROM metrics_overdue o WHERE o.kind IN ('author', 'profile') AND o.object_id = m.author_id),
    m.known_count, m.figures, EXISTS (SELECT FROM metrics_scoremodel WHERE is_active)
FROM metrics_authormetrics m WHERE m.author_id = %(author)s AND m.trust_points <> '[]'
"""


def stored_summary(author_id: int) -> AuthorSummary | None:
    """None while no row is stored, or only half of one."""
    rows = rows_of(_SQL, {"author": author_id, "months": MONTHS_SHOWN})
    if not rows:
        return None
    works, cited, h_index, first_year, last_year, *lists = rows[0]
    years, categories, named, topics, people, places, kinds, months, points = map(_read, lists[:9])
    return AuthorSummary(
        works_count=works,
        cited_by_count=cited,
        h_index=h_index,
        first_year=first_year,
        last_year=last_year,
        years=tuple(YearCount(*entry) for entry in years),
        categories=subjects_of(_named(categories, named)),
        topics=subjects_of(topics),
        collaborators=tuple(
            Collaborator(pk, name, joint, strength, first, last, is_close=True)
            for pk, name, joint, strength, first, last in people
        ),
        affiliations=tuple(Affiliation(*entry) for entry in places),
        kinds=tuple(kinds),
        scores=_scores([*lists[9:-3], lists[-1]], points, months),
        known_count=lists[-3],
        figures=lists[-2],
    )


def _scores(columns: list[Any], points: list[Any], months: list[Any]) -> Scores:
    (
        novelty,
        novelty_count,
        ai_score,
        ai_count,
        level,
        trust,
        collaborators,
        topics,
        computed_at,
        overdue,
        has_model,
    ) = columns
    return Scores(
        novelty=novelty,
        novelty_count=novelty_count,
        ai_score=ai_score,
        ai_score_count=ai_count,
        verification_level=level,
        trust=trust,
        trust_points=points,
        collaborator_count=collaborators,
        topic_count=topics,
        computed_at=computed_at,
        is_overdue=overdue,
        has_model=has_model,
        history=tuple(Month(date.fromisoformat(month), *values) for month, *values in months),
    )


def _named(entries: list[list[Any]], named: list[list[Any]]) -> list[list[Any]]:
    """[id, works, years or nothing] with the names of [id, name, code, topic id, topic name]; unknown ids left out."""
    names = {pk: names for pk, *names in named}
    return [[*names[pk], works, *years] for pk, works, *years in entries if pk in names]


def subjects_of(entries: list[list[Any]] | None) -> tuple[SubjectCount, ...]:
    """[[name, code, topic id, topic name, works, [[year, works]]]] as both summaries read it."""
    return tuple(
        SubjectCount(name, code, topic_id, topic_name or "", works, years[0] or () if years else ())
        for name, code, topic_id, topic_name, works, *years in entries or ()
    )


def _read(value: str | None) -> list[Any]:
    found: list[Any] = orjson.loads(value) if value else []
    return found
