"""What a benchmark is and where the benchmarks are found.

A module under `bench/subjects/` holds one subject. It registers a function with `@benchmark("name")`; the
function takes the session and yields lines. It raises `LeftOut` with a reason when what it needs is absent.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.session import Session

type Benchmark = Callable[["Session"], Iterator["Line"]]

_BENCHMARKS: dict[str, Benchmark] = {}


@dataclass(frozen=True, slots=True)
class Reach:
    """The bound that an issue set, mostly from above: on the ratio to the floor, or on the value itself."""

    limit: float
    is_ratio: bool
    unit: str = ""
    is_least: bool = False

    def __str__(self) -> str:
        return f"{'>' if self.is_least else '<'}={self.limit:g}{'x' if self.is_ratio else self.unit}"


def ratio_at_most(limit: float) -> Reach:
    """The value may be `limit` times the floor."""
    return Reach(limit, is_ratio=True)


def at_most(limit: float, unit: str) -> Reach:
    """The value may be `limit`, in the line's own unit."""
    return Reach(limit, is_ratio=False, unit=unit)


def at_least(limit: float, unit: str) -> Reach:
    """The value must be `limit` or more, in the line's own unit."""
    return Reach(limit, is_ratio=False, unit=unit, is_least=True)


@dataclass(frozen=True, slots=True)
class Line:
    """One measurement. `floor` is None where there is nothing to measure against."""

    name: str
    value: float
    unit: str
    floor: float | None = None
    reach: Reach | None = None

    @property
    def ratio(self) -> float | None:
        """Value over floor; None without a floor or with a floor of 0."""
        return self.value / self.floor if self.floor else None

    @property
    def is_missed(self) -> bool:
        """True when the reach was set and is not kept."""
        if self.reach is None:
            return False
        judged = self.ratio if self.reach.is_ratio else self.value
        if judged is None:
            return True
        return judged < self.reach.limit if self.reach.is_least else judged > self.reach.limit


def benchmark(name: str) -> Callable[[Benchmark], Benchmark]:
    """Register a benchmark under `name`; a name is used once."""

    def register(function: Benchmark) -> Benchmark:
        if name in _BENCHMARKS:
            raise ValueError(f"two benchmarks are called {name!r}")
        _BENCHMARKS[name] = function
        return function

    return register


def benchmarks() -> dict[str, Benchmark]:
    """All benchmarks by name, in the order of their modules."""
    from bench import subjects

    for module in sorted(each.name for each in pkgutil.iter_modules(subjects.__path__)):
        importlib.import_module(f"{subjects.__name__}.{module}")
    return dict(_BENCHMARKS)
