"""The table of transitions, and ten thousand steps through it at random."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.domain.states import CLAIMS, CLOSED, OPEN, OWNING, TRANSITIONS, Action, State, checked
from common.db.state_table import IllegalTransition, Step


def test_the_table_is_the_one_that_was_agreed():
    ways = {(step.source.value, step.target.value) for step in TRANSITIONS}
    assert ways == {
        ("draft", "pending"),
        ("draft", "approved"),
        ("draft", "withdrawn"),
        ("pending", "approved"),
        ("pending", "rejected"),
        ("pending", "withdrawn"),
        ("pending", "superseded"),
        ("approved", "disputed"),
        ("approved", "revoked"),
        ("disputed", "approved"),
        ("disputed", "revoked"),
    }
    assert set(State) == OPEN | OWNING | CLOSED
    assert set(CLAIMS.sources_of(Action.APPROVE)) == OPEN


@pytest.mark.parametrize(
    "wrong",
    [
        (*TRANSITIONS, Step(State.DRAFT, Action.SUBMIT, State.APPROVED)),
        (*TRANSITIONS, Step(State.REVOKED, Action.UPHOLD, State.APPROVED)),
        (*TRANSITIONS, Step(State.PENDING, Action.UPHOLD, State.APPROVED)),
        tuple(step for step in TRANSITIONS if step.action is not Action.REJECT),
        tuple(step for step in TRANSITIONS if step.source is not State.DISPUTED),
    ],
)
def test_a_table_that_contradicts_itself_is_not_loaded(wrong):
    with pytest.raises(ValueError, match=r"leads|owner|way"):
        checked(wrong)


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(list(Action)), min_size=20, max_size=20))
def test_ten_thousand_random_steps_break_no_invariant(acts):
    state, was_approved, is_over = State.DRAFT, False, False
    for act in acts:
        try:
            reached = CLAIMS.target_of(state, act)
        except IllegalTransition:
            assert state not in CLAIMS.sources_of(act)
            continue
        assert not is_over
        was_approved |= act is Action.APPROVE
        assert reached not in OWNING or was_approved
        assert reached is not State.REVOKED or was_approved
        state, is_over = reached, reached in CLOSED
