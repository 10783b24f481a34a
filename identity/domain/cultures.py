"""How given names go with family names: Wei goes with Wang and not with Schmidt.

Probabilistic latent semantic analysis (Hofmann 1999) of the corpus's own full names: each family name is a mixture of a
few kinds of names, each kind a distribution of given names. Nothing is said of people, only of which words go together.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

KINDS = 12
STEPS = 25
PRIOR = 1.0  # how many names of the whole corpus's mixture each family name is taken to have had before

type Doubles = NDArray[np.float64]


def mixtures(
    pairs: Sequence[tuple[int, int]], families: Sequence[str], givens: Sequence[str]
) -> tuple[Doubles, Doubles]:
    """(family × kind) shares and (given × kind) frequencies, from pairs (family, given) of distinct full names.

    The start is drawn from the names themselves, so that the result does not hang on their order.
    """
    row = np.array([f for f, _ in pairs], dtype=np.int64)
    column = np.array([g for _, g in pairs], dtype=np.int64)
    share = _start(families)
    frequency = _columns_to_one(_start(givens))
    for _ in range(STEPS if len(pairs) else 0):
        joint = share[row] * frequency[column]
        joint /= joint.sum(axis=1, keepdims=True)
        whole = joint.mean(axis=0)
        share = _sum(row, joint, len(families)) + PRIOR * whole
        share /= share.sum(axis=1, keepdims=True)
        frequency = _columns_to_one(_sum(column, joint, len(givens)) + 1e-9)
    return share, frequency


def _start(words: Sequence[str]) -> Doubles:
    seeds = np.array([zlib.crc32(word.encode()) for word in words], dtype=np.int64)
    mixed = ((seeds[:, None] * 2654435761 + np.arange(KINDS)[None, :] * 40503 * 65537) >> 7) % 1009
    drawn = 1.0 + mixed / 1009.0
    return np.asarray(drawn / drawn.sum(axis=1, keepdims=True), dtype=np.float64)


def _columns_to_one(matrix: Doubles) -> Doubles:
    return np.asarray(matrix / matrix.sum(axis=0, keepdims=True), dtype=np.float64)


def _sum(index: NDArray[np.int64], values: Doubles, count: int) -> Doubles:
    join = csr_array((np.ones(len(index)), (index, np.arange(len(index)))), shape=(count, len(index)))
    return np.asarray(join @ values, dtype=np.float64)
