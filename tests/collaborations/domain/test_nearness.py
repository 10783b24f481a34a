"""Who comes first under "Who could I work with?": nearness, distance, complement, place; never fame."""

import pytest

from collaborations.domain.nearness import Fit, Subjects, complement, complementary, nearness, overlap, ranked

NOTHING = Fit(0.0, None, 0, 0, 0.0, is_same_place=False)


def fit(**more) -> Fit:
    sides = {
        "nearness": 0.0,
        "cosine": None,
        "joint_works": 0,
        "between": 0,
        "complement": 0.0,
        "is_same_place": False,
    }
    return Fit(**{**sides, **more})


def test_a_long_record_is_no_nearer_than_a_short_one_on_the_same_subjects():
    assert overlap({1: 2, 2: 1}, {1: 200, 2: 100}) == pytest.approx(overlap({1: 2, 2: 1}, {1: 2, 2: 1}))


def test_nearness_lies_between_0_and_1_and_is_0_without_common_ground():
    mine = Subjects({1: 3}, {10: 3})
    assert nearness(mine, Subjects({2: 5}, {11: 5}), cosine=None) == 0
    assert abs(nearness(mine, mine, cosine=None) - 1) < 1e-9
    assert 0 <= nearness(mine, Subjects({2: 5}, {11: 5}), cosine=0.2) <= 1


def test_what_somebody_adds_counts_only_on_common_ground():
    mine = Subjects({1: 3}, {})
    assert complementary(mine, Subjects({2: 5, 3: 2}, {})) == ()
    theirs = Subjects({1: 5, 2: 3, 3: 4, 4: 1}, {})
    assert complementary(mine, theirs) == (3, 2)
    assert 0 < complement(mine, theirs) <= 1


def test_an_introduction_is_worth_more_than_an_old_acquaintance_and_both_more_than_a_stranger():
    assert fit(between=3).distance > fit(joint_works=9).distance > fit().distance


def test_without_any_reason_nobody_is_shown_and_ties_are_not_broken_by_age_or_name():
    rows = [
        ("a", 1, fit(nearness=0.5)),
        ("b", 2, fit(nearness=0.5)),
        ("c", 3, NOTHING),
        ("d", 4, fit(nearness=0.9)),
    ]
    order = [one for one, _fit in ranked(rows)]
    assert order[0] == "d"
    assert set(order) == {"a", "b", "d"}
    assert [one for one, _fit in ranked(rows[::-1])] == order
