"""A model from papers alone: worlds of cut names, pairs of their stages, trees."""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from identity.domain.calibration import fit_curves
from identity.domain.candidates import full_name_pairs, initials_pairs, same_initials_pairs
from identity.domain.corpus import Floats, Ints, Mask, PaperFacts, build_corpus
from identity.domain.engine import COMMON_NAME, LINK, atoms, full_names, name_indices, one_round, short_groups
from identity.domain.features import COLUMN
from identity.domain.judge import STAGE_COLUMNS, Trees, pair_class
from identity.domain.names import Name, Relation, relation
from identity.domain.stages import Comparison, Stage
from identity.domain.trees import chances, fit, seen_by
from identity.domain.units import Background, Groups, Resolved, background, make_groups, resolved
from identity.domain.worlds import World, label_of, with_initials, with_short_given, with_variants

RARE = 0.003  # expected bearers under which two mentions of one full name are taken to be one person
SELDOM = 0.1  # the same for two forms that were made of one name
LIKELY_ONE = 0.3  # the same, in curves alone, for a name that somebody's cut name is too
PURE = 0.8
TITLE_CHARS = 90  # of every second paper no more is read: many sources have no abstracts
LOOSE = (Relation.ONE_LETTER, Relation.SWAPPED)


@dataclass(slots=True)
class Examples:
    """Labelled pairs of one stage; those of every fifth family name are held out for the curves and the figures."""

    features: list[Floats] = field(default_factory=list)
    labels: list[Floats] = field(default_factory=list)
    weights: list[Floats] = field(default_factory=list)
    held_out: list[Mask] = field(default_factory=list)

    def add(self, features: Floats, labels: Ints, weights: Floats, held_out: Mask) -> None:
        known = labels >= 0
        self.features.append(features[known])
        self.labels.append(labels[known].astype(np.float32))
        self.weights.append(weights[known])
        self.held_out.append(held_out[known])

    def joined(self) -> tuple[Floats, Floats, Floats, Mask]:
        joined = np.concatenate(self.features), np.concatenate(self.labels), np.concatenate(self.weights)
        return *joined, np.concatenate(self.held_out)


def shortened(papers: Sequence[PaperFacts]) -> list[PaperFacts]:
    """Papers of which every second has no more than a title."""
    return [replace(paper, text=paper.text[:TITLE_CHARS]) if place % 2 else paper for place, paper in enumerate(papers)]


def worlds(papers: Sequence[PaperFacts], seed: int) -> list[tuple[World, tuple[str, ...], float]]:
    """The worlds to learn from, which stages each teaches, and how common a name is that groups are not made by.

    Where given names are cut, no group is made by name alone; where names have other forms, groups are as a settling
    has them, since how many of one person's co-authors two forms share depends on how many works each has.
    """
    papers = shortened(papers)
    like = build_corpus(papers)
    return [
        (with_initials(papers, like, share=0.5, seed=seed), ("initials", "rest"), COMMON_NAME),
        (with_initials(papers, like, share=0.2, seed=seed + 1), ("initials", "rest"), COMMON_NAME),
        (with_short_given(papers, like, seed=seed + 2), ("full",), 0.0),
        (with_variants(papers, like, seed=seed + 3), ("full",), COMMON_NAME),
        (with_variants(papers, like, seed=seed + 4), ("full",), COMMON_NAME),
    ]


def train(papers: Sequence[PaperFacts], *, seed: int = 20261130, tell: Callable[[str], None] = lambda _: None) -> Trees:
    """Trees for both rounds. Deterministic."""
    made = worlds(papers, seed)
    backs = [background(world.corpus) for world, *_ in made]
    groups = [make_groups(back, atoms(back, common=common)) for back, (*_, common) in zip(backs, made, strict=True)]
    persons: list[Resolved | None] = [None] * len(made)
    judge = Trees()
    for round_ in (1, 2):
        examples: dict[str, Examples] = defaultdict(Examples)
        for (world, stages, _), back, group, person in zip(made, backs, groups, persons, strict=True):
            collect(world, stages, back, group, person, examples)
        for stage, found in sorted(examples.items()):
            _learn(judge, stage, round_, found)
            tell(", ".join(f"{k} {v:.4f}" for k, v in judge.figures.items() if k.startswith(f"{stage} {round_}")))
        if round_ == 1:
            for k, (back, group) in enumerate(zip(backs, groups, strict=True)):
                persons[k] = resolved(back.corpus, one_round(back, group, judge, 1, ()).person)
    return judge


