"""An author's numbers: the stored row, or the same computed from the bylines while there is none."""

from datetime import date
from typing import Any

from django.db import connection

from common.charts import YearCount
from metrics.models import AuthorMetrics
from papers.models.identity import UNKNOWN_DATE
from profiles.domain.summary import Affiliation, AuthorSummary, Collaborator, SubjectCount
from profiles.selectors.live_summary import live_summary

# Subjects by year are read from the bylines; bounded, so that two thousand works cost what three hundred do.
SUBJECTS_OVER = 300

_NAMES_SQL = """
SELECT 'author', id, name, '', NULL::bigint, '' FROM papers_author WHERE id = ANY(%(authors)s)
UNION ALL SELECT 'institution', id, name, '', NULL::bigint, '' FROM papers_institution WHERE id = ANY(%(institutions)s)
UNION ALL SELECT 'topic', id, name, '', id, name FROM papers_topic WHERE id = ANY(%(topics)s)
UNION ALL SELECT 'category', c.id, coalesce(nullif(c.name, ''), c.code), c.code, t.id, t.name
          FROM papers_category c LEFT JOIN papers_topic t ON t.category_id = c.id WHERE c.id = ANY(%(categories)s)
"""
_YEARS_SQL = """
WITH works AS MATERIALIZED (
    SELECT DISTINCT paper_id, published_date FROM papers_authorship
    WHERE author_id = %(author)s ORDER BY published_date DESC, paper_id DESC LIMIT %(limit)s
)
SELECT 'topic', t.topic_id::text, date_part('year', w.published_date)::int, count(*) FROM works w
JOIN papers_papertopic t ON t.paper_id = w.paper_id
WHERE t.topic_id = ANY(%(topics)s) AND w.published_date > %(unknown)s GROUP BY 2, 3
UNION ALL
SELECT 'category', c.category_id::text, date_part('year', w.published_date)::int, count(*) FROM works w
JOIN papers_papercategory c ON c.paper_id = w.paper_id
WHERE c.category_id = ANY(%(categories)s) AND w.published_date > %(unknown)s GROUP BY 2, 3
UNION ALL
SELECT 'kind', p.kind, NULL::int, count(*) FROM works w JOIN papers_paper p ON p.id = w.paper_id GROUP BY 2
"""


def summary_of(author_id: int, *, today: date) -> AuthorSummary:
    """Three queries for a stored summary, two for one computed now."""
    row = AuthorMetrics.objects.filter(author_id=author_id).first()
    if row is None:
        return live_summary(author_id, today=today)
    ids: dict[str, Any] = {
        "authors": [entry[0] for entry in row.collaborators],
        "institutions": [entry[0] for entry in row.institutions],
        "topics": [entry[0] for entry in row.top_topics],
        "categories": [entry[0] for entry in row.top_categories],
    }
    names = _names(ids)
    years, kinds = _subject_years(author_id, ids)
    return AuthorSummary(
        works_count=row.works_count,
        cited_by_count=row.cited_by_count,
        h_index=row.h_index,
        first_year=row.first_year,
        last_year=row.last_year,
        years=tuple(YearCount(*entry) for entry in row.counts_by_year),
        categories=_subjects("category", row.top_categories, names, years),
        topics=_subjects("topic", row.top_topics, names, years),
        collaborators=tuple(
            Collaborator(pk, names["author", pk][0], works, strength, first, last, is_close=True)
            for pk, works, first, last, strength in row.collaborators
            if ("author", pk) in names
        ),
        affiliations=tuple(
            Affiliation(pk, names["institution", pk][0], works, first, last)
            for pk, works, first, last in row.institutions
            if ("institution", pk) in names
        ),
        kinds=kinds,
        subjects_over=min(row.works_count, SUBJECTS_OVER),
    )


type _Named = tuple[str, str, int | None, str]


def _names(ids: dict[str, Any]) -> dict[tuple[str, int], _Named]:
    """(name, code, id and name of the topic with a page) of everything that the row knows by id."""
    with connection.cursor() as cursor:
        cursor.execute(_NAMES_SQL, ids)
        return {
            (kind, pk): (name, code, topic_id, topic_name or "")
            for kind, pk, name, code, topic_id, topic_name in cursor.fetchall()
        }


def _subject_years(
    author_id: int, ids: dict[str, Any]
) -> tuple[dict[tuple[str, int], list[tuple[int, int]]], tuple[str, ...]]:
    """Works of each subject by year, and the kinds of works, over the newest works."""
    years: dict[tuple[str, int], list[tuple[int, int]]] = {}
    kinds = []
    with connection.cursor() as cursor:
        cursor.execute(
            _YEARS_SQL, {**ids, "author": author_id, "limit": SUBJECTS_OVER, "unknown": UNKNOWN_DATE}
        )
        for kind, key, year, works in sorted(
            cursor.fetchall(), key=lambda row: (row[0], row[1], row[2] or 0)
        ):
            if kind == "kind":
                kinds.append(key)
            else:
                years.setdefault((kind, int(key)), []).append((year, works))
    return years, tuple(kinds)


def _subjects(
    kind: str,
    counted: list[tuple[int, int]],
    names: dict[tuple[str, int], _Named],
    years: dict[tuple[str, int], list[tuple[int, int]]],
) -> tuple[SubjectCount, ...]:
    return tuple(
        SubjectCount(name, code, topic_id, topic_name, works, tuple(years.get((kind, pk), ())))
        for pk, works in counted
        if (kind, pk) in names
        for name, code, topic_id, topic_name in [names[kind, pk]]
    )
