"""Trust adds up, names its reasons and never looks at fame."""

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.formulas.trust import (
    Band,
    Level,
    StrongEvidence,
    TrustEvidence,
    band_of,
    trust,
    verification_level,
)

TODAY = date(2026, 11, 22)
past = st.none() | st.integers(0, 800).map(lambda days: TODAY - timedelta(days=days))


@st.composite
def evidence(draw):
    works = draw(st.integers(0, 12))
    return TrustEvidence(
        has_identifier=draw(st.booleans()),
        works=works,
        works_with_identifier=draw(st.integers(0, works)),
        works_confirmed=draw(st.integers(0, works)),
        has_orcid=draw(st.booleans()),
        has_ror_affiliation=draw(st.booleans()),
        joint_works_with_verified=tuple(draw(st.lists(st.integers(1, 4), max_size=5))),
        is_claimed=draw(st.booleans()),
        is_email_verified=draw(st.booleans()),
        strong=frozenset(draw(st.sets(st.sampled_from(StrongEvidence)))),
        claimed_date=draw(past),
        confirmed_date=draw(past),
        has_upheld_report=draw(st.booleans()),
    )


@given(evidence())
def test_the_score_is_the_sum_of_its_lines_within_a_hundred(given_evidence):
    card = trust(given_evidence, TODAY)
    assert card.score == sum(point.earned for point in card.points)
    assert sum(point.possible for point in card.points) == 100
    assert all(0 <= point.earned <= point.possible for point in card.points)
    assert card.band is band_of(card.score)


@given(evidence())
def test_every_line_that_is_not_full_says_what_would_add_to_it(given_evidence):
    for point in trust(given_evidence, TODAY).points:
        assert bool(point.lacking) == (point.earned < point.possible)
        assert (point.next_points > 0) == (point.earned < point.possible)
        assert point.earned + point.next_points <= point.possible


@given(evidence())
def test_more_evidence_never_lowers_trust(given_evidence):
    before = trust(given_evidence, TODAY).score
    for better in (
        replace(given_evidence, has_orcid=True),
        replace(given_evidence, strong=frozenset(StrongEvidence)),
        replace(given_evidence, is_email_verified=True),
        replace(given_evidence, has_upheld_report=False),
        replace(given_evidence, confirmed_date=TODAY),
    ):
        assert trust(better, TODAY).score >= before


@given(evidence())
def test_without_a_claim_nobody_rises_above_l1(given_evidence):
    assert verification_level(replace(given_evidence, is_claimed=False)) <= Level.L1


def test_fame_is_no_input():
    names = " ".join(field.name for field in fields(TrustEvidence))
    assert not any(word in names for word in ("citation", "follower", "score", "h_index"))


def test_bands_meet_without_a_gap():
    assert [band_of(score) for score in (0, 39, 40, 64, 65, 84, 85, 100)] == [
        Band.EMERGING,
        Band.EMERGING,
        Band.ESTABLISHED,
        Band.ESTABLISHED,
        Band.TRUSTED,
        Band.TRUSTED,
        Band.ANCHORED,
        Band.ANCHORED,
    ]
    with pytest.raises(ValueError, match="no trust score"):
        band_of(101)


def test_the_next_steps_come_with_the_most_points_first():
    card = trust(TrustEvidence(has_identifier=True, works=3, works_with_identifier=3), TODAY)
    assert [(step.lacking, step.next_points) for step in card.next_steps][:2] == [
        ("identity.reach_l2", 15),
        ("corroboration.sources", 10),
    ]
