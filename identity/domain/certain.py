"""What is certain before anything is compared: hard ids, what people decided, and that a byline names nobody twice."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from identity.domain.corpus import Corpus, Ints
from identity.domain.names import can_be_one

type Pairs = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Certain:
    """Pairs of mentions that are one person and that are two; by decision or by id."""

    together: Pairs = ()
    apart: Pairs = ()


NOTHING_CERTAIN = Certain()


def contradictions(certain: Certain) -> list[list[int]]:
    """For each pair that is kept apart and yet tied to be one: the shortest chain of ties from one to the other."""
    near: dict[int, list[int]] = defaultdict(list)
    for a, b in certain.together:
        near[a].append(b)
        near[b].append(a)
    chains = (_chain(a, b, near) for a, b in certain.apart if a in near and b in near)
    return [chain for chain in chains if chain]


def _chain(start: int, end: int, near: Mapping[int, Sequence[int]]) -> list[int]:
    """The shortest way from one mention to another, [] where there is none."""
    came: dict[int, int] = {start: start}
    queue = deque([start])
    while queue and end not in came:
        at = queue.popleft()
        for other in near.get(at, ()):
            if other not in came:
                came[other] = at
                queue.append(other)
    if end not in came:
        return []
    way = [end]
    while way[-1] != start:
        way.append(came[way[-1]])
    return way[::-1]


def id_ties(corpus: Corpus) -> Pairs:
    """Mentions with one hard id whose names can be forms of each other, each tied to the first that fits."""
    holders: dict[str, list[int]] = defaultdict(list)
    ties: list[tuple[int, int]] = []
    for mention, ids in corpus.ids.items():
        name = corpus.names[int(corpus.name_of[mention])]
        for one in ids:
            first = next((m for m in holders[one] if can_be_one(corpus.names[int(corpus.name_of[m])], name)), None)
            if first is None:
                holders[one].append(mention)
            else:
                ties.append((mention, first))
    return ties


def ids_of_units(corpus: Corpus, group: Ints) -> dict[int, dict[str, str]]:
    """The ids of each unit that has some, by scheme."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for mention, ids in corpus.ids.items():
        for one in ids:
            scheme, _, value = one.partition(":")
            found[int(group[mention])].setdefault(scheme, value)
    return found


def differ(a: dict[str, str] | None, b: dict[str, str] | None) -> bool:
    """Whether two have different ids of one scheme: they are two people."""
    if not a or not b:
        return False
    return any(a[scheme] != value for scheme, value in b.items() if scheme in a)


def contradicted(corpus: Corpus, label: Ints, apart: Iterable[tuple[int, int]]) -> Collection[int]:
    """Labels whose mentions hold two ids of one scheme, or a pair that somebody keeps apart."""
    bad = {int(label[a]) for a, b in apart if label[a] == label[b]}
    seen: dict[tuple[int, str], str] = {}
    for mention, ids in corpus.ids.items():
        for one in ids:
            scheme, _, value = one.partition(":")
            if seen.setdefault((int(label[mention]), scheme), value) != value:
                bad.add(int(label[mention]))
    return bad


def once_a_byline(corpus: Corpus, label: Ints, fixed: Collection[int]) -> Ints:
    """Labels with every second mention of a label on one paper set apart, first those that nothing fixes."""
    is_fixed = np.zeros(len(label), dtype=bool)
    is_fixed[list(fixed)] = True
    order = np.lexsort((np.arange(len(label)), ~is_fixed, label, corpus.paper_of))
    same = (corpus.paper_of[order][1:] == corpus.paper_of[order][:-1]) & (label[order][1:] == label[order][:-1])
    spare = order[1:][same]
    out = label.copy()
    out[spare] = int(label.max(initial=0)) + 1 + np.arange(len(spare))
    return out
