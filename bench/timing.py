"""Measured side by side: floor, thing, floor, thing, so that what the machine does meanwhile hits both."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Samples:
    """Seconds of each call, in the order made."""

    seconds: tuple[float, ...]

    @property
    def p50(self) -> float:
        """The median in milliseconds."""
        return 1000.0 * median(self.seconds)

    @property
    def p95(self) -> float:
        """The 95th percentile (nearest rank) in milliseconds."""
        return 1000.0 * sorted(self.seconds)[max(0, -(-len(self.seconds) * 95 // 100) - 1)]


def timed(call: Callable[[], object]) -> float:
    """Seconds that one call takes."""
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def interleaved(
    calls: Sequence[Callable[[], object]], *, rounds: int = 120, warm_up: int = 24, longest: float = 45.0
) -> list[Samples]:
    """Time each call once a round, after a warm-up.

    Ends after `rounds` rounds or `longest` seconds, but never before five rounds.
    """
    for _ in range(warm_up):
        for call in calls:
            call()
    taken: list[list[float]] = [[] for _ in calls]
    deadline = time.monotonic() + longest
    for number in range(rounds):
        if number >= 5 and time.monotonic() > deadline:
            break
        for kept, call in zip(taken, calls, strict=True):
            kept.append(timed(call))
    return [Samples(tuple(kept)) for kept in taken]
