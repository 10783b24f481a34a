"""Lists of all that there is, by what it is called: people and venues by letter, institutions by country, fields as a tree."""

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Any

from common.countries import country_name
from common.db.keyset import sign_cursor, unsign_cursor
from common.db.sql import fetch, fetch_value
from common.richtext.fold import fold
from papers.selectors.addresses import address

PAGE_SIZE = 100
OTHER = "other"  # names that begin with no letter of the alphabet
SITEMAP_SIZE = 20_000


@dataclass(frozen=True, slots=True)
class Browsed:
    """A kind of record that is browsed. `order` is the column that groups begin with and pages are ordered by."""

    letter: str
    table: str
    label: str
    order: str
    shown: str = "r.is_canonical"
    country: bool = False


KINDS = {
    "people": Browsed("A", "canonical_author", "name", "family_key", "r.is_canonical AND r.is_listed"),
    "institutions": Browsed("I", "canonical_institution", "name", "key", country=True),
    "venues": Browsed("S", "canonical_venue", "name", "key"),
    "topics": Browsed("T", "canonical_topic", "name", "key"),
}
SITEMAPS = {**KINDS, "papers": Browsed("W", "canonical_paper", "title", "id")}


@dataclass(frozen=True, slots=True)
class Entry:
    id: int
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class BrowsePage:
    """A page of a group; `next_cursor` is "" on the last."""

    entries: tuple[Entry, ...]
    next_cursor: str


@dataclass(frozen=True, slots=True)
class Group:
    """A letter or a country, with how many records it holds; None where they were not counted.

    `code` stands in addresses: the letter, or ISO 3166's two in small letters; `name` is what it is called, "" for what
    is in none of the others.
    """

    code: str
    name: str
    records: int | None


@dataclass(frozen=True, slots=True)
class Field:
    """A group of categories with those in it, each with its topic's address ("" for none) and its code."""

    name: str
    categories: tuple[tuple[str, str, str], ...]


_FIELDS = """
SELECT coalesce(nullif(c.group_name, ''), split_part(c.code, '.', 1)), c.code, coalesce(nullif(c.name, ''), c.code),
    t.id, t.name
FROM papers_category c LEFT JOIN canonical_topic t ON t.category_id = c.id AND t.is_canonical
WHERE EXISTS (SELECT FROM papers_papercategory x WHERE x.category_id = c.id)
ORDER BY 1, 2
"""
_COUNTRIES = """
SELECT lower(country_code), count(*) FROM canonical_institution
WHERE is_canonical GROUP BY 1
"""
_PAGE = """
SELECT r.id, r.{label} FROM {table} r
WHERE {shown} AND {condition} AND (r.{order} COLLATE "C", r.id) >
    (coalesce((SELECT b.{order} FROM {table} b WHERE b.id = %(after)s), ''), %(after)s)
ORDER BY r.{order} COLLATE "C", r.id LIMIT %(size)s
"""


def fields() -> tuple[Field, ...]:
    """The categories as a tree of two levels. One query."""
    tree: dict[str, list[tuple[str, str, str]]] = {}
    for group, code, name, topic_id, topic in fetch(_FIELDS):
        tree.setdefault(group, []).append((code, name, address("T", topic_id, topic) if topic_id else ""))
    return tuple(Field(name, tuple(categories)) for name, categories in tree.items())


def groups(kind: str) -> tuple[Group, ...]:
    """The groups of a kind: countries by name with their institutions, else the letters."""
    if not KINDS[kind].country:
        return (
            *(Group(letter, letter.upper(), None) for letter in ascii_lowercase),
            Group(OTHER, "", None),
        )
    institutions = dict(fetch(_COUNTRIES))
    unknown = institutions.pop("", 0)
    countries = [Group(code, country_name(code), number) for code, number in institutions.items()]
    last = [Group(OTHER, "", unknown)] if unknown else []
    return (*sorted(countries, key=lambda one: fold(one.name)), *last)


def browse_page(kind: str, group: str, *, after: str = "") -> BrowsePage:
    """A page of a group. One query. Raises InvalidCursor."""
    one, listed = KINDS[kind], f"browse.{kind}.{group}"
    condition, asked = _in_group(one, group)
    asked |= {"after": unsign_cursor(after, of=listed)[0] if after else 0, "size": PAGE_SIZE + 1}
    statement = _PAGE.format(table=one.table, label=one.label, order=one.order, shown=one.shown, condition=condition)
    rows = fetch(statement, asked)
    entries = tuple(Entry(pk, name, address(one.letter, pk, name)) for pk, name in rows[:PAGE_SIZE])
    return BrowsePage(entries, sign_cursor([entries[-1].id], of=listed) if len(rows) > PAGE_SIZE else "")


def _in_group(one: Browsed, group: str) -> tuple[str, dict[str, Any]]:
    if one.country:
        return "r.country_code = %(group)s", {"group": "" if group == OTHER else group.upper()}
    column = f'r.{one.order} COLLATE "C"'
    if group == OTHER:
        return f"({column} < 'a' OR {column} >= '{{')", {}
    return f"{column} >= %(group)s AND {column} < %(beyond)s", {"group": group, "beyond": chr(ord(group) + 1)}


def sitemap_parts() -> Sequence[tuple[str, int]]:
    """The parts of the sitemap as (kind, number from 1)."""
    parts: list[tuple[str, int]] = []
    for kind, one in SITEMAPS.items():
        last = fetch_value(f"SELECT coalesce(max(id), 0) FROM {one.table}")
        parts += [(kind, number + 1) for number in range(-(-last // SITEMAP_SIZE))]
    return parts


def sitemap_part(kind: str, number: int) -> list[str]:
    """The addresses of one part, at most SITEMAP_SIZE; none for a part that there is none of. One query."""
    one = SITEMAPS[kind]
    last = number * SITEMAP_SIZE
    statement = (
        f"SELECT r.id, r.{one.label} FROM {one.table} r WHERE r.id > %s AND r.id <= %s AND {one.shown} ORDER BY r.id"
    )
    return [address(one.letter, pk, name) for pk, name in fetch(statement, [last - SITEMAP_SIZE, last])]
