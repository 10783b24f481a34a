"""An author's summary from the stored row, with the names of what the row knows by id, in one statement."""

from datetime import date, datetime
from typing import Any, NamedTuple

import orjson

from common.db.sql import fetch_as
from common.rendering.year_counts import YearCount
from profiles.domain.summary import Affiliation, AuthorSummary, Collaborator, Month, Scores, TopicCount

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
     LEFT JOIN papers_topic t ON t.category_id = c.id) AS category_names,
    (SELECT jsonb_agg(jsonb_build_array(name, '', e -> 0, name, e -> 1, coalesce(e -> 2, '[]')) ORDER BY place)
     FROM (SELECT e, place, (SELECT t.name FROM papers_topic t WHERE t.id = (e ->> 0)::bigint) AS name
           FROM jsonb_array_elements(m.top_topics) WITH ORDINALITY AS x(e, place) OFFSET 0) t WHERE name IS NOT NULL) AS topics,
    (SELECT jsonb_agg(jsonb_build_array(e -> 0, name, e -> 1, e -> 4, e -> 2, e -> 3) ORDER BY place)
     FROM (SELECT e, place, (SELECT a.name FROM listed_author a WHERE a.id = (e ->> 0)::bigint) AS name
           FROM jsonb_array_elements(m.collaborators) WITH ORDINALITY AS x(e, place) OFFSET 0) p WHERE name IS NOT NULL) AS people,
    (SELECT jsonb_agg(jsonb_build_array(e -> 0, name, e -> 1, e -> 2, e -> 3) ORDER BY place)
     FROM (SELECT e, place, (SELECT i.name FROM papers_institution i WHERE i.id = (e ->> 0)::bigint) AS name
           FROM jsonb_array_elements(m.institutions) WITH ORDINALITY AS x(e, place) OFFSET 0) i WHERE name IS NOT NULL) AS places,
    m.kinds,
    (SELECT jsonb_agg(jsonb_build_array(month, works_count, cited_by_count, h_index, novelty, ai_score, trust)
                      ORDER BY month)
     FROM (SELECT * FROM metrics_authorsnapshot WHERE author_id = %(author)s ORDER BY month DESC LIMIT %(months)s) s) AS months,
    m.trust_points, m.novelty, m.novelty_count, m.ai_score, m.ai_score_count, m.verification_level, m.trust,
    m.collaborator_count, m.topic_count, m.computed_at,
    EXISTS (SELECT FROM metrics_overdue o WHERE o.kind IN ('author', 'profile') AND o.object_id = m.author_id)
        AS is_overdue,
    m.known_count, m.figures, EXISTS (SELECT FROM metrics_scoremodel WHERE is_active) AS has_model
FROM metrics_authormetrics m WHERE m.author_id = %(author)s AND m.trust_points <> '[]'
"""


class _Row(NamedTuple):
    """A stored summary; lists are JSON, None for an empty one, and numbers None where they are not known."""

    works_count: int
    cited_by_count: int | None
    h_index: int | None
    first_year: int | None
    last_year: int | None
    counts_by_year: Any
    top_categories: Any
    category_names: Any
    topics: Any
    people: Any
    places: Any
    kinds: Any
    months: Any
    trust_points: Any
    novelty: float | None
    novelty_count: int
    ai_score: float | None
    ai_score_count: int
    verification_level: int
    trust: int
    collaborator_count: int
    topic_count: int
    computed_at: datetime
    is_overdue: bool
    known_count: int
    figures: str
    has_model: bool


def stored_summary(author_id: int) -> AuthorSummary | None:
    """None while no row is stored, or only half of one."""
    rows = fetch_as(_Row, _SQL, {"author": author_id, "months": MONTHS_SHOWN}, is_prepared=True)
    if not rows:
        return None
    (row,) = rows
    return AuthorSummary(
        works_count=row.works_count,
        cited_by_count=row.cited_by_count,
        h_index=row.h_index,
        first_year=row.first_year,
        last_year=row.last_year,
        years=tuple(YearCount(*entry) for entry in _read(row.counts_by_year)),
        categories=subjects_of(_named(_read(row.top_categories), _read(row.category_names))),
        topics=subjects_of(_read(row.topics)),
        collaborators=tuple(
            Collaborator(pk, name, joint, strength, first, last, is_close=True)
            for pk, name, joint, strength, first, last in _read(row.people)
        ),
        affiliations=tuple(Affiliation(*entry) for entry in _read(row.places)),
        kinds=tuple(_read(row.kinds)),
        scores=_scores(row),
        known_count=row.known_count,
        figures=row.figures,
    )


def _scores(row: _Row) -> Scores:
    return Scores(
        novelty=row.novelty,
        novelty_count=row.novelty_count,
        ai_score=row.ai_score,
        ai_score_count=row.ai_score_count,
        verification_level=row.verification_level,
        trust=row.trust,
        trust_points=_read(row.trust_points),
        collaborator_count=row.collaborator_count,
        topic_count=row.topic_count,
        computed_at=row.computed_at,
        is_overdue=row.is_overdue,
        has_model=row.has_model,
        history=tuple(Month(date.fromisoformat(month), *values) for month, *values in _read(row.months)),
    )


def _named(entries: list[list[Any]], named: list[list[Any]]) -> list[list[Any]]:
    """[id, works, years or nothing] with the names of [id, name, code, topic id, topic name]; unknown ids left out."""
    names = {pk: names for pk, *names in named}
    return [[*names[pk], works, *years] for pk, works, *years in entries if pk in names]


def subjects_of(entries: list[list[Any]] | None) -> tuple[TopicCount, ...]:
    """[[name, code, topic id, topic name, works, [[year, works]]]] as both summaries read it."""
    return tuple(
        TopicCount(name, code, topic_id, topic_name or "", works, years[0] or () if years else ())
        for name, code, topic_id, topic_name, works, *years in entries or ()
    )


def _read(value: str | None) -> list[Any]:
    found: list[Any] = orjson.loads(value) if value else []
    return found
