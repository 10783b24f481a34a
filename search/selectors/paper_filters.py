"""The filters of a query as conditions on papers, and those whose value is not known here."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from common.db.sql import fetch_column
from papers.domain.names import fold, name_words
from papers.selectors.entity_names import name_key
from search.domain.person_names import exact_query, read_name
from search.domain.query_language import ParsedQuery, Part, is_yes, read_years, words_of

PEOPLE_MEANT = 200  # of one author: filter
RECORDS_MEANT = 200
_HOLDS = "s.vector @@ {query}"
_OPEN = "EXISTS (SELECT FROM papers_paperlocation l WHERE l.paper_id = p.id AND l.is_open)"

_PEOPLE = """
SELECT a.id FROM listed_author a
WHERE to_tsvector('simple', a.search_text) @@ %s::tsquery AND a.is_canonical
ORDER BY replace(a.key, ' ', '') <> ALL(%s), a.id LIMIT %s
"""
_CATEGORIES = """
SELECT id FROM papers_category WHERE lower(code) = %(text)s OR lower(name) = %(text)s
    OR lower(code) LIKE %(text)s || '.%%' OR lower(group_name) = %(text)s LIMIT %(most)s
"""
# The very name first; names that hold all the words only when none is the very name.
_NAMED = """
WITH named AS (
    SELECT r.id, r.key = %(key)s {other} AS is_exact FROM {table} r
    WHERE r.is_canonical AND (r.key = %(key)s {other} OR ({holds})) LIMIT 2000
) SELECT id FROM named WHERE is_exact OR NOT EXISTS (SELECT FROM named WHERE is_exact) ORDER BY id LIMIT %(most)s
"""
_OTHER_NAMES = "OR r.id IN (SELECT n.institution_id FROM papers_institutionname n WHERE n.key = %(key)s)"


@dataclass(slots=True)
class PaperFilters:
    """`sql` stands behind a WHERE over papers_paper p and papers_papersearch s; "" for no filter.

    `unknown` are the filters whose value is not known: with one of them nothing is found.
    """

    sql: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)
    unknown: tuple[Part, ...] = ()


def paper_filters(query: ParsedQuery) -> PaperFilters:
    """What the filters of a query ask of papers. At most one query for each of them."""
    made = PaperFilters()
    for number, part in enumerate(query.filters):
        name = f"filter_{number}"
        found = _condition(part, name)
        if found is None:
            made.unknown += (part,)
            continue
        condition, value = found
        made.sql += f" AND NOT ({condition})" if part.is_excluded else f" AND ({condition})"
        made.parameters[name] = value
    return made


def _condition(part: Part, name: str) -> tuple[str, Any] | None:
    if part.field in ("", "title"):
        return _text(part, name)
    return _READ[part.field](part.value, f"%({name})s")


def _text(part: Part, name: str) -> tuple[str, Any] | None:
    words = words_of(part.value)
    if not words:
        return None
    weight = ":A" if part.field == "title" else ""
    between = " <-> " if part.is_phrase or '"' in part.text else " & "
    return _HOLDS.format(query=f"to_tsquery('colophon', %({name})s)"), between.join(
        f"'{word}'{weight}" for word in words
    )


def _author(value: str, slot: str) -> tuple[str, Any] | None:
    name = read_name(value)
    wanted = exact_query(name, is_open_ended=False)
    ids = fetch_column(_PEOPLE, [wanted, list(name.keys), PEOPLE_MEANT]) if wanted else []
    if not ids:
        return None
    return f"p.id IN (SELECT x.paper_id FROM papers_authorship x WHERE x.author_id = ANY({slot}))", ids


def _year(value: str, slot: str) -> tuple[str, Any] | None:
    years = read_years(value)
    if years is None:
        return None
    days = [f"{years[0]:04d}-01-01", f"{years[1]:04d}-12-31"]
    return f"p.published_date BETWEEN ({slot}::date[])[1] AND ({slot}::date[])[2]", days


def _category(value: str, slot: str) -> tuple[str, Any] | None:
    ids = fetch_column(_CATEGORIES, {"text": value.lower(), "most": RECORDS_MEANT})
    sql = f"p.id IN (SELECT x.paper_id FROM papers_papercategory x WHERE x.category_id = ANY({slot}))"
    return (sql, ids) if ids else None


def _venue(value: str, slot: str) -> tuple[str, Any] | None:
    ids = _named("canonical_venue", value)
    return (f"p.venue_id = ANY({slot})", ids) if ids else None


def _topic(value: str, slot: str) -> tuple[str, Any] | None:
    ids = _named("canonical_topic", value)
    sql = f"p.id IN (SELECT x.paper_id FROM papers_papertopic x WHERE x.topic_id = ANY({slot}))"
    return (sql, ids) if ids else None


def _institution(value: str, slot: str) -> tuple[str, Any] | None:
    ids = _named("canonical_institution", value, other=_OTHER_NAMES)
    sql = f"p.id IN (SELECT x.paper_id FROM papers_authorshipinstitution x WHERE x.institution_id = ANY({slot}))"
    return (sql, ids) if ids else None


def _type(value: str, slot: str) -> tuple[str, Any] | None:
    kind = fold(value).replace(" ", "-")
    return (
        (f"p.kind = {slot}", kind)
        if fetch_column("SELECT 1 FROM papers_paper WHERE kind = %s LIMIT 1", [kind])
        else None
    )


def _open(value: str, slot: str) -> tuple[str, Any] | None:
    return f"{_OPEN} = {slot}", is_yes(value)


def _retracted(value: str, slot: str) -> tuple[str, Any] | None:
    return f"p.is_retracted = {slot}", is_yes(value)


def _doi(value: str, slot: str) -> tuple[str, Any] | None:
    sql = f"p.id IN (SELECT i.paper_id FROM papers_paperidentifier i WHERE i.scheme = 'doi' AND i.value LIKE {slot})"
    escaped = value.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return sql, f"{escaped}%"


_READ: dict[str, Callable[[str, str], tuple[str, Any] | None]] = {
    "author": _author,
    "year": _year,
    "category": _category,
    "venue": _venue,
    "topic": _topic,
    "institution": _institution,
    "type": _type,
    "open": _open,
    "retracted": _retracted,
    "doi": _doi,
}


def _named(table: str, value: str, *, other: str = "") -> list[int]:
    words = name_words(value)
    if not words:
        return []
    holds = " AND ".join(f"r.key LIKE %(word_{at})s" for at in range(len(words)))
    parameters = {f"word_{at}": f"%{word}%" for at, word in enumerate(words)}
    statement = _NAMED.format(table=table, holds=holds, other=other)
    return fetch_column(statement, parameters | {"key": name_key(value), "most": RECORDS_MEANT})