def loss_of(judge: Trees, papers: Sequence[PaperFacts], *, seed: int = 20261207) -> float:
    """Log loss of a judge on names cut in another way, of family names that no judge was trained on."""
    examples: dict[str, Examples] = defaultdict(Examples)
    for world, stages, common in worlds(papers, seed):
        back = background(world.corpus)
        group = make_groups(back, atoms(back, common=common))
        collect(world, stages, back, group, None, examples)
    losses = []
    for stage, found in sorted(examples.items()):
        features, labels, _, held = found.joined()
        chance, truth = judge(stage, 1, features[held]), labels[held]
        losses.append(float(-np.mean(np.log(np.where(truth > 0, chance, 1 - chance).clip(1e-4)))))
    return sum(losses) / len(losses)


def _learn(judge: Trees, stage: str, round_: int, found: Examples) -> None:
    features, labels, weights, held = found.joined()
    features = seen_by(stage, features, STAGE_COLUMNS[stage])
    key = stage, round_
    seen = ~held
    judge.boosters[key] = fit(features[seen], labels[seen], weights[seen], STAGE_COLUMNS[stage])
    raw = chances(judge.boosters[key], features[held])
    judge.curves[key] = fit_curves(raw, labels[held], weights[held], pair_class(stage, features[held]))
    judge.figures |= _figures(f"{stage} {round_}", judge(stage, round_, features[held]), labels[held], len(labels))


def collect(
    world: World,
    stages: Iterable[str],
    back: Background,
    groups: Groups,
    people: Resolved | None,
    examples: Mapping[str, Examples],
    *,
    for_curves: bool = False,
) -> None:
    """Add the labelled pairs of a world to the examples of its stages; for curves more of them are labelled."""
    names = back.corpus.names
    is_short = short_groups(names, groups)
    before = _pure_names(world, groups.label)
    if "full" in stages:
        comparison = Comparison(back, groups, groups, people)
        _collect_full(world, comparison, is_short, before, examples["full"], for_curves=for_curves)
    if "initials" in stages:
        cluster = _by_full_name(groups, names, is_short)
        merged = make_groups(back, cluster[groups.label])
        pairs = initials_pairs(names, name_indices(groups, is_short), full_names(groups, cluster, is_short))
        stage = Comparison(back, groups, merged, people, rivals=True).of(pairs)
        labels = _labels(stage, before, _pure_names(world, merged.label), lambda _: True)
        examples["initials"].add(stage.features, labels, _ones(labels), _held(names, merged, stage))
    if "rest" in stages:
        stage = Comparison(back, groups, groups, people).of(same_initials_pairs(names, name_indices(groups, is_short)))
        labels = _labels(stage, before, before, lambda _: True)
        examples["rest"].add(stage.features, labels, _ones(labels), _held(names, groups, stage))


def _ones(labels: Ints) -> Floats:
    return np.ones(len(labels), dtype=np.float32)


def _collect_full(
    world: World,
    comparison: Comparison,
    is_short: Mask,
    before: list[Name | None],
    found: Examples,
    *,
    for_curves: bool,
) -> None:
    back, groups = comparison.back, comparison.one
    shown = set(back.corpus.names)
    changed = np.bincount(groups.label, weights=world.changed, minlength=groups.count) > 0
    stage = comparison.of(full_name_pairs(back.corpus.names, name_indices(groups, ~is_short)))
    labels = _labels(stage, before, before, lambda name: back.common.of(name)[0] < RARE or name not in shown)
    labels[(labels < 0) & _believed(world, stage, groups, before, back, for_curves=for_curves)] = 1
    free = (labels < 0) & ~changed[stage.left] & ~changed[stage.right] & (stage.features[:, COLUMN["common"]] == 0)
    labels[free & np.isin(stage.relations, [int(r) for r in LOOSE])] = 0
    weights = np.where((labels == 1) & (stage.relations == Relation.FAMILY_SHORTENED), 2.0, 1.0).astype(np.float32)
    weights[(labels == 0) & (stage.relations == Relation.SAME)] = _share_of_namesakes(world, back)
    found.add(stage.features, labels, weights, _held(back.corpus.names, groups, stage))


