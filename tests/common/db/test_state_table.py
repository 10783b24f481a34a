"""A table of transitions is checked as it is loaded: no state is lost, none is a trap, no act is idle."""

from enum import StrEnum

import pytest

from common.db.state_table import IllegalTransition, Step, checked


class State(StrEnum):
    NEW = "new"
    OPEN = "open"
    DONE = "done"


class Action(StrEnum):
    START = "start"
    CLOSE = "close"


STEPS = (Step(State.NEW, Action.START, State.OPEN), Step(State.OPEN, Action.CLOSE, State.DONE))


def table(*steps):
    return checked(steps, first=State.NEW, last={State.DONE}, actions=Action)


def test_acts_lead_where_the_table_says():
    states = table(*STEPS)
    assert states.target_of(State.NEW, Action.START) is State.OPEN
    assert states.sources_of(Action.CLOSE) == (State.OPEN,)


def test_what_is_not_in_the_table_is_refused():
    with pytest.raises(IllegalTransition, match="close is not possible: this is new"):
        table(*STEPS).target_of(State.NEW, Action.CLOSE)


@pytest.mark.parametrize(
    ("steps", "fault"),
    [
        ((*STEPS, Step(State.NEW, Action.START, State.DONE)), "to two"),
        ((*STEPS, Step(State.DONE, Action.START, State.OPEN)), "leads on"),
        ((Step(State.NEW, Action.START, State.DONE), Step(State.NEW, Action.CLOSE, State.DONE)), "no way leads to"),
        ((STEPS[0], Step(State.NEW, Action.CLOSE, State.DONE)), "no way leads out of"),
        ((STEPS[0], Step(State.OPEN, Action.START, State.DONE)), "do nothing"),
    ],
)
def test_a_table_with_a_fault_is_not_loaded(steps, fault):
    with pytest.raises(ValueError, match=fault):
        table(*steps)
