"""Whole numbers in as few bytes as they need: files that all processes share hold tens of millions of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

BLOCK = 256

type Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class CompactIntegers:
    """Numbers from 0 to 2³² - 1: their lower 16 bits, and beside them what is above; None when nothing is.

    Ids below 16.7 million take three bytes each.
    """

    low: NDArray[np.uint16]
    high: NDArray[np.uint8] | NDArray[np.uint16] | None = None

    def __len__(self) -> int:
        return len(self.low)

    def take(self, indices: Indices) -> NDArray[np.uint32]:
        """The numbers at these indices."""
        found = self.low.take(indices).astype(np.uint32)
        if self.high is not None:
            found |= self.high.take(indices).astype(np.uint32) << np.uint32(16)
        return found


@dataclass(frozen=True, slots=True)
class Bounds:
    """Numbers that never fall, as where rows begin: every 256th whole, each by how far it lies beyond the last such."""

    bases: NDArray[np.uint32]
    steps: CompactIntegers

    def __len__(self) -> int:
        return len(self.steps)

    def take(self, indices: Indices) -> NDArray[np.int64]:
        """The numbers at these indices."""
        found: NDArray[np.int64] = self.bases.take(indices // BLOCK).astype(np.int64)
        found += self.steps.take(indices)
        return found


def compact(numbers: NDArray[Any]) -> CompactIntegers:
    """The same numbers, packed."""
    low = (numbers & 0xFFFF).astype(np.uint16)
    largest = int(numbers.max()) if len(numbers) else 0
    if largest < 1 << 16:
        return CompactIntegers(low)
    above = numbers >> 16
    return CompactIntegers(low, above.astype(np.uint8) if largest < 1 << 24 else above.astype(np.uint16))


def bounds(numbers: NDArray[Any]) -> Bounds:
    """The same numbers, which never fall, packed."""
    bases = numbers[::BLOCK].astype(np.uint32)
    return Bounds(bases, compact(numbers - bases.repeat(BLOCK)[: len(numbers)]))
