"""Curves for the corpus at hand: how likely two of one name are one person depends on the field and the place.

The trees stay. Names of the corpus are cut as for training (`worlds`), and the chances that the trees give the pairs are
set to how often those pairs are one. Nobody's word on who is who is read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from identity.domain.calibration import calibration_error, fit_curves
from identity.domain.corpus import PaperFacts, build_corpus
from identity.domain.engine import COMMON_NAME, atoms, one_round
from identity.domain.judge import STAGE_COLUMNS, Trees, pair_class
from identity.domain.training import Examples, collect, shortened
from identity.domain.trees import chances, seen_by
from identity.domain.units import background, make_groups, resolved
from identity.domain.worlds import World, with_initials, with_short_given, with_variants

SEED = 20261214
WORLDS = 5
FEWEST_PAIRS = 500  # of a stage; with fewer it keeps the curves that it has

type Tell = Callable[[int, int], None]


def recalibrated(judge: Trees, papers: Sequence[PaperFacts], *, tell: Tell = lambda *_: None) -> Trees:
    """The same trees with curves of this corpus. Deterministic; `tell` hears how many rounds of all are done."""
    found: dict[tuple[str, int], Examples] = defaultdict(Examples)
    for number, (world, stages, common) in enumerate(_worlds(papers)):
        back = background(world.corpus)
        groups = make_groups(back, atoms(back, common=common))
        people = None
        for round_ in (1, 2):
            examples = {stage: found[stage, round_] for stage in stages}
            tell(2 * number + round_ - 1, 2 * WORLDS)
            collect(world, stages, back, groups, people, examples, for_curves=True)
            if round_ == 1:
                people = resolved(back.corpus, one_round(back, groups, judge, 1, ()).person)
    return _with_curves(judge, found)


def _worlds(papers: Sequence[PaperFacts]) -> Iterator[tuple[World, tuple[str, ...], float]]:
    """One at a time: each is as large as the corpus; with its stages and how common a name is that groups are not made
    by, as for training. Given names are cut twice, since a few families have most of the common names and chance says
    whose are cut, and other forms are made twice, since few people get one."""
    papers = shortened(papers)
    like = build_corpus(papers)
    yield with_initials(papers, like, share=0.5, seed=SEED), ("initials", "rest"), COMMON_NAME
    yield with_short_given(papers, like, seed=SEED + 1), ("full",), 0.0
    yield with_short_given(papers, like, seed=SEED + 2), ("full",), 0.0
    yield with_variants(papers, like, seed=SEED + 3), ("full",), COMMON_NAME
    yield with_variants(papers, like, seed=SEED + 4), ("full",), COMMON_NAME


def _with_curves(judge: Trees, found: dict[tuple[str, int], Examples]) -> Trees:
    new = Trees(judge.boosters, dict(judge.curves), dict(judge.figures))
    for (stage, round_), examples in sorted(found.items()):
        features, labels, weights, _ = examples.joined()
        if len(labels) < FEWEST_PAIRS or not 0 < labels.mean() < 1:
            continue
        raw = chances(judge.boosters[stage, round_], seen_by(stage, features, STAGE_COLUMNS[stage]))
        new.curves[stage, round_] = fit_curves(raw, labels, weights, pair_class(stage, features))
        before = calibration_error(judge(stage, round_, features), labels)
        new.figures |= {f"{stage} {round_} pairs here": float(len(labels)), f"{stage} {round_} error before": before}
    return new
