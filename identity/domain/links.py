"""What a resolution says of each mention: rule, chance, zone and facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from identity.domain.corpus import Ints
from identity.domain.engine import ASK, Resolution
from identity.domain.judge import Trees
from identity.domain.names import Relation
from identity.domain.reasons import Fact, facts
from identity.domain.rules import Rule, Zone
from identity.domain.stages import Stage

MOST_ASKED = 3
AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class Reason:
    """Of one atom: why it is with its person, or may be with another (`person` of the resolution)."""

    atom: int
    person: int
    zone: Zone
    rule: Rule
    chance: float | None
    facts: tuple[Fact, ...]


def reasons(found: Resolution, judge: Trees, round_: int) -> list[Reason]:
    """A reason for each atom, and for each that may belong elsewhere; in the order of atoms."""
    person = _person_of_atoms(found)
    best: dict[int, tuple[float, str, int]] = {}
    asked: dict[int, list[tuple[float, str, int, int]]] = defaultdict(list)
    for stage, pairs in found.stages.items():
        for k in np.nonzero(pairs.chance >= ASK)[0].tolist():
            _note(stage, pairs, k, person, found, best, asked)
    rows = {
        stage: sorted(
            {k for _, s, k in best.values() if s == stage}
            | {k for a in asked.values() for _, s, k, _ in a if s == stage}
        )
        for stage in found.stages
    }
    explained = {
        (stage, k): fact
        for stage, chosen in rows.items()
        for k, fact in _facts(found, stage, chosen, judge, round_).items()
    }
    out: list[Reason] = []
    for atom in range(found.atoms.count):
        out.append(_reason(atom, found, person, best.get(atom), explained))
        for chance, stage, k, other in sorted(asked.get(atom, ()), key=lambda x: (-x[0], x[3]))[:MOST_ASKED]:
            out.append(Reason(atom, other, Zone.ASK, _rule(stage, found.stages[stage], k), chance, explained[stage, k]))
    return out


def _person_of_atoms(found: Resolution) -> Ints:
    person = np.zeros(found.atoms.count, dtype=np.int64)
    person[found.atoms.label] = found.person
    return person


def _note(
    stage: str,
    pairs: Stage,
    k: int,
    person: Ints,
    found: Resolution,
    best: dict[int, tuple[float, str, int]],
    asked: dict[int, list[tuple[float, str, int, int]]],
) -> None:
    left, right, chance = int(pairs.left[k]), int(pairs.right[k]), float(pairs.chance[k])
    other = found.cluster_person[right] if stage == "initials" else int(person[right])
    if other == person[left]:
        for unit in (left,) if stage == "initials" else (left, right):
            if unit not in best or chance > best[unit][0]:
                best[unit] = (chance, stage, k)
    elif chance >= ASK and stage != "rest":
        small, target = left, other
        if stage == "full" and found.atoms.size[left] > found.atoms.size[right]:
            small, target = right, int(person[left])
        if all(x[3] != target for x in asked[small]):
            asked[small].append((chance, stage, k, target))


def _reason(
    atom: int,
    found: Resolution,
    person: Ints,
    best: tuple[float, str, int] | None,
    explained: dict[tuple[str, int], tuple[Fact, ...]],
) -> Reason:
    who = int(person[atom])
    name = found.back.corpus.names[int(found.atoms.name[atom])]
    papers = int(found.atoms.size[atom])
    if best is not None:
        chance, stage, k = best
        zone = Zone.APART if stage == "rest" else Zone.LINK
        return Reason(atom, who, zone, _rule(stage, found.stages[stage], k), chance, explained[stage, k])
    if name.is_initials:
        rule = Rule.COMPANY if papers > 1 else Rule.ALONE
        return Reason(atom, who, Zone.APART, rule, None, ())
    namesakes = int(found.back.figures[int(found.atoms.name[atom]), 3]) - 1
    fact = Fact("rare name", True, (papers,)) if namesakes <= 0 else Fact("only bearer", True, (papers,))
    return Reason(atom, who, Zone.LINK, Rule.NAME, None, (fact,) if papers > 1 else ())


def _rule(stage: str, pairs: Stage, k: int) -> Rule:
    if stage == "initials":
        return Rule.INITIALS
    if stage == "rest":
        return Rule.COMPANY
    return Rule.COMMON_NAME if pairs.relations[k] == Relation.SAME else Rule.VARIANT


def _facts(
    found: Resolution, stage: str, chosen: Sequence[int], judge: Trees, round_: int
) -> dict[int, tuple[Fact, ...]]:
    if not chosen:
        return {}
    pairs = found.stages[stage]
    rows = np.array(chosen, dtype=np.int64)
    shares = judge.shares(stage, round_, pairs.features[rows])
    columns = judge.columns(stage)
    who = _common(found, pairs, rows, stage)
    return {k: tuple(facts(pairs.features[k], shares[i], columns, who[i])) for i, k in enumerate(chosen)}


def _common(found: Resolution, pairs: Stage, rows: Ints, stage: str) -> list[list[str]]:
    """The block keys of common co-authors of each pair, the rarest first."""
    corpus, weight = found.back.corpus, found.back.weight
    other = found.merged if stage == "initials" else found.atoms
    keys = list(corpus.keys)
    out: list[list[str]] = []
    for start in range(0, len(rows), AT_ONCE):
        part = rows[start : start + AT_ONCE]
        a = csr_array(csr_array(found.atoms.papers[pairs.left[part]]) @ corpus.bylines)
        b = csr_array(csr_array(other.papers[pairs.right[part]]) @ corpus.bylines)
        both = csr_array(a.multiply(b))
        both.eliminate_zeros()
        own = [
            {corpus.names[int(found.atoms.name[i])].block, corpus.names[int(other.name[j])].block}
            for i, j in zip(pairs.left[part], pairs.right[part], strict=True)
        ]
        for k in range(both.shape[0]):
            at = sorted(both.indices[both.indptr[k] : both.indptr[k + 1]], key=lambda i: (-weight[i], keys[int(i)]))
            out.append([keys[int(i)] for i in at if keys[int(i)] not in own[k]][:2])
    return out
