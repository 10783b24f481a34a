"""B³: of each mention, how many of those it is put with are its person's, and how many of its person's it is put with."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def b_cubed(
    found: NDArray[np.int64], truth: NDArray[np.int64], among: NDArray[np.bool_] | None = None
) -> tuple[float, float, float]:
    """Precision, recall and F1, averaged over the mentions `among` (None: all). Both arrays have a number a mention."""
    _, a = np.unique(found, return_inverse=True)
    _, b = np.unique(truth, return_inverse=True)
    both = a.astype(np.int64) * (int(b.max()) + 1) + b
    _, place, count = np.unique(both, return_inverse=True, return_counts=True)
    shared = count[place]
    precision = shared / np.bincount(a)[a]
    recall = shared / np.bincount(b)[b]
    if among is not None:
        precision, recall = precision[among], recall[among]
    p, r = float(precision.mean()), float(recall.mean())
    return p, r, 2 * p * r / (p + r)
