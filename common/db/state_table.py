"""A table of states and of every way from one to another, checked when it is loaded."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum


class IllegalTransition(ValueError):
    """An act that the present state does not allow, or that somebody else was quicker with."""


@dataclass(frozen=True, slots=True)
class Step[S: StrEnum, A: StrEnum]:
    source: S
    act: A
    target: S


@dataclass(frozen=True, slots=True)
class StateTable[S: StrEnum, A: StrEnum]:
    """A checked table of steps; what is not in it is not possible."""

    steps: tuple[Step[S, A], ...]

    def target_of(self, state: S, act: A) -> S:
        """Where `act` leads from `state`. Raises IllegalTransition."""
        for step in self.steps:
            if step.source == state and step.act == act:
                return step.target
        raise IllegalTransition(f"{act.value} is not possible: this is {state.value}")

    def acts_in(self, state: S) -> frozenset[A]:
        """What can be done in a state."""
        return frozenset(step.act for step in self.steps if step.source == state)

    def sources_of(self, act: A) -> tuple[S, ...]:
        """The states in which an act is possible."""
        return tuple(step.source for step in self.steps if step.act == act)


def checked[S: StrEnum, A: StrEnum](
    steps: tuple[Step[S, A], ...], *, first: S, last: AbstractSet[S], acts: type[A]
) -> StateTable[S, A]:
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
    return StateTable(steps)
