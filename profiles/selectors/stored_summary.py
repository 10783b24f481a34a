"""An author's summary from the stored row, with the names of what the row knows by id, in one statement."""

import json
from datetime import date
from typing import Any

from django.db import connection

from common.charts import YearCount
from papers.models.identity import UNKNOWN_DATE
from profiles.domain.summary import Affiliation, AuthorSummary, Collaborator, Month, Scores, SubjectCount

# Subjects by year are read from the bylines; bounded, so that two thousand works cost what three hundred do.
SUBJECTS_OVER = 300
MONTHS_SHOWN = 60

_SQL = """
WITH works AS MATERIALIZED (
    SELECT DISTINCT paper_id, published_date FROM papers_authorship
    WHERE author_id = %(author)s ORDER BY published_date DESC, paper_id DESC LIMIT %(limit)s
), topic_years AS (
    SELECT id, jsonb_agg(jsonb_build_array(y, n) ORDER BY y) AS years FROM (
        SELECT t.topic_id AS id, date_part('year', w.published_date)::int AS y, count(*) AS n
        FROM works w JOIN papers_papertopic t ON t.paper_id = w.paper_id
        WHERE w.published_date > %(unknown)s GROUP BY 1, 2) c GROUP BY id
), category_years AS (
    SELECT id, jsonb_agg(jsonb_build_array(y, n) ORDER BY y) AS years FROM (
        SELECT t.category_id AS id, date_part('year', w.published_date)::int AS y, count(*) AS n
        FROM works w JOIN papers_papercategory t ON t.paper_id = w.paper_id
        WHERE w.published_date > %(unknown)s GROUP BY 1, 2) c GROUP BY id
)
SELECT m.works_count, m.cited_by_count, m.h_index, m.first_year, m.last_year, m.counts_by_year,
    (SELECT jsonb_agg(jsonb_build_array(coalesce(nullif(c.name, ''), c.code), c.code, t.id, coalesce(t.name, ''),
                                        e -> 1, coalesce(y.years, '[]')) ORDER BY place)
     FROM jsonb_array_elements(m.top_categories) WITH ORDINALITY AS x(e, place)
     JOIN papers_category c ON c.id = (e ->> 0)::bigint LEFT JOIN papers_topic t ON t.category_id = c.id
     LEFT JOIN category_years y ON y.id = c.id),
    (SELECT jsonb_agg(jsonb_build_array(t.name, '', t.id, t.name, e -> 1, coalesce(y.years, '[]')) ORDER BY place)
     FROM jsonb_array_elements(m.top_topics) WITH ORDINALITY AS x(e, place)
     JOIN papers_topic t ON t.id = (e ->> 0)::bigint LEFT JOIN topic_years y ON y.id = t.id),
    (SELECT jsonb_agg(jsonb_build_array(a.id, a.name, e -> 1, e -> 4, e -> 2, e -> 3) ORDER BY place)
     FROM jsonb_array_elements(m.collaborators) WITH ORDINALITY AS x(e, place)
     JOIN papers_author a ON a.id = (e ->> 0)::bigint AND a.is_listed),
    (SELECT jsonb_agg(jsonb_build_array(i.id, i.name, e -> 1, e -> 2, e -> 3) ORDER BY place)
     FROM jsonb_array_elements(m.institutions) WITH ORDINALITY AS x(e, place)
     JOIN papers_institution i ON i.id = (e ->> 0)::bigint),
    (SELECT jsonb_agg(DISTINCT p.kind) FROM works w JOIN papers_paper p ON p.id = w.paper_id),
    (SELECT jsonb_agg(jsonb_build_array(month, works_count, cited_by_count, h_index, novelty, ai_score, trust)
                      ORDER BY month)
     FROM (SELECT * FROM metrics_authorsnapshot WHERE author_id = %(author)s ORDER BY month DESC LIMIT %(months)s) s),
    m.trust_points, m.novelty, m.novelty_count, m.ai_score, m.ai_score_count, m.verification_level, m.trust,
    m.collaborator_count, m.topic_count, m.computed_at,
    EXISTS (SELECT FROM metrics_overdue o WHERE o.kind = 'author' AND o.object_id = m.author_id)
FROM metrics_authormetrics m WHERE m.author_id = %(author)s
"""


def stored_summary(author_id: int) -> AuthorSummary | None:
    """None while no row is stored."""
    with connection.cursor() as cursor:
        asked: dict[str, Any] = {
            "author": author_id,
            "limit": SUBJECTS_OVER,
            "unknown": UNKNOWN_DATE,
            "months": MONTHS_SHOWN,
        }
        cursor.execute(_SQL, asked)
        row = cursor.fetchone()
    if row is None:
        return None
    works, cited, h_index, first_year, last_year, *lists = row
    years, categories, topics, people, places, kinds, months, points = (_read(value) for value in lists[:8])
    return AuthorSummary(
        works_count=works,
        cited_by_count=cited,
        h_index=h_index,
        first_year=first_year,
        last_year=last_year,
        years=tuple(YearCount(*entry) for entry in years),
        categories=subjects_of(categories),
        topics=subjects_of(topics),
        collaborators=tuple(
            Collaborator(pk, name, joint, strength, first, last, is_close=True)
            for pk, name, joint, strength, first, last in people
        ),
        affiliations=tuple(Affiliation(*entry) for entry in places),
        kinds=tuple(kinds),
        subjects_over=min(works, SUBJECTS_OVER),
        scores=_scores(lists[8:], points, months),
    )


def _scores(columns: list[Any], points: list[Any], months: list[Any]) -> Scores:
    novelty, novelty_count, ai_score, ai_count, level, trust, collaborators, topics, computed_at, overdue = (
        columns
    )
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
        history=tuple(Month(date.fromisoformat(month), *values) for month, *values in months),
    )


def subjects_of(entries: list[list[Any]] | None) -> tuple[SubjectCount, ...]:
    """[[name, code, topic id, topic name, works, [[year, works]]]] as both summaries read it."""
    return tuple(
        SubjectCount(name, code, topic_id, topic_name or "", works, tuple(map(tuple, years or ())))
        for name, code, topic_id, topic_name, works, years in entries or ()
    )


def _read(value: str | None) -> list[Any]:
    found: list[Any] = json.loads(value) if value else []
    return found
