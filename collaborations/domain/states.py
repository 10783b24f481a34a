"""The states of an invitation, of one who is to join a conversation, and of a report: tables checked when loaded."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where an invitation stands. One that waits for its author to claim the page is `sent` too."""

    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Act(StrEnum):
    """What is done to an invitation."""

    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"


class Joining(StrEnum):
    """Where somebody stands who is to join a conversation: those inside agree first, then the person is asked."""

    PROPOSED = "proposed"
    ASKED = "asked"
    JOINED = "joined"
    REFUSED = "refused"  # by somebody inside
    DECLINED = "declined"  # by the person
    EXPIRED = "expired"


class JoiningAct(StrEnum):
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


class ReportAct(StrEnum):
    """What curators decide of a report."""

    UPHOLD = "uphold"
    DISMISS = "dismiss"


class IllegalTransition(ValueError):
    """An act that the present state does not allow, or that somebody else was quicker with."""


@dataclass(frozen=True, slots=True)
class Step[S: StrEnum, A: StrEnum]:
    source: S
    act: A
    target: S


@dataclass(frozen=True, slots=True)
class Table[S: StrEnum, A: StrEnum]:
    """A checked table of steps; what is not in it is not possible."""

    steps: tuple[Step[S, A], ...]

    def target_of(self, state: S, act: A) -> S:
        """Where `act` leads from `state`. Raises IllegalTransition."""
        for step in self.steps:
            if step.source == state and step.act == act:
                return step.target
        raise IllegalTransition(f"{act.value} is not possible: this is {state.value}")

    def sources_of(self, act: A) -> tuple[S, ...]:
        """The states in which an act is possible."""
        return tuple(step.source for step in self.steps if step.act == act)


def checked[S: StrEnum, A: StrEnum](
    steps: tuple[Step[S, A], ...], *, first: S, last: AbstractSet[S], acts: type[A]
) -> Table[S, A]:
    """The table, when it is one. Raises ValueError when it says two things, leaves a state or an act out, or an end goes on."""
    pairs = [(step.source, step.act) for step in steps]
    if len(set(pairs)) != len(pairs):
        raise ValueError("an act leads from one state to two")
    if any(step.source in last for step in steps):
        raise ValueError("a state that is an end leads on")
    reached = {first}
    while more := {step.target for step in steps if step.source in reached} - reached:
        reached |= more
    states = set(type(first))
    if lost := states - reached:
        raise ValueError(f"no way leads to {sorted(lost)}")
    if stuck := states - last - {step.source for step in steps}:
        raise ValueError(f"no way leads out of {sorted(stuck)}")
    if idle := set(acts) - {step.act for step in steps}:
        raise ValueError(f"{sorted(idle)} do nothing")
    return Table(steps)


ENDS = frozenset({State.ACCEPTED, State.DECLINED, State.WITHDRAWN, State.EXPIRED})
INVITATIONS = checked(
    (
        Step(State.SENT, Act.ACCEPT, State.ACCEPTED),
        Step(State.SENT, Act.DECLINE, State.DECLINED),
        Step(State.SENT, Act.WITHDRAW, State.WITHDRAWN),
        Step(State.SENT, Act.EXPIRE, State.EXPIRED),
    ),
    first=State.SENT,
    last=ENDS,
    acts=Act,
)

JOINING_OPEN = frozenset({Joining.PROPOSED, Joining.ASKED})
JOININGS = checked(
    (
        Step(Joining.PROPOSED, JoiningAct.ASK, Joining.ASKED),
        Step(Joining.PROPOSED, JoiningAct.REFUSE, Joining.REFUSED),
        Step(Joining.PROPOSED, JoiningAct.EXPIRE, Joining.EXPIRED),
        Step(Joining.ASKED, JoiningAct.JOIN, Joining.JOINED),
        Step(Joining.ASKED, JoiningAct.DECLINE, Joining.DECLINED),
        Step(Joining.ASKED, JoiningAct.EXPIRE, Joining.EXPIRED),
    ),
    first=Joining.PROPOSED,
    last=frozenset(Joining) - JOINING_OPEN,
    acts=JoiningAct,
)

REPORTS = checked(
    (
        Step(ReportState.OPEN, ReportAct.UPHOLD, ReportState.UPHELD),
        Step(ReportState.OPEN, ReportAct.DISMISS, ReportState.DISMISSED),
    ),
    first=ReportState.OPEN,
    last=frozenset({ReportState.UPHELD, ReportState.DISMISSED}),
    acts=ReportAct,
)
