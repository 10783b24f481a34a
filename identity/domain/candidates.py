"""Which units are worth comparing: those whose names share a key, so that no block is gone through pair by pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from identity.domain.corpus import Ints
from identity.domain.names import Name, Relation, loose_family, loose_given, relation
from identity.domain.nicknames import families_of

MAX_SHARED = 400  # a key of more names says nothing: only a family name that a whole country bears
SHORTEST_SLIP = 4


def name_keys(name: Name) -> Iterator[str]:
    """The keys under which a full name meets what may be another form of it."""
    family, full = name.family, [t for t, short in zip(name.given, name.short, strict=True) if not short]
    for token in full:
        yield f"f {token} {family}"
    for place in range(2, len(full) + 1):
        yield f"f {''.join(full[:place])} {family}"
    if not full:
        return
    given = name.closed_given
    yield f"l {loose_given(''.join(full))} {loose_family(family)}"
    yield "w " + "".join(sorted(given + family))
    for number in families_of(full[0]):
        yield f"n {number} {family}"
    if len(name.family_tokens) > 1:
        for part in (name.family_tokens[0], name.family_tokens[-1], "".join(name.family_tokens[:-1])):
            yield f"f {full[0]} {part}"
    yield from _slips("g", given, family)
    if len(family) > SHORTEST_SLIP:
        yield from _slips("s", family, full[0])


def _slips(kind: str, word: str, rest: str) -> Iterator[str]:
    """The word with each letter left out: two words one letter apart share one of these."""
    if len(word) >= SHORTEST_SLIP:
        yield f"{kind} {word} {rest}"
        for place in range(len(word)):
            yield f"{kind} {word[:place]}{word[place + 1 :]} {rest}"


def full_name_pairs(names: Sequence[Name], units: Iterable[tuple[int, int]]) -> tuple[Ints, Ints, Ints]:
    """Pairs of units of full names that may be one, with their relation. `units` are (unit, place of its name)."""
    by_name: dict[int, list[int]] = defaultdict(list)
    for unit, place in units:
        by_name[place].append(unit)
    shared: dict[str, list[int]] = defaultdict(list)
    for place in sorted(by_name):
        for key in set(name_keys(names[place])):
            shared[key].append(place)
    seen: dict[tuple[int, int], int] = {}
    for places in shared.values():
        if 1 < len(places) <= MAX_SHARED:
            for i, a in enumerate(places):
                for b in places[i + 1 :]:
                    if (a, b) not in seen:
                        seen[a, b] = int(relation(names[a], names[b]))
    rows = [
        (x, y, found)
        for (a, b), found in seen.items()
        if found < Relation.OTHER_FAMILY
        for x in by_name[a]
        for y in by_name[b]
    ]
    for places in by_name.values():
        rows += [(x, y, 0) for i, x in enumerate(places) for y in places[i + 1 :]]
    return _columns(rows)


def initials_pairs(
    names: Sequence[Name], short: Iterable[tuple[int, int]], full: Iterable[tuple[int, int]]
) -> tuple[Ints, Ints, Ints]:
    """Pairs (unit of initials, unit of a full name) that fit."""
    blocks: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for unit, place in full:
        for block in _blocks(names[place]):
            blocks[block].append((unit, place))
    known: dict[tuple[int, int], int] = {}
    rows = []
    for unit, place in short:
        for other, its in blocks.get(names[place].block, ()):
            found = known.get((place, its))
            if found is None:
                found = known[place, its] = int(relation(names[place], names[its]))
            if found < Relation.OTHER_FAMILY:
                rows.append((unit, other, found))
    return _columns(rows)


def same_initials_pairs(names: Sequence[Name], units: Iterable[tuple[int, int]]) -> tuple[Ints, Ints, Ints]:
    """Pairs of units of initials in one block that fit: "Y. Goldberg" and "Y. M. Goldberg"."""
    blocks: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for unit, place in units:
        blocks[names[place].block].append((unit, place))
    rows = []
    for members in blocks.values():
        for i, (unit, place) in enumerate(members):
            for other, its in members[i + 1 :]:
                found = 0 if place == its else int(relation(names[place], names[its]))
                if found < Relation.OTHER_FAMILY:
                    rows.append((unit, other, found))
    return _columns(rows)


def _blocks(name: Name) -> set[str]:
    """The blocks a full name is looked for in: its own, those of a double family name's parts."""
    first = name.closed_given[:1]
    blocks = {name.block}
    if len(name.family_tokens) > 1:
        blocks |= {f"{first} {name.family_tokens[0]}", f"{first} {name.family_tokens[-1]}"}
    return blocks


def _columns(rows: Sequence[tuple[int, int, int]]) -> tuple[Ints, Ints, Ints]:
    table = np.array(rows, dtype=np.int64).reshape(len(rows), 3)
    return table[:, 0], table[:, 1], table[:, 2]
