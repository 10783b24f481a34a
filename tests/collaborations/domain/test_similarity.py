"""Who comes first under "Who could I work with?": similarity, distance, complement, place; never fame."""

import pytest

from collaborations.domain.similarity import Match, Subjects, complement, complementary, overlap, ranked, similarity

NOTHING = Match(0.0, None, 0, 0, 0.0, is_same_institution=False)


def match(**more) -> Match:
    sides = {
        "similarity": 0.0,
        "cosine": None,
        "joint_works": 0,
        "between": 0,
        "complement": 0.0,
        "is_same_institution": False,
    }
    return Match(**{**sides, **more})


def test_a_long_record_is_no_nearer_than_a_short_one_on_the_same_subjects():
    assert overlap({1: 2, 2: 1}, {1: 200, 2: 100}) == pytest.approx(overlap({1: 2, 2: 1}, {1: 2, 2: 1}))


def test_nearness_lies_between_0_and_1_and_is_0_without_common_ground():
    mine = Subjects({1: 3}, {10: 3})
    assert similarity(mine, Subjects({2: 5}, {11: 5}), cosine=None) == 0
    assert abs(similarity(mine, mine, cosine=None) - 1) < 1e-9
    assert 0 <= similarity(mine, Subjects({2: 5}, {11: 5}), cosine=0.2) <= 1


def test_what_somebody_adds_counts_only_on_common_ground():
    mine = Subjects({1: 3}, {})
    assert complementary(mine, Subjects({2: 5, 3: 2}, {})) == ()
    theirs = Subjects({1: 5, 2: 3, 3: 4, 4: 1}, {})
    assert complementary(mine, theirs) == (3, 2)
    assert 0 < complement(mine, theirs) <= 1


def test_an_introduction_is_worth_more_than_an_old_acquaintance_and_both_more_than_a_stranger():
    assert match(between=3).distance > match(joint_works=9).distance > match().distance


def test_without_any_reason_nobody_is_shown_and_ties_are_not_broken_by_age_or_name():
    rows = [
        ("a", 1, match(similarity=0.5)),
        ("b", 2, match(similarity=0.5)),
        ("c", 3, NOTHING),
        ("d", 4, match(similarity=0.9)),
    ]
    order = [one for one, _match in ranked(rows)]
    assert order[0] == "d"
    assert set(order) == {"a", "b", "d"}
    assert [one for one, _match in ranked(rows[::-1])] == order
