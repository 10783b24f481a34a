"""Which formulas there are, under which identifier and version."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Formula:
    """One formula: a change of its meaning is a new version, and stored values say which they were made by."""

    name: str
    version: int
    compute: Callable[..., Any]

    @property
    def identifier(self) -> str:
        """What a stored score carries, such as `h_index@1`."""
        return f"{self.name}@{self.version}"

    @property
    def page(self) -> str:
        """File name of its page in docs/metrics/."""
        return f"{self.name}.md"


FORMULAS: dict[str, Formula] = {}


def formula[**Arguments, Value](
    *, version: int, name: str = ""
) -> Callable[[Callable[Arguments, Value]], Callable[Arguments, Value]]:
    """Register a function under its own name (or another) and a version; raises ValueError on a double."""

    def register(compute: Callable[Arguments, Value]) -> Callable[Arguments, Value]:
        entry = Formula(name=name or compute.__name__, version=version, compute=compute)
        if entry.name in FORMULAS:
            raise ValueError(f"two formulas are called {entry.name}")
        FORMULAS[entry.name] = entry
        return compute

    return register


def formula_named(name: str) -> Formula:
    """The formula of that name; raises KeyError when there is none."""
    return FORMULAS[name]
