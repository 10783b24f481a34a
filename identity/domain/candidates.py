"""Which units are worth comparing: those whose names share a key, so that no block is gone through pair by pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import numpy as np

from identity.domain.corpus import Ints
from identity.domain.names import Name, Relation, loose, loose_unless_short, relation
from identity.domain.nicknames import families_of

MAX_SHARED = 400  # a key of more names says nothing: only a family name that a whole country bears
SHORTEST_SLIP = 4
PACK = 50_000  # pairs that are compared at once

type Pairs = tuple[Ints, Ints, Ints]  # units, other units, relations of their names


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
    yield f"l {loose_unless_short(''.join(full))} {loose(family)}"
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


def full_name_pairs(
    names: Sequence[Name], units: Iterable[tuple[int, int]], active: Collection[int] | None = None
) -> Iterator[Pairs]:
    """Pairs of units of full names that may be one, with their relation, in packs. `units` are (unit, place of its name).

    `active` are places of names: each pair has one of them; None stands for all.
    """
    by_name = _by_name(units)
    shared: dict[str, list[int]] = defaultdict(list)
    for place in sorted(by_name):
        for key in set(name_keys(names[place])):
            shared[key].append(place)
    pack = _Pack()
    for place in sorted(by_name, key=lambda n: (names[n].block, n)):
        own = by_name[place]
        near = () if active is not None and place not in active else _near(names, place, shared)
        for other, found in near:
            if other > place or (active is not None and other not in active):
                pack.add(np.repeat(own, len(by_name[other])), np.tile(by_name[other], len(own)), found)
        if len(own) > 1 and (active is None or place in active):
            i, j = np.triu_indices(len(own), 1)
            pack.add(own[i], own[j], 0)
        yield from pack.full()
    yield from pack.rest()


def _near(names: Sequence[Name], index: int, shared: Mapping[str, Sequence[int]]) -> Iterator[tuple[int, int]]:
    """The other names that may be forms of a name, with their relation."""
    near: set[int] = set()
    for key in set(name_keys(names[index])):
        if len(shared[key]) <= MAX_SHARED:
            near.update(shared[key])
    near.discard(index)
    for other in sorted(near):
        found = int(relation(names[min(index, other)], names[max(index, other)]))
        if found < Relation.OTHER_FAMILY:
            yield other, found


def initials_pairs(
    names: Sequence[Name],
    short: Iterable[tuple[int, int]],
    full: Iterable[tuple[int, int]],
    active: Collection[int] | None = None,
) -> Iterator[Pairs]:
    """Pairs (unit of initials, unit of a full name) that fit, in packs; all pairs of a unit are in one."""
    blocks: dict[str, list[int]] = defaultdict(list)
    full_units = _by_name(full)
    for place in sorted(full_units):
        for block in _blocks(names[place]):
            blocks[block].append(place)
    pack = _Pack()
    short_units = _by_name(short)
    for place in sorted(short_units, key=lambda n: (names[n].block, n)):
        if active is not None and place not in active:
            continue
        others, relations = _fitting(names, place, blocks.get(names[place].block, ()), full_units)
        for unit in short_units[place].tolist() if len(others) else ():
            pack.add(np.full(len(others), unit, dtype=np.int64), others, relations)
            yield from pack.full()
    yield from pack.rest()


def _fitting(names: Sequence[Name], index: int, others: Iterable[int], units: Mapping[int, Ints]) -> tuple[Ints, Ints]:
    """The units of those names that fit a name, each once, with the nearest relation."""
    best: dict[int, int] = {}
    for other in others:
        found = 0 if other == index else int(relation(names[index], names[other]))
        if found < Relation.OTHER_FAMILY:
            for unit in units[other].tolist():
                best[unit] = min(found, best.get(unit, found))
    order = sorted(best)
    return np.array(order, dtype=np.int64), np.array([best[unit] for unit in order], dtype=np.int64)


def same_initials_pairs(
    names: Sequence[Name], units: Iterable[tuple[int, int]], active: Collection[int] | None = None
) -> Iterator[Pairs]:
    """Pairs of units of initials in one block that fit, in packs: "Y. Goldberg" and "Y. M. Goldberg"."""
    by_name = _by_name(units)
    blocks: dict[str, list[int]] = defaultdict(list)
    for place in sorted(by_name):
        if active is None or place in active:
            blocks[names[place].block].append(place)
    pack = _Pack()
    for block in sorted(blocks):
        for k, place in enumerate(blocks[block]):
            for unit_place, unit in enumerate(by_name[place].tolist()):
                own = by_name[place][unit_place + 1 :]
                pack.add(np.full(len(own), unit, dtype=np.int64), own, 0)
            yield from pack.full()
            others, relations = _fitting(names, place, blocks[block][k + 1 :], by_name)
            for unit in by_name[place].tolist() if len(others) else ():
                pack.add(np.full(len(others), unit, dtype=np.int64), others, relations)
                yield from pack.full()
    yield from pack.rest()


def _blocks(name: Name) -> set[str]:
    """The blocks a full name is looked for in: its own, those of a double family name's parts."""
    first = name.closed_given[:1]
    blocks = {name.block}
    if len(name.family_tokens) > 1:
        blocks |= {f"{first} {name.family_tokens[0]}", f"{first} {name.family_tokens[-1]}"}
    return blocks


def _by_name(units: Iterable[tuple[int, int]]) -> dict[int, Ints]:
    found: dict[int, list[int]] = defaultdict(list)
    for unit, place in units:
        found[place].append(unit)
    return {place: np.array(sorted(own), dtype=np.int64) for place, own in found.items()}


class _Pack:
    """Pairs gathered until there are enough for one pack."""

    def __init__(self) -> None:
        self._parts: list[Pairs] = []
        self._count = 0

    def add(self, left: Ints, right: Ints, relations: Ints | int) -> None:
        if len(left):
            column = relations if isinstance(relations, np.ndarray) else np.full(len(left), relations, dtype=np.int64)
            self._parts.append((left, right, column))
            self._count += len(left)

    def full(self) -> Iterator[Pairs]:
        if self._count >= PACK:
            yield from self.rest()

    def rest(self) -> Iterator[Pairs]:
        if self._parts:
            left, right, relations = (np.concatenate(column) for column in zip(*self._parts, strict=True))
            self._parts, self._count = [], 0
            yield left, right, relations
