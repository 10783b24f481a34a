"""Topics, institutions and venues by name: words anywhere in it, other names in full, then spelling alike."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from common.countries import in_country
from common.db.sql import fetch, fetch_as
from papers.domain.names import name_words
from papers.selectors.addresses import address
from papers.selectors.entity_names import name_key
from search.domain.cursors import Cursor
from search.domain.results import NO_HITS, EntityHit, FoundBy, Hits

COUNTED = 1_000
_START = (-1, 0, 0)

_TABLES = {"topics": "canonical_topic", "institutions": "canonical_institution", "venues": "canonical_venue"}
_LETTERS = {"topics": "T", "institutions": "I", "venues": "S"}
_NOTES = {
    "topics": "coalesce(nullif(r.field_name, ''), '')",
    "institutions": "coalesce(r.city, '')",
    "venues": "concat_ws(', ', nullif(r.kind, ''), nullif(r.publisher, ''))",
}
_COUNTRIES = {"topics": "''", "institutions": "r.country_code", "venues": "''"}
_OTHER_NAMES = {
    "institutions": "SELECT n.institution_id FROM papers_institutionname n WHERE n.key = %(key)s",
    "venues": "SELECT n.venue_id FROM papers_venuename n WHERE n.acronym = %(acronym)s AND n.acronym <> ''",
}
# How much of the record is about one counts among names that hold the words: it is read of the nearest alone.
_USES = {
    "topics": "SELECT FROM papers_papertopic x WHERE x.topic_id = f.id",
    "institutions": "SELECT FROM papers_authorshipinstitution x WHERE x.institution_id = f.id",
    "venues": "SELECT FROM papers_paper x WHERE x.venue_id = f.id",
}
WEIGHED = 60
USES_COUNTED = 200
_PAGE = """
WITH named AS MATERIALIZED (
    SELECT r.id, CASE WHEN r.key = %(key)s {is_other_name} THEN 0
        ELSE 101 - round(similarity(r.key, %(key)s) * 100)::int END AS distance
    FROM {table} r WHERE r.is_canonical AND r.id IN (
        SELECT q.id FROM {table} q WHERE {condition} {or_other_name})
    ORDER BY 2, 1 LIMIT %(bound)s
), found AS MATERIALIZED (
    SELECT f.id, CASE WHEN f.distance = 0 THEN 0 ELSE greatest(1, f.distance - coalesce(u.uses, 0) / 4) END AS distance,
        coalesce(u.uses, 0) AS uses
    FROM (SELECT *, row_number() OVER (ORDER BY distance, id) AS n FROM named) f
    LEFT JOIN LATERAL (SELECT count(*) AS uses FROM ({uses} LIMIT %(counted)s) counted) u ON f.n <= %(weighed)s
)
SELECT distance, -uses AS uses, id, (SELECT count(*) FROM named) AS total FROM found
WHERE (distance, -uses, id) > (%(distance)s, %(uses)s, %(after)s) ORDER BY 1, 2, 3 LIMIT %(size)s
"""


def entity_hits(section: str, query: str, *, size: int, after: Cursor | None = None) -> Hits:
    """A page of one kind. One query, or two: names spelled alike when none holds the words."""
    tokens = name_words(query)
    if not tokens:
        return NO_HITS
    if after is not None:
        return _page(section, query, tokens, is_alike=after.found_by == "alike", size=size, after=after)
    hits = _page(section, query, tokens, is_alike=False, size=size)
    return hits if hits.ids else _page(section, query, tokens, is_alike=True, size=size)


def entities_overview(query: str, *, size: int) -> dict[str, Hits]:
    """The first of each kind that hold the words, in one query."""
    tokens = name_words(query)
    if not tokens:
        return dict.fromkeys(_TABLES, NO_HITS)
    parts = [
        f"SELECT '{section}', page.* FROM ({_statement(section, tokens, is_alike=False)}) page" for section in _TABLES
    ]
    found: dict[str, list[_Row]] = {section: [] for section in _TABLES}
    every = fetch(" UNION ALL ".join(parts), _parameters(query, tokens, size=size, after=None))
    for section, distance, uses, pk, total in every:
        found[section].append(_Row(distance, uses, pk, total))
    return {section: _hits(sorted(rows), size=size, found_by="words") for section, rows in found.items()}


def entity_cards(hits: dict[str, Sequence[int]]) -> dict[str, tuple[EntityHit, ...]]:
    """The places of each kind in the order given. One query for all kinds."""
    parts: list[str] = []
    parameters: dict[str, Any] = {}
    for section, ids in hits.items():
        if ids:
            parts.append(
                f"SELECT '{section}', r.id, r.name, {_NOTES[section]}, {_COUNTRIES[section]} FROM {_TABLES[section]} r"
                f" WHERE r.id = ANY(%({section})s)"
            )
            parameters[section] = list(ids)
    if not parts:
        return {}
    rows = {
        (section, pk): (name, in_country(note, country))
        for section, pk, name, note, country in fetch(" UNION ALL ".join(parts), parameters)
    }
    return {
        section: tuple(
            EntityHit(
                section,
                rows[section, pk][0],
                address(_LETTERS[section], pk, rows[section, pk][0]),
                rows[section, pk][1],
            )
            for pk in ids
            if (section, pk) in rows
        )
        for section, ids in hits.items()
    }


def _page(
    section: str, query: str, tokens: list[str], *, is_alike: bool, size: int, after: Cursor | None = None
) -> Hits:
    rows = fetch_as(
        _Row, _statement(section, tokens, is_alike=is_alike), _parameters(query, tokens, size=size, after=after)
    )
    return _hits(rows, size=size, found_by="alike" if is_alike else "words")


def _statement(section: str, tokens: list[str], *, is_alike: bool) -> str:
    others = "" if is_alike else _OTHER_NAMES.get(section, "")
    holds_all = " AND ".join(
        f"q.key LIKE %(word_{place})s AND q.key ~ %(start_{place})s" for place in range(len(tokens))
    )
    return _PAGE.format(
        table=_TABLES[section],
        condition="q.key %% %(key)s" if is_alike else holds_all,
        is_other_name=f"OR r.id IN ({others})" if others else "",
        or_other_name=f"UNION {others}" if others else "",
        uses=_USES[section],
    )


def _parameters(query: str, tokens: list[str], *, size: int, after: Cursor | None) -> dict[str, Any]:
    distance, uses, row_id = after.key if after and len(after.key) == len(_START) else _START
    return {
        "key": name_key(query),
        "acronym": tokens[0] if len(tokens) == 1 else "",
        "bound": COUNTED,
        "size": size + 1,
        "distance": distance,
        "uses": uses,
        "weighed": WEIGHED,
        "counted": USES_COUNTED,
        "after": row_id,
        **{f"word_{place}": f"%{token}%" for place, token in enumerate(tokens)},
        **{f"start_{place}": rf"\m{token}" for place, token in enumerate(tokens)},
    }


class _Row(NamedTuple):
    """A record found: what it is ordered by, `uses` less than 0 so that most come first, and how many are found."""

    distance: int
    uses: int
    id: int
    total: int


def _hits(rows: Sequence[_Row], *, size: int, found_by: FoundBy) -> Hits:
    if not rows:
        return Hits((), 0, is_more=False, found_by=found_by)
    shown = rows[:size]
    first, last = shown[0], shown[-1]
    following = Cursor(found_by, (last.distance, last.uses, last.id)) if len(rows) > size else None
    ids = tuple(row.id for row in shown)
    return Hits(ids, first.total, first.total >= COUNTED, found_by, following, first.distance, -first.uses)
