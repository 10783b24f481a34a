"""Chances that mean what they say: which curve a pair has, and which pairs of cut names curves are made of."""

import numpy as np

from identity.domain.calibration import NAME_CLASSES, fit_curves
from identity.domain.corpus import Byline, PaperFacts, build_corpus
from identity.domain.engine import atoms
from identity.domain.features import COLUMN, FEATURES
from identity.domain.judge import pair_class
from identity.domain.names import Relation
from identity.domain.training import Examples, collect
from identity.domain.units import background, make_groups
from identity.domain.worlds import with_variants
from identity.services.model import shipped_judge
from tests.identity.domain.test_names import named

RARE, COMMON = np.log(0.001), np.log(0.5)


def pairs(*kinds):
    features = np.zeros((len(kinds), len(FEATURES)), dtype=np.float32)
    for row, (relation, bearers) in enumerate(kinds):
        features[row, COLUMN["relation"]] = relation
        features[row, COLUMN["bearers"]] = bearers
    return features


def test_full_names_that_differ_have_curves_of_their_own():
    kinds = pairs(
        (Relation.SAME, RARE), (Relation.SAME, COMMON), (Relation.ONE_LETTER, RARE), (Relation.SWAPPED, COMMON)
    )
    assert pair_class("full", kinds).tolist() == [0, 2, NAME_CLASSES, NAME_CLASSES + 2]
    assert pair_class("initials", kinds).tolist() == [0, 2, 0, 2]


def test_a_judge_with_curves_of_names_alone_uses_these():
    judge = shipped_judge()
    features = pairs((Relation.NICKNAME, COMMON), (Relation.SAME, COMMON))
    alone = {number: judge.curves["full", 1][number] for number in range(NAME_CLASSES)}
    old = type(judge)(judge.boosters, {**judge.curves, ("full", 1): alone})
    assert np.isfinite(old("full", 1, features)).all()


def test_a_class_without_pairs_has_the_curve_of_all():
    raw = np.linspace(0, 1, 500, dtype=np.float32)
    curves = fit_curves(raw, (raw > 0.5).astype(np.float32), np.ones_like(raw), np.zeros(500, dtype=np.int64))
    assert sorted(curves) == [0, 1, 2]
    assert curves[2] == curves[0]


def test_two_forms_made_of_one_name_are_one_person_in_training_too():
    people = [
        f"{given} {middle} {family}"
        for given in ("Anna", "Boris", "Clara")
        for middle in ("Maria", "Otto")
        for family in ("Ashgrove", "Birchwood", "Cedarholm", "Dogwooder")
    ]
    papers = [
        PaperFacts([Byline(named(people[(5 * k + step * 7) % len(people)])) for step in range(2)], 2000, "", "rings")
        for k in range(160)
    ]
    world = with_variants(papers, build_corpus(papers), seed=3)
    back = background(world.corpus)
    found = {"full": Examples()}
    collect(world, ("full",), back, make_groups(back, atoms(back)), None, found)
    features, labels, weights, _ = found["full"].joined()
    forms = features[:, COLUMN["relation"]] == Relation.MIDDLE_MISSING
    assert labels[forms].any()
    assert (weights > 0).all()
