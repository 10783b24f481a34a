"""The tables of states hold what they promise, and a wrong table is refused when it is loaded."""

import pytest

from collaborations.domain.states import ENDS, INVITATIONS, Action, State
from common.db.state_table import IllegalTransition, Step, checked


def test_an_invitation_that_is_over_stays_as_it_is():
    for state in ENDS:
        for act in Action:
            with pytest.raises(IllegalTransition):
                INVITATIONS.target_of(state, act)


def test_an_open_invitation_ends_in_each_way_once():
    assert {INVITATIONS.target_of(State.SENT, act) for act in Action} == set(ENDS)


@pytest.mark.parametrize(
    "steps",
    [
        (Step(State.SENT, Action.ACCEPT, State.ACCEPTED), Step(State.SENT, Action.ACCEPT, State.DECLINED)),
        (Step(State.SENT, Action.ACCEPT, State.ACCEPTED), Step(State.ACCEPTED, Action.DECLINE, State.DECLINED)),
        (Step(State.SENT, Action.ACCEPT, State.ACCEPTED),),
    ],
    ids=["two ways", "an end goes on", "states left out"],
)
def test_a_table_that_contradicts_itself_is_refused(steps):
    with pytest.raises(ValueError, match=r"."):
        checked(steps, first=State.SENT, last=ENDS, actions=Action)
