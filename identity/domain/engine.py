"""Who is who among the mentions of a corpus, in five stages: atoms, variants, initials, the rest, and again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
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
    differ,
    id_ties,
    ids_of_units,
    once_a_byline,
)
from identity.domain.corpus import Corpus, Floats, Ints, Mask
from identity.domain.features import pair_features, row_dots
from identity.domain.linkage import average_linkage
from identity.domain.names import Relation
from identity.domain.rivals import rival_features
from identity.domain.units import Background, Units, background, make_units, merge_rows, people_of

COMMON_NAME = 0.02  # expected bearers above which a full name is cut into groups first
MOST_RIVALS = 3.0  # a co-author whose short name stands for more people joins nobody by himself
LINK, LINK_WITH_MARGIN, MARGIN, ASK, VARIANT = 0.90, 0.60, 0.40, 0.35, 0.70
SAME, REST = 0.50, 0.60
ROUNDS = 2


type IdsOfUnits = dict[int, dict[str, str]]


class Judge(Protocol):
    """What says how likely pairs are one person, by stage ("full", "initials", "rest") and round."""

    def __call__(self, stage: str, round_: int, features: Floats) -> Floats: ...


@dataclass(slots=True)
class Stage:
    """Pairs that a stage compares: unit numbers, the relation of their names, features and chances."""

    left: Ints
    right: Ints
    relations: Ints
    features: Floats
    chance: Floats = field(default_factory=lambda: np.zeros(0, dtype=np.float32))


@dataclass(slots=True)
class Resolution:
    """A person a mention; `atom` are the groups that were never taken apart; the stages of the last round.

    The stage "initials" compares atoms with `merged`, the persons of full names; `cluster_person` numbers those as
    `person` does.
    """

    person: Ints
    atom: Ints
    atoms: Units
    stages: dict[str, Stage]
    merged: Units
    cluster_person: dict[int, int]
    back: Background


def resolve(corpus: Corpus, judge: Judge, *, rounds: int = ROUNDS, certain: Certain = NOTHING_CERTAIN) -> Resolution:
    """Persons of all mentions. What is certain is contracted first and checked at each merge."""
    back = background(corpus)
    atom = atoms(back, certain)
    units = make_units(back, atom)
    found = one_round(back, units, atom, judge, 1, certain.apart)
    for round_ in range(2, rounds + 1):
        units.people = people_of(back, units, atom, found.person)
        found = one_round(back, units, atom, judge, round_, certain.apart)
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


def one_round(back: Background, units: Units, atom: Ints, judge: Judge, round_: int, apart: Pairs) -> Resolution:
    """Stages 2 to 4 on the atoms."""
    names = back.corpus.names
    is_short: Mask = np.array([names[int(n)].is_initials for n in units.name], dtype=bool)
    ids = ids_of_units(back.corpus, atom)
    barred = {(int(atom[a]), int(atom[b])) for a, b in apart}
    full_stage = full_pairs(back, units, is_short)
    full_stage.chance = judge("full", round_, full_stage.features)
    cluster = _numbered(_linked(units, full_stage, lenient(full_stage), VARIANT, barred, ids))
    merged = make_units(back, cluster[atom], None)
    if units.people is not None:
        merged.people = merge_rows(units.people, cluster)
    short_stage = initials_stage(back, units, merged, cluster, is_short)
    short_stage.chance = judge("initials", round_, short_stage.features)
    placed = place(units, short_stage, refused=_refused(short_stage, cluster, barred, ids), barred=barred, ids=ids)
    for unit, target in placed.items():
        cluster[unit] = target
    rest = rest_pairs(back, units, np.array([u for u in np.nonzero(is_short)[0] if u not in placed], dtype=np.int64))
    rest.chance = judge("rest", round_, rest.features)
    left_over = _linked(units, rest, rest.chance, REST, barred, ids)
    for short in np.nonzero(is_short)[0].tolist():
        if short not in placed:
            cluster[short] = units.count + int(left_over[short])
    person = _numbered(cluster[atom])
    stages = {"full": full_stage, "initials": short_stage, "rest": rest}
    numbers = dict(zip(cluster[atom].tolist(), person.tolist(), strict=True))
    return Resolution(person, atom, units, stages, merged, numbers, back)


def _linked(
    units: Units, stage: Stage, chance: Floats, least: float, barred: set[tuple[int, int]], ids: IdsOfUnits
) -> Ints:
    apart = _apart(units, stage, barred, ids)
    return average_linkage(units.count, stage.left, stage.right, chance, least=least, size=units.size, apart=apart)


def lenient(stage: Stage) -> Floats:
    """The chances, with those of equal names moved so that SAME takes the place of VARIANT."""
    odds = stage.chance / np.maximum(1.0 - stage.chance, 1e-6) * (VARIANT / (1 - VARIANT)) / (SAME / (1 - SAME))
    return np.where(stage.relations == Relation.SAME, odds / (1.0 + odds), stage.chance).astype(np.float32)


def full_pairs(back: Background, units: Units, is_short: Mask) -> Stage:
    """Stage 2: full names that may be one."""
    chosen = [(int(u), int(units.name[u])) for u in np.nonzero(~is_short)[0]]
    left, right, relations = full_name_pairs(back.corpus.names, chosen)
    return _stage(back, units, units, left, right, relations)


def rest_pairs(back: Background, units: Units, chosen: Ints) -> Stage:
    """Stage 4: initials among themselves."""
    left, right, relations = same_initials_pairs(back.corpus.names, [(int(u), int(units.name[u])) for u in chosen])
    return _stage(back, units, units, left, right, relations)


def _stage(back: Background, units: Units, other: Units, left: Ints, right: Ints, relations: Ints) -> Stage:
    free = row_dots(units.papers, other.papers, left, right) == 0
    left, right, relations = left[free], right[free], relations[free]
    return Stage(left, right, relations, pair_features(back, units, left, right, relations, other))


def initials_stage(back: Background, units: Units, merged: Units, cluster: Ints, is_short: Mask) -> Stage:
    """Stage 3: atoms of initials against persons of full names, with the rivals in view."""
    names = back.corpus.names
    short = [(int(u), int(units.name[u])) for u in np.nonzero(is_short)[0]]
    left, right, relations = initials_pairs(names, short, _full_names(units, cluster, is_short))
    stage = _stage(back, units, merged, left, right, relations)
    stage.features = rival_features(stage.features, stage.left, stage.right, merged)
    return stage


def _full_names(units: Units, cluster: Ints, is_short: Mask) -> list[tuple[int, int]]:
    return sorted({(int(cluster[u]), int(units.name[u])) for u in np.nonzero(~is_short)[0]})


def place(
    units: Units,
    stage: Stage,
    *,
    refused: Collection[tuple[int, int]],
    barred: Collection[tuple[int, int]],
    ids: IdsOfUnits,
) -> dict[int, int]:
    """The person each atom of initials goes to: the likeliest, where it is likely enough or far before the next.

    A byline is solved as a whole: whoever is surer of a person comes first, and nobody is taken twice for one paper,
    with two ids, or with somebody whom a decision keeps apart.
    """
    foes: dict[int, set[int]] = {}
    for a, b in barred:
        foes.setdefault(a, set()).add(b)
        foes.setdefault(b, set()).add(a)
    placed: dict[int, int] = {}
    there: dict[int, list[int]] = {}
    papers: dict[int, set[int]] = {}
    for unit, target in _wishes(stage, refused):
        row = units.papers.indices[units.papers.indptr[unit] : units.papers.indptr[unit + 1]].tolist()
        others = there.setdefault(target, [])
        if papers.setdefault(target, set()).isdisjoint(row) and foes.get(unit, set()).isdisjoint(others):
            if any(differ(ids.get(unit), ids.get(other)) for other in others):
                continue
            papers[target].update(row)
            others.append(unit)
            placed[unit] = target
    return placed


def _wishes(stage: Stage, refused: Collection[tuple[int, int]]) -> list[tuple[int, int]]:
    """(unit, person) where one person is likely enough, the surest first."""
    chance = stage.chance.copy()
    for k, pair in enumerate(zip(stage.left.tolist(), stage.right.tolist(), strict=True)):
        if pair in refused:
            chance[k] = 0.0
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


def _apart(units: Units, stage: Stage, barred: set[tuple[int, int]], ids: IdsOfUnits) -> list[tuple[int, int]]:
    """Units of one byline, with different ids, or kept apart by somebody, as far as this stage could join them."""
    chosen = np.unique(np.concatenate((stage.left, stage.right)))
    if not len(chosen):
        return []
    rows = csr_array(units.papers[chosen])
    shared = csr_array(rows @ rows.T).tocoo()
    pairs = {(int(chosen[i]), int(chosen[j])) for i, j in zip(*shared.coords, strict=True) if i < j}
    pairs |= {
        (a, b) for a, b in zip(stage.left.tolist(), stage.right.tolist(), strict=True) if differ(ids.get(a), ids.get(b))
    }
    return sorted(pairs | barred)


def _refused(stage: Stage, cluster: Ints, barred: set[tuple[int, int]], ids: IdsOfUnits) -> set[tuple[int, int]]:
    """Pairs (unit, person) of this stage that ids or people forbid."""
    no = {(a, int(cluster[b])) for a, b in barred} | {(b, int(cluster[a])) for a, b in barred}
    theirs: dict[int, dict[str, str]] = {}
    for unit, held in ids.items():
        theirs.setdefault(int(cluster[unit]), {}).update(held)
    no |= {
        (a, b)
        for a, b in zip(stage.left.tolist(), stage.right.tolist(), strict=True)
        if differ(ids.get(a), theirs.get(b))
    }
    return no
