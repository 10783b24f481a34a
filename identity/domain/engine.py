"""Who is who among the mentions of a corpus, in five stages: atoms, variants, initials, the rest, and again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from identity.domain.candidates import full_name_pairs, initials_pairs, same_initials_pairs
from identity.domain.certain import (
    NOTHING_CERTAIN,
    Certain,
    Pairs,
    contradicted,
    id_ties,
    ids_of_units,
    once_a_byline,
)
from identity.domain.corpus import Corpus, Floats, Ints, Mask
from identity.domain.foes import Foes
from identity.domain.linkage import average_linkage
from identity.domain.names import Name
from identity.domain.stages import KEPT, Comparison, Stage
from identity.domain.units import Background, Groups, Resolved, background, make_groups, resolved

COMMON_NAME = 0.02  # expected bearers above which a full name is cut into groups first
MOST_RIVALS = 3.0  # a co-author whose short name stands for more people joins nobody by himself
LINK, LINK_WITH_MARGIN, MARGIN, ASK, VARIANT = 0.90, 0.60, 0.40, 0.35, 0.80
REST = 0.60
ROUNDS = 2


type Tell = Callable[[str, int], None]


class Judge(Protocol):
    """What says how likely pairs are one person, by stage ("full", "initials", "rest") and round."""

    def __call__(self, stage: str, round_: int, features: Floats) -> Floats: ...


@dataclass(slots=True)
class Resolution:
    """A person a mention; `atoms` are the groups that were never taken apart; the stages of the last round.

    The stage "initials" compares atoms with `merged`, the persons of full names; `cluster_person` numbers those as
    `person` does.
    """

    person: Ints
    atoms: Groups
    stages: dict[str, Stage]
    merged: Groups
    cluster_person: dict[int, int]
    back: Background


@dataclass(frozen=True, slots=True)
class Existing:
    """What the record has where names are not to be settled: the person of each mention, and the blocks that are."""

    person: Ints
    blocks: Collection[str]


def resolve(
    corpus: Corpus,
    judge: Judge,
    *,
    rounds: int = ROUNDS,
    certain: Certain = NOTHING_CERTAIN,
    existing: Existing | None = None,
    least: float = KEPT,
    tell: Tell = lambda *_: None,
) -> Resolution:
    """Persons of all mentions. What is certain is contracted first and checked at each merge.

    With `standing`, names of its blocks alone are settled, once, all others being persons as they stand. Pairs less
    likely than `least` are not kept. `tell` hears of each stage how many pairs it has compared.
    """
    tell("background", 0)
    back = background(corpus)
    groups = make_groups(back, atoms(back, certain))
    if existing is not None:
        return one_round(back, groups, judge, rounds, certain.apart, existing=existing, least=least, tell=tell)
    found = one_round(back, groups, judge, 1, certain.apart, least=least, tell=tell)
    for round_ in range(2, rounds + 1):
        people = resolved(corpus, found.person)
        found = one_round(back, groups, judge, round_, certain.apart, people=people, least=least, tell=tell)
    return found


def atoms(back: Background, certain: Certain = NOTHING_CERTAIN, *, common: float = COMMON_NAME) -> Ints:
    """Stage 1: mentions that nobody doubts. One id, or one closed-up name; common names by company only.

    Where that joins what ids or people keep apart, only ids and people join.
    """
    corpus = back.corpus
    sure = [*certain.together, *id_ties(corpus)]
    keys: dict[str, int] = {}
    key = np.array([keys.setdefault(name.key, len(keys)) for name in corpus.names], dtype=np.int64)[corpus.name_of]
    cut = np.array(
        [n.is_initials or bearers > common for n, bearers in zip(corpus.names, back.figures[:, 0], strict=True)]
    )
    likely = [_plain_ties(key, ~cut[corpus.name_of]), _company_ties(corpus, back, key, cut[corpus.name_of])]
    rows = np.concatenate([r for r, _ in likely])
    columns = np.concatenate([c for _, c in likely])
    label = _components(len(corpus), rows, columns, sure)
    bad = contradicted(corpus, label, certain.apart)
    if bad:
        free = ~np.isin(label[rows], list(bad))
        label = _components(len(corpus), rows[free], columns[free], sure)
    return _numbered(once_a_byline(corpus, label, {m for pair in certain.together for m in pair}))


def _components(size: int, rows: Ints, columns: Ints, sure: Pairs) -> Ints:
    extra = np.array(sure, dtype=np.int64).reshape(len(sure), 2)
    rows, columns = np.concatenate((rows, extra[:, 0])), np.concatenate((columns, extra[:, 1]))
    graph = csr_array((np.ones(len(rows)), (rows, columns)), shape=(size, size))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)


def _plain_ties(key: Ints, chosen: Mask) -> tuple[Ints, Ints]:
    """Each mention of a name that is not cut, tied to the first."""
    where = np.nonzero(chosen)[0]
    _, first, inverse = np.unique(key[where], return_index=True, return_inverse=True)
    return where, where[first][inverse]


def _company_ties(corpus: Corpus, back: Background, key: Ints, chosen: Mask) -> tuple[Ints, Ints]:
    """Mentions of one name who wrote with one person whose short name is rare, tied by a node for the two."""
    where = np.nonzero(chosen)[0]
    rows = csr_array(corpus.bylines[corpus.paper_of[where]])
    mention = np.repeat(where, np.diff(rows.indptr))
    beside = rows.indices.astype(np.int64)
    telling = (back.rivals[beside] <= MOST_RIVALS) & (beside != corpus.key_of[mention])
    mention, beside = mention[telling], beside[telling]
    node = key[mention] * len(corpus.keys) + beside
    _, first, inverse = np.unique(node, return_index=True, return_inverse=True)
    return mention, mention[first][inverse]


def _numbered(label: Ints) -> Ints:
    """Labels as numbers from 0 in the order in which they come."""
    _, first, inverse = np.unique(label, return_index=True, return_inverse=True)
    order = np.argsort(np.argsort(first))
    return np.asarray(order[inverse], dtype=np.int64)


def one_round(
    back: Background,
    groups: Groups,
    judge: Judge,
    round_: int,
    apart: Pairs,
    *,
    people: Resolved | None = None,
    existing: Existing | None = None,
    least: float = KEPT,
    tell: Tell = lambda *_: None,
) -> Resolution:
    """Stages 2 to 4 on the atoms."""
    names = back.corpus.names
    foes = Foes(groups, ids_of_units(back.corpus, groups.label), {_two(groups.label, a, b) for a, b in apart})
    active = None
    if existing is not None:
        active = {assign for assign, name in enumerate(names) if name.block in existing.blocks}
        people = resolved(back.corpus, existing.person)
    this = _Round(back, groups, judge, round_, people, foes, active, least, tell)
    is_short = short_groups(names, groups)
    full = this.compared("full", groups).of(full_name_pairs(names, name_indices(groups, ~is_short), active))
    cluster = _numbered(_linked(groups, full, full.chance, VARIANT, foes))
    if existing is not None:
        cluster = _as_they_stand(groups, cluster, existing, active or (), foes)
    merged = make_groups(back, cluster[groups.label])
    short, rest = this.of_initials(cluster, merged, is_short)
    person = _numbered(cluster[groups.label])
    numbers = dict(zip(cluster[groups.label].tolist(), person.tolist(), strict=True))
    return Resolution(person, groups, {"full": full, "initials": short, "rest": rest}, merged, numbers, back)


@dataclass(frozen=True, slots=True)
class _Round:
    """What all stages of a round have in hand. `active` are the places of names to be settled, None for all."""

    back: Background
    groups: Groups
    judge: Judge
    number: int
    people: Resolved | None
    foes: Foes
    active: Collection[int] | None
    least: float
    tell: Tell

    def compared(self, stage: str, other: Groups, *, rivals: bool = False) -> Comparison:
        """How a stage compares all groups with others."""
        return Comparison(
            self.back,
            self.groups,
            other,
            self.people,
            rivals,
            weigh=lambda features: self.judge(stage, self.number, features),
            least=self.least,
            tell=lambda pairs: self.tell(f"{stage} {self.number}", pairs),
        )

    def of_initials(self, cluster: Ints, merged: Groups, is_short: Mask) -> tuple[Stage, Stage]:
        """Stages 3 and 4; `cluster` is changed to what they find."""
        names, groups = self.back.corpus.names, self.groups
        full = full_names(groups, cluster, is_short)
        pairs = initials_pairs(names, name_indices(groups, is_short), full, self.active)
        short = self.compared("initials", merged, rivals=True).of(pairs)
        placed = assign(groups, short, foes=self.foes, cluster=cluster)
        for unit, target in placed.items():
            cluster[unit] = target
        left = is_short if self.active is None else is_short & np.isin(groups.name, list(self.active))
        left = left & ~np.isin(np.arange(groups.count), list(placed))
        rest = self.compared("rest", groups).of(same_initials_pairs(names, name_indices(groups, left), self.active))
        cluster[left] = groups.count + _linked(groups, rest, rest.chance, REST, self.foes)[left]
        return short, rest


def _two(label: Ints, a: int, b: int) -> tuple[int, int]:
    return int(label[a]), int(label[b])


def short_groups(names: Sequence[Name], groups: Groups) -> Mask:
    """Which groups have initials alone."""
    return np.array([names[int(n)].is_initials for n in groups.name], dtype=bool)


def name_indices(groups: Groups, chosen: Mask) -> list[tuple[int, int]]:
    """(group, place of its name) of the chosen groups."""
    return [(int(g), int(groups.name[g])) for g in np.nonzero(chosen)[0]]


def full_names(groups: Groups, cluster: Ints, is_short: Mask) -> list[tuple[int, int]]:
    """(cluster, place of a name) for all full names of each cluster."""
    return sorted({(int(cluster[g]), int(groups.name[g])) for g in np.nonzero(~is_short)[0]})


def _as_they_stand(groups: Groups, cluster: Ints, existing: Existing, active: Collection[int], foes: Foes) -> Ints:
    """Names that are not settled now are together as the record has them, with those that were found to be theirs.

    Where that would make one of two who are foes, what was found is not believed.
    """
    first = np.zeros(groups.count, dtype=np.int64)
    first[groups.label[::-1]] = existing.person[::-1]
    unit = np.arange(groups.count)
    still = ~np.isin(groups.name, list(active))
    found, stands = groups.count + cluster, 2 * groups.count + first
    tied = ~still | _of_the_largest(groups, cluster, first, still)
    whole = _joined(groups, [(unit[tied], found[tied]), (unit[still], stands[still])])
    bad = np.unique([whole[a] for a, b in foes.within(whole) if whole[a] == whole[b]])
    tied &= ~still | ~np.isin(whole, bad)
    return _joined(groups, [(unit[tied], found[tied]), (unit[still], stands[still])])


def _of_the_largest(groups: Groups, cluster: Ints, stands: Ints, still: Mask) -> Mask:
    """Of what stands on several persons in one cluster, that of the person with most mentions there."""
    where = np.nonzero(still)[0]
    pair, inverse = np.unique(np.stack((cluster[where], stands[where])), axis=1, return_inverse=True)
    size = np.bincount(inverse.ravel(), weights=groups.size[where], minlength=pair.shape[1])
    order = np.lexsort((pair[1], -size, pair[0]))
    first = order[np.unique(pair[0][order], return_index=True)[1]]
    out = np.zeros(groups.count, dtype=bool)
    out[where] = np.isin(inverse.ravel(), first)
    return out


def _joined(groups: Groups, ties: Sequence[tuple[Ints, Ints]]) -> Ints:
    rows, columns = (np.concatenate(column) for column in zip(*ties, strict=True))
    size = max(groups.count, int(columns.max(initial=0)) + 1)
    return _numbered(_components(size, rows, columns, ())[: groups.count])


def _linked(groups: Groups, stage: Stage, chance: Floats, least: float, foes: Foes) -> Ints:
    return average_linkage(
        groups.count, stage.left, stage.right, chance, least=least, size=groups.size, foes=foes.within
    )


def assign(groups: Groups, stage: Stage, *, foes: Foes, cluster: Ints) -> dict[int, int]:
    """The person each atom of initials goes to: the likeliest, where it is likely enough or far before the next.

    A byline is solved as a whole: whoever is surer of a person comes first, and nobody is taken twice for one paper,
    with two ids, or with somebody whom a decision keeps apart.
    """
    held: dict[int, list[int]] = {}
    for unit in np.nonzero(np.isin(cluster, np.unique(stage.right)))[0].tolist():
        if unit in foes.ids or unit in foes.barred:
            held.setdefault(int(cluster[unit]), []).append(unit)
    placed: dict[int, int] = {}
    papers: dict[int, set[int]] = {}
    for unit, target in _wishes(stage, _refused(stage, foes, held)):
        row = groups.papers.indices[groups.papers.indptr[unit] : groups.papers.indptr[unit + 1]].tolist()
        others = held.setdefault(target, [])
        if papers.setdefault(target, set()).isdisjoint(row) and not any(foes.are_two(unit, o) for o in others):
            papers[target].update(row)
            others.append(unit)
            placed[unit] = target
    return placed


def _refused(stage: Stage, foes: Foes, held: Mapping[int, Collection[int]]) -> Mask:
    """Pairs of this stage that ids or people forbid."""
    some = np.isin(stage.left, [*foes.ids, *foes.barred])
    for k in np.nonzero(some)[0].tolist():
        unit, others = int(stage.left[k]), held.get(int(stage.right[k]), ())
        some[k] = any(foes.are_two(unit, other) for other in others)
    return some


def _wishes(stage: Stage, refused: Mask) -> list[tuple[int, int]]:
    """(unit, person) where one person is likely enough, the surest first."""
    chance = np.where(refused, 0.0, stage.chance)
    if not len(chance):
        return []
    order = np.lexsort((stage.right, -chance, stage.left))
    starts = np.unique(stage.left[order], return_index=True)[1]
    ends = [*starts[1:].tolist(), len(order)]
    wishes = []
    for start, end in zip(starts.tolist(), ends, strict=True):
        best = float(chance[order[start]])
        second = float(chance[order[start + 1]]) if end - start > 1 else 0.0
        if best >= LINK or (best >= LINK_WITH_MARGIN and best - second >= MARGIN):
            wishes.append((-best, int(stage.left[order[start]]), int(stage.right[order[start]])))
    return [(unit, target) for _, unit, target in sorted(wishes)]
