"""A table of states and of every way from one to another, checked when it is loaded."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum


class IllegalTransition(ValueError):
    """An action that the present state does not allow, or that somebody else was quicker with."""


@dataclass(frozen=True, slots=True)
class Step[S: StrEnum, A: StrEnum]:
    source: S
    action: A
    target: S


@dataclass(frozen=True, slots=True)
class StateTable[S: StrEnum, A: StrEnum]:
    """A checked table of steps; what is not in it is not possible."""

    steps: tuple[Step[S, A], ...]

    def target_of(self, state: S, action: A) -> S:
        """Where `action` leads from `state`. Raises IllegalTransition."""
        for step in self.steps:
            if step.source == state and step.action == action:
                return step.target
        raise IllegalTransition(f"{action.value} is not possible: this is {state.value}")

    def sources_of(self, action: A) -> tuple[S, ...]:
        """The states in which an action is possible."""
        return tuple(step.source for step in self.steps if step.action == action)


def checked[S: StrEnum, A: StrEnum](
    steps: tuple[Step[S, A], ...], *, first: S, last: AbstractSet[S], actions: type[A]
) -> StateTable[S, A]:
    """The table, when it is one. Raises ValueError when it says two things, leaves a state or an action out, or an end goes on."""
    pairs = [(step.source, step.action) for step in steps]
    if len(set(pairs)) != len(pairs):
        raise ValueError("an action leads from one state to two")
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
    if idle := set(actions) - {step.action for step in steps}:
        raise ValueError(f"{sorted(idle)} do nothing")
    return StateTable(steps)
