"""How far from a score what happens may lie: the interval that held four times of five on later papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:  # pages read intervals, and load no learning library for it
    from metrics.ai_score.corpus import Corpus
    from metrics.ai_score.model import TrainingSet

Values = npt.NDArray[np.float64]
LEVEL = 0.8
EARLIER_SHARE = 0.7
MOST_BANDS = 10
FEWEST_IN_A_BAND = 20
# An interval is shown where it held for about as many later papers as it says.
LEAST_COVERAGE, MOST_COVERAGE = 0.75, 0.85


@dataclass(frozen=True, slots=True)
class Interval:
    """Points of two curves over the score, (bands,) each and ascending in `scores`: four of five papers of a score lie
    between `low` and `high`, in percentiles."""

    scores: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]

    def around(self, score: Values | float) -> tuple[Values, Values]:
        """The lower and the upper end for each score; straight lines between the points, level beyond them."""
        low, high = (np.interp(score, self.scores, curve) for curve in (self.low, self.high))
        return np.asarray(low, dtype=np.float64), np.asarray(high, dtype=np.float64)

    def coverage(self, *, predicted: Values, happened: Values) -> float:
        """Share of papers that lie in their interval; NaN without papers."""
        low, high = self.around(predicted)
        return float(((happened >= low) & (happened <= high)).mean()) if len(happened) else float("nan")


def calibrate(lessons: TrainingSet, corpus: Corpus) -> Interval | None:
    """Split conformal prediction by bands of the score (Vovk et al. 2005; Lei et al. 2018), split by time.

    Trees of the earliest 70 % of a training set foretell the rest; in each tenth of what they say, the tenth and the
    ninetieth percentile of what happened are kept. None where fewer than 20 later papers would stand in a band of two.
    """
    days = corpus.last_days[lessons.rows]
    earlier = days < np.quantile(days, EARLIER_SHARE, method="nearest")
    bands = min(MOST_BANDS, int((~earlier).sum()) // FEWEST_IN_A_BAND)
    if bands < 2 or not earlier.any():
        return None
    foretold = np.asarray(lessons.grow(earlier).predict(lessons.inputs[~earlier], num_threads=1), dtype=np.float64)
    order = np.argsort(foretold, kind="stable")
    parts = np.array_split(order, bands)
    happened = lessons.targets[~earlier]
    tail = (1 - LEVEL) / 2
    return Interval(
        scores=[round(float(foretold[part].mean()), 3) for part in parts],
        low=[round(float(np.quantile(happened[part], tail)), 3) for part in parts],
        high=[round(float(np.quantile(happened[part], 1 - tail)), 3) for part in parts],
    )
