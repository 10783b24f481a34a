"""Reproducible draws: the same seed gives the same corpus on every Python version.

Only `random.Random.random()` has a sequence that Python promises to keep, so every draw
is derived from it.
"""

import math
import random
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate


class Dice:
    """A seeded source of the few kinds of draw that the corpus needs."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed).random

    def chance(self, probability: float) -> bool:
        """True with the given probability (0 to 1)."""
        return self._random() < probability

    def below(self, end: int) -> int:
        """A whole number from 0 to `end` - 1."""
        return int(self._random() * end)

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self._random() * (high - low + 1))

    def uniform(self, low: float, high: float) -> float:
        """A real number from `low` up to, not including, `high`."""
        return low + self._random() * (high - low)

    def normal(self) -> float:
        """A draw from the standard normal distribution (Box and Muller's transform)."""
        radius = math.sqrt(-2.0 * math.log(1.0 - self._random()))
        return radius * math.cos(2.0 * math.pi * self._random())

    def lognormal(self, median: float, sigma: float) -> float:
        """A positive draw with the given median; `sigma` is the spread of its logarithm."""
        return median * math.exp(sigma * self.normal())

    def pick[T](self, items: Sequence[T]) -> T:
        """One of the items, all equally likely."""
        return items[self.below(len(items))]

    def weighted[T](self, items: Sequence[T], weights: Sequence[float]) -> T:
        """One of the items, with probability in proportion to its weight."""
        totals = list(accumulate(weights))
        return items[min(bisect_right(totals, self._random() * totals[-1]), len(items) - 1)]

    def sample[T](self, items: Sequence[T], size: int) -> list[T]:
        """`size` different items in random order (all of them when there are fewer)."""
        pool = list(items)
        size = min(size, len(pool))
        for place in range(size):
            other = place + self.below(len(pool) - place)
            pool[place], pool[other] = pool[other], pool[place]
        return pool[:size]
