"""Author records called by the name that most of their bylines print."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from common.db.sql import fetch
from papers.domain.name_of_author import most_printed
from papers.domain.name_parts import NameParts, keys_of_parts
from papers.domain.names import search_text

AT_ONCE = 5_000
_MOST_INITIALS = 40  # what the column holds

# A name that a person corrected or keeps private stays, and a full one that a source states of the record itself.
_FORMS = """
WITH asked AS (
    SELECT a.id, a.name, coalesce(split_part(a.name_slot, ' #', 1), '') AS slot FROM canonical_author a
    WHERE a.id = ANY(%(authors)s::bigint[]) AND a.is_canonical AND a.kind = 'person' AND NOT a.has_private_names
      AND EXISTS (SELECT FROM papers_authorship s WHERE s.author_id = a.id AND s.printed_name <> a.name)
      AND NOT EXISTS (SELECT FROM papers_correction c WHERE c.kind = 'author' AND c.object_id = a.id AND c.field = 'name')
      AND (a.is_initials OR NOT EXISTS (SELECT FROM papers_authorname n WHERE n.author_id = a.id AND n.name = a.name))
)
SELECT a.id, a.name, a.slot, s.printed_name, s.given, s.family, s.particle, s.suffix, count(*)
FROM asked a JOIN papers_authorship s ON s.author_id = a.id
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY 1, 4, 5, 6, 7, 8
"""
_STATED = """
SELECT a.canonical_id, n.name FROM canonical_author a JOIN papers_authorname n ON n.author_id = a.id
WHERE a.canonical_id = ANY(%(authors)s::bigint[]) ORDER BY 1, 2
"""
# The name under which works are found goes along where nothing here is printed so any longer, if it is free.
_WRITE = """
UPDATE papers_author a SET name = f.name, key = f.key, family_key = f.family_key, initials = f.initials,
       is_initials = f.is_initials, search_text = f.search_text, changed_at = %(now)s,
       name_slot = CASE WHEN NOT f.leaves_slot THEN a.name_slot
                        WHEN EXISTS (SELECT FROM papers_author o WHERE o.name_slot = f.slot) THEN NULL ELSE f.slot END
FROM unnest(%(ids)s::bigint[], %(names)s::text[], %(keys)s::text[], %(families)s::text[], %(initials)s::text[],
            %(short)s::bool[], %(search)s::text[], %(leaving)s::bool[], %(slots)s::text[])
     AS f(id, name, key, family_key, initials, is_initials, search_text, leaves_slot, slot)
WHERE a.id = f.id
"""


class _Renamed(NamedTuple):
    """A record with the name it gets and all that its bylines print; whether its slot is a name that none of them has."""

    author_id: int
    chosen: NameParts
    printed: list[str]
    leaves_slot: bool


def call_by_bylines(author_ids: Collection[int], *, now: datetime) -> list[int]:
    """Call each of these people by the name that most of their bylines print; returns the ids of those renamed.

    Inside the caller's transaction, who holds the lock of the record and tells read models.
    """
    wanted = sorted(set(author_ids))
    renamed: list[int] = []
    for start in range(0, len(wanted), AT_ONCE):
        found = _renamed(wanted[start : start + AT_ONCE])
        if found:
            _write(found, now)
        renamed += [one.author_id for one in found]
    return renamed


def _renamed(author_ids: list[int]) -> list[_Renamed]:
    forms: dict[int, dict[NameParts, int]] = defaultdict(dict)
    present: dict[int, tuple[str, str]] = {}
    for author_id, name, slot, printed, given, family, particle, suffix, times in fetch(
        _FORMS, {"authors": author_ids}
    ):
        forms[author_id][NameParts(printed, given, family, particle, suffix)] = times
        present[author_id] = name, slot
    found = []
    for author_id, (name, slot) in present.items():
        chosen = most_printed(forms[author_id], current=name)
        if chosen.name != name:
            keys = {keys_of_parts(parts).key for parts in forms[author_id]}
            printed_names = sorted({parts.name for parts in forms[author_id]})
            found.append(_Renamed(author_id, chosen, printed_names, slot not in keys))
    return found


def _write(found: list[_Renamed], now: datetime) -> None:
    ids = [one.author_id for one in found]
    stated: dict[int, list[str]] = defaultdict(list)
    for author_id, name in fetch(_STATED, {"authors": ids}):
        stated[author_id].append(name)
    keys = [keys_of_parts(one.chosen) for one in found]
    key_of = [(key.key or one.chosen.name.casefold())[:300] for key, one in zip(keys, found, strict=True)]
    last = {key: place for place, key in enumerate(key_of)}  # a slot is one record's
    given: dict[str, Any] = {
        "ids": ids,
        "names": [one.chosen.name for one in found],
        "keys": key_of,
        "families": [key.family_key[:300] for key in keys],
        "initials": [key.initials[:_MOST_INITIALS] for key in keys],
        "short": [key.is_initials for key in keys],
        "search": [search_text([one.chosen.name, *one.printed, *stated[one.author_id]]) for one in found],
        "leaving": [one.leaves_slot for one in found],
        "slots": [key if last[key] == place else None for place, key in enumerate(key_of)],
        "now": now,
    }
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, given)
