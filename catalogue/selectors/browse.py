"""Lists of all that there is, by what it is called: people and venues by letter, institutions by country, fields as a tree."""

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Any

from django.db import connection

from common.db.keyset import InvalidCursor
from papers.selectors.addresses import address

PAGE_SIZE = 100
OTHER = "other"  # names that begin with no letter of the alphabet
SITEMAP_SIZE = 20_000
MAX_CURSOR_CHARS = 360


@dataclass(frozen=True, slots=True)
class Browsed:
    """A kind of record that is browsed. `order` is the column that groups begin with and pages are ordered by."""

    letter: str
    table: str
    label: str
    order: str
    shown: str = "r.merged_into_id IS NULL"
    country: bool = False


KINDS = {
    "people": Browsed("A", "papers_author", "name", "family_key", "r.merged_into_id IS NULL AND r.is_listed"),
    "institutions": Browsed("I", "papers_institution", "name", "key", country=True),
    "venues": Browsed("S", "papers_venue", "name", "key"),
    "topics": Browsed("T", "papers_topic", "name", "key"),
}
SITEMAPS = {**KINDS, "papers": Browsed("W", "papers_paper", "title", "id")}


@dataclass(frozen=True, slots=True)
class Entry:
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class BrowsePage:
    """A page of a group; `next_cursor` is "" on the last."""

    entries: tuple[Entry, ...]
    next_cursor: str


@dataclass(frozen=True, slots=True)
class Group:
    """A letter or a country code, with how many records it holds; None where they were not counted."""

    code: str
    records: int | None


@dataclass(frozen=True, slots=True)
class Field:
    """A group of categories with those in it, each with its topic's address ("" for none) and its code."""

    name: str
    categories: tuple[tuple[str, str, str], ...]


def fields() -> tuple[Field, ...]:
    """The categories as a tree of two levels. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT coalesce(nullif(c.group_name, ''), split_part(c.code, '.', 1)), c.code,
                      coalesce(nullif(c.name, ''), c.code), t.id, t.name
               FROM papers_category c LEFT JOIN papers_topic t ON t.category_id = c.id AND t.merged_into_id IS NULL
               WHERE EXISTS (SELECT FROM papers_papercategory x WHERE x.category_id = c.id)
               ORDER BY 1, 2"""
        )
        tree: dict[str, list[tuple[str, str, str]]] = {}
        for group, code, name, topic_id, topic in cursor.fetchall():
            tree.setdefault(group, []).append((code, name, address("T", topic_id, topic) if topic_id else ""))
    return tuple(Field(name, tuple(categories)) for name, categories in tree.items())


def groups(kind: str) -> tuple[Group, ...]:
    """The groups of a kind: countries with their institutions, else the letters."""
    if not KINDS[kind].country:
        return tuple(Group(letter, None) for letter in (*ascii_lowercase, OTHER))
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT lower(country_code), count(*) FROM papers_institution
               WHERE merged_into_id IS NULL AND country_code <> '' GROUP BY 1 ORDER BY 1"""
        )
        return tuple(Group(code, number) for code, number in cursor.fetchall())


def browse_page(kind: str, group: str, *, after: str = "") -> BrowsePage:
    """A page of a group. One query. Raises InvalidCursor."""
    one = KINDS[kind]
    start, row_id = _read(after)
    condition, asked = _in_group(one, group)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT r.id, r.{one.label}, r.{one.order} FROM {one.table} r
                WHERE {one.shown} AND {condition} AND (r.{one.order} COLLATE "C", r.id) > (%(start)s, %(after)s)
                ORDER BY r.{one.order} COLLATE "C", r.id LIMIT %(size)s""",
            asked | {"start": start, "after": row_id, "size": PAGE_SIZE + 1},
        )
        rows = cursor.fetchall()
    shown = rows[:PAGE_SIZE]
    entries = tuple(Entry(name, address(one.letter, pk, name)) for pk, name, _key in shown)
    return BrowsePage(entries, f"{shown[-1][0]}~{shown[-1][2]}" if len(rows) > PAGE_SIZE else "")


def _read(after: str) -> tuple[str, int]:
    if not after:
        return "", 0
    number, sign, key = after[:MAX_CURSOR_CHARS].partition("~")
    if not sign or not number.isascii() or not number.isdigit() or len(number) > 18 or "\0" in key:
        raise InvalidCursor(after[:MAX_CURSOR_CHARS])
    return key, int(number)


def _in_group(one: Browsed, group: str) -> tuple[str, dict[str, Any]]:
    if one.country:
        return "r.country_code = %(group)s", {"group": group.upper()}
    column = f'r.{one.order} COLLATE "C"'
    if group == OTHER:
        return f"({column} < 'a' OR {column} >= '{{')", {}
    return f"{column} >= %(group)s AND {column} < %(beyond)s", {"group": group, "beyond": chr(ord(group) + 1)}


def sitemap_parts() -> Sequence[tuple[str, int]]:
    """The parts of the sitemap as (kind, number from 1)."""
    parts: list[tuple[str, int]] = []
    with connection.cursor() as cursor:
        for kind, one in SITEMAPS.items():
            cursor.execute(f"SELECT coalesce(max(id), 0) FROM {one.table}")
            parts += [(kind, number + 1) for number in range(-(-cursor.fetchone()[0] // SITEMAP_SIZE))]
    return parts


def sitemap_part(kind: str, number: int) -> list[str]:
    """The addresses of one part, at most SITEMAP_SIZE; none for a part that there is none of. One query."""
    one = SITEMAPS[kind]
    last = number * SITEMAP_SIZE
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT r.id, r.{one.label} FROM {one.table} r WHERE r.id > %s AND r.id <= %s AND {one.shown} ORDER BY r.id",
            [last - SITEMAP_SIZE, last],
        )
        return [address(one.letter, pk, name) for pk, name in cursor.fetchall()]
