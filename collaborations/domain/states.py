"""The states of an invitation, of one who is to join a conversation, and of a report: tables checked when loaded."""

from enum import StrEnum

from common.db.state_table import Step, checked


class State(StrEnum):
    """Where an invitation stands. One that waits for its author to claim the page is `sent` too."""

    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Action(StrEnum):
    """What is done to an invitation."""

    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"


class AdditionState(StrEnum):
    """Where somebody stands who is to join a conversation: those inside agree first, then the person is asked."""

    PROPOSED = "proposed"
    ASKED = "asked"
    JOINED = "joined"
    REFUSED = "refused"  # by somebody inside
    DECLINED = "declined"  # by the person
    EXPIRED = "expired"


class AdditionStep(StrEnum):
    """What is done to a proposal that somebody joins."""

    ASK = "ask"
    REFUSE = "refuse"
    JOIN = "join"
    DECLINE = "decline"
    EXPIRE = "expire"


class ReportState(StrEnum):
    """Where a report stands with curators."""

    OPEN = "open"
    UPHELD = "upheld"
    DISMISSED = "dismissed"


class ReportAction(StrEnum):
    """What curators decide of a report."""

    UPHOLD = "uphold"
    DISMISS = "dismiss"


ENDS = frozenset({State.ACCEPTED, State.DECLINED, State.WITHDRAWN, State.EXPIRED})
INVITATIONS = checked(
    (
        Step(State.SENT, Action.ACCEPT, State.ACCEPTED),
        Step(State.SENT, Action.DECLINE, State.DECLINED),
        Step(State.SENT, Action.WITHDRAW, State.WITHDRAWN),
        Step(State.SENT, Action.EXPIRE, State.EXPIRED),
    ),
    first=State.SENT,
    last=ENDS,
    actions=Action,
)

ADDITIONS_OPEN = frozenset({AdditionState.PROPOSED, AdditionState.ASKED})
ADDITIONS = checked(
    (
        Step(AdditionState.PROPOSED, AdditionStep.ASK, AdditionState.ASKED),
        Step(AdditionState.PROPOSED, AdditionStep.REFUSE, AdditionState.REFUSED),
        Step(AdditionState.PROPOSED, AdditionStep.EXPIRE, AdditionState.EXPIRED),
        Step(AdditionState.ASKED, AdditionStep.JOIN, AdditionState.JOINED),
        Step(AdditionState.ASKED, AdditionStep.DECLINE, AdditionState.DECLINED),
        Step(AdditionState.ASKED, AdditionStep.EXPIRE, AdditionState.EXPIRED),
    ),
    first=AdditionState.PROPOSED,
    last=frozenset(AdditionState) - ADDITIONS_OPEN,
    actions=AdditionStep,
)

REPORTS = checked(
    (
        Step(ReportState.OPEN, ReportAction.UPHOLD, ReportState.UPHELD),
        Step(ReportState.OPEN, ReportAction.DISMISS, ReportState.DISMISSED),
    ),
    first=ReportState.OPEN,
    last=frozenset({ReportState.UPHELD, ReportState.DISMISSED}),
    actions=ReportAction,
)