def _believed(
    world: World, stage: Stage, groups: Groups, before: list[Name | None], back: Background, *, for_curves: bool
) -> Mask:
    """Pairs that were one name, where that is likely enough to be one person's.

    Without these all pairs of a name that is not rare were of two people, since two always contradict each other.
    """
    is_form = stage.relations != Relation.SAME
    seldom = _labels(stage, before, before, lambda name: back.common.of(name)[0] < SELDOM)
    if not for_curves:
        return np.asarray(is_form & (seldom == 1), dtype=bool)
    is_shared = np.isin(groups.name, np.unique(world.corpus.name_of[world.changed]))[stage.left]
    likely = _labels(stage, before, before, lambda name: back.common.of(name)[0] < LIKELY_ONE)
    return np.asarray(np.where(is_form, seldom == 1, is_shared & (likely == 1)), dtype=bool)


def _share_of_namesakes(world: World, back: Background) -> float:
    """How many namesakes cut names should have by how common they are, for one that they have; 1 at most.

    How common a name is gets counted from distinct names, and cutting makes many into one.
    """
    before: dict[int, dict[str, Name]] = defaultdict(dict)
    for mention in np.nonzero(world.changed)[0].tolist():
        name = world.before[mention]
        before[int(world.corpus.name_of[mention])][name.key] = name
    expected = found = 0.0
    for place, names in before.items():
        bearers = float(back.figures[place, 0])
        if bearers >= RARE:
            expected += bearers
            found += _people_of(list(names.values())) - 1
    return min(expected / found, 1.0) if found else 1.0


def _people_of(names: Sequence[Name]) -> int:
    """How many people these names are at least: those of which each contradicts all before."""
    people: list[Name] = []
    for name in names:
        if all(relation(name, one) is Relation.CONTRADICTION for one in people):
            people.append(name)
    return len(people)


def _held(names: Sequence[Name], right: Groups, stage: Stage) -> Mask:
    return np.array([is_held_out(names[int(n)].family) for n in right.name[stage.right]], dtype=bool)


def _by_full_name(units: Groups, names: Sequence[Name], is_short: Mask) -> Ints:
    """Units of one full name together, as the stage before leaves them; each of initials by itself."""
    keys: dict[object, int] = {}
    return np.array(
        [keys.setdefault(u if is_short[u] else names[int(n)].key, len(keys)) for u, n in enumerate(units.name)],
        dtype=np.int64,
    )


def is_held_out(family: str) -> bool:
    """Whether pairs of a family name are kept from the trees: one family in five, the same for ever."""
    return zlib.crc32(family.encode()) % 5 == 0


def _figures(name: str, chance: Floats, labels: Floats, pairs: int) -> dict[str, float]:
    linked = chance >= LINK
    return {
        f"{name} pairs": float(pairs),
        f"{name} precision at .9": float(labels[linked].mean()) if linked.any() else 0.0,
        f"{name} recall at .9": float(labels[linked].sum()) / max(float(labels.sum()), 1.0),
        f"{name} log loss": float(-np.mean(np.log(np.where(labels > 0, chance, 1 - chance).clip(1e-4)))),
    }


def _pure_names(world: World, group: Ints) -> list[Name | None]:
    """The name that most mentions of each unit had before, None where it is mixed."""
    counts: dict[int, Counter[Name]] = defaultdict(Counter)
    for unit, name in zip(group.tolist(), world.before, strict=True):
        counts[unit][name] += 1
    found: list[Name | None] = []
    for unit in range(len(counts)):
        (name, times), total = counts[unit].most_common(1)[0], counts[unit].total()
        found.append(name if times >= PURE * total else None)
    return found


def _labels(stage: Stage, a: list[Name | None], b: list[Name | None], rare: Callable[[Name], bool]) -> Ints:
    out = np.full(len(stage.left), -1, dtype=np.int64)
    for k, (i, j) in enumerate(zip(stage.left.tolist(), stage.right.tolist(), strict=True)):
        x, y = a[i], b[j]
        if x is not None and y is not None:
            out[k] = label_of(x, y, rare=rare)
    return out
