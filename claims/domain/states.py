"""The states of a claim and every way from one to another, in one table that is checked when it is loaded."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a claim stands."""

    DRAFT = "draft"  # evidence is being gathered; nobody but the claimant sees it
    PENDING = "pending"  # a curator's answer is awaited
    APPROVED = "approved"  # the claimant owns the record
    DISPUTED = "disputed"  # still owns it, while somebody else's claim on it is decided
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"  # owned the record, and does so no longer
    SUPERSEDED = "superseded"  # closed because another claim on the record was approved


class Act(StrEnum):
    """What is done to a claim."""

    SUBMIT = "submit"
    APPROVE = "approve"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    DISPUTE = "dispute"
    UPHOLD = "uphold"
    REVOKE = "revoke"
    SUPERSEDE = "supersede"


OPEN = frozenset({State.DRAFT, State.PENDING})
OWNING = frozenset({State.APPROVED, State.DISPUTED})
CLOSED = frozenset({State.REJECTED, State.WITHDRAWN, State.REVOKED, State.SUPERSEDED})


class IllegalTransition(ValueError):
    """An act that the state of a claim does not allow."""

    def __init__(self, state: State, act: Act) -> None:
        super().__init__(f"{act.value} is not possible for a claim that is {state.value}")
        self.state = state
        self.act = act


@dataclass(frozen=True, slots=True)
class Transition:
    source: State
    act: Act
    target: State


TRANSITIONS: tuple[Transition, ...] = (
    Transition(State.DRAFT, Act.SUBMIT, State.PENDING),
    # Only the policy does this, on an authenticated iD that is on the record.
    Transition(State.DRAFT, Act.APPROVE, State.APPROVED),
    Transition(State.DRAFT, Act.WITHDRAW, State.WITHDRAWN),
    Transition(State.PENDING, Act.APPROVE, State.APPROVED),
    Transition(State.PENDING, Act.REJECT, State.REJECTED),
    Transition(State.PENDING, Act.WITHDRAW, State.WITHDRAWN),
    Transition(State.PENDING, Act.SUPERSEDE, State.SUPERSEDED),
    Transition(State.APPROVED, Act.DISPUTE, State.DISPUTED),
    Transition(State.APPROVED, Act.REVOKE, State.REVOKED),
    Transition(State.DISPUTED, Act.UPHOLD, State.APPROVED),
    Transition(State.DISPUTED, Act.REVOKE, State.REVOKED),
)


def target_of(state: State, act: Act) -> State:
    """Where `act` leads from `state`. Raises IllegalTransition."""
    target = _TABLE.get((state, act))
    if target is None:
        raise IllegalTransition(state, act)
    return target


def sources_of(act: Act) -> frozenset[State]:
    """The states in which an act is possible."""
    return frozenset(transition.source for transition in TRANSITIONS if transition.act is act)


def acts_in(state: State) -> frozenset[Act]:
    """What can be done to a claim in this state."""
    return frozenset(transition.act for transition in TRANSITIONS if transition.source is state)


def checked(transitions: tuple[Transition, ...]) -> dict[tuple[State, Act], State]:
    """The table by (state, act). Raises ValueError for a table that says two things or leaves a state out."""
    table: dict[tuple[State, Act], State] = {}
    for step in transitions:
        if (step.source, step.act) in table:
            raise ValueError(f"{step.act} leads from {step.source} to two states")
        if step.source in CLOSED:
            raise ValueError(f"{step.source} is closed and leads nowhere")
        if step.target in OWNING and step.source not in OWNING and step.act is not Act.APPROVE:
            raise ValueError(f"{step.act} would make an owner without a decision")
        table[step.source, step.act] = step.target
    reached = {State.DRAFT}
    while more := {step.target for step in transitions if step.source in reached} - reached:
        reached |= more
    if lost := set(State) - reached:
        raise ValueError(f"no way leads to {sorted(lost)}")
    if stuck := {state for state in set(State) - CLOSED if state not in {step.source for step in transitions}}:
        raise ValueError(f"no way leads out of {sorted(stuck)}")
    return table


_TABLE = checked(TRANSITIONS)
