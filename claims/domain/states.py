"""The states of a claim and every way from one to another, in one table that is checked when it is loaded."""

from enum import StrEnum

from common.db import state_table
from common.db.state_table import StateTable, Step


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


class Action(StrEnum):
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


TRANSITIONS: tuple[Step[State, Action], ...] = (
    Step(State.DRAFT, Action.SUBMIT, State.PENDING),
    # Only the policy does this, on an authenticated iD that is on the record.
    Step(State.DRAFT, Action.APPROVE, State.APPROVED),
    Step(State.DRAFT, Action.WITHDRAW, State.WITHDRAWN),
    Step(State.PENDING, Action.APPROVE, State.APPROVED),
    Step(State.PENDING, Action.REJECT, State.REJECTED),
    Step(State.PENDING, Action.WITHDRAW, State.WITHDRAWN),
    Step(State.PENDING, Action.SUPERSEDE, State.SUPERSEDED),
    Step(State.APPROVED, Action.DISPUTE, State.DISPUTED),
    Step(State.APPROVED, Action.REVOKE, State.REVOKED),
    Step(State.DISPUTED, Action.UPHOLD, State.APPROVED),
    Step(State.DISPUTED, Action.REVOKE, State.REVOKED),
)


def checked(transitions: tuple[Step[State, Action], ...]) -> StateTable[State, Action]:
    """The table, when it is one and only a decision makes an owner. Raises ValueError."""
    for step in transitions:
        if step.target in OWNING and step.source not in OWNING and step.action is not Action.APPROVE:
            raise ValueError(f"{step.action} would make an owner without a decision")
    return state_table.checked(transitions, first=State.DRAFT, last=CLOSED, actions=Action)


CLAIMS = checked(TRANSITIONS)
