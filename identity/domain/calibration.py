"""Chances that mean what they say: of pairs at 0.9, nine in ten are one person, for rare and for common names alike."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sklearn.isotonic import IsotonicRegression

from identity.domain.corpus import Floats, Ints
from identity.domain.name_shares import COMMON

RARE = 0.005  # expected bearers under which a name is rare; from COMMON it is common
NAME_CLASSES = 3
FEWEST = 200  # held-out pairs from which a class has a curve of its own
RAW_SHARE = 0.01  # so that equal steps of the curve still have an order


def name_class(log_bearers: Floats) -> Ints:
    """0 rare, 1 ordinary, 2 common, from the logarithm of expected bearers."""
    return np.asarray((log_bearers > np.log(RARE)).astype(np.int64) + (log_bearers > np.log(COMMON)), dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Curve:
    """Monotone steps from raw chances to frequencies."""

    x: tuple[float, ...]
    y: tuple[float, ...]

    def __call__(self, raw: Floats) -> Floats:
        steps = np.interp(raw, self.x, self.y)
        return np.asarray((1 - RAW_SHARE) * steps + RAW_SHARE * raw, dtype=np.float32)


def fit_curve(raw: Floats, labels: Floats, weights: Floats) -> Curve:
    """The isotonic curve of labelled pairs that the trees have not seen."""
    fitted = IsotonicRegression(y_min=0.002, y_max=0.998, out_of_bounds="clip").fit(raw, labels, sample_weight=weights)
    return Curve(
        tuple(float(round(v, 6)) for v in fitted.X_thresholds_), tuple(float(round(v, 6)) for v in fitted.y_thresholds_)
    )


def fit_curves(raw: Floats, labels: Floats, weights: Floats, classes: Ints) -> dict[int, Curve]:
    """A curve for each class that is there; a class with few pairs has that of all."""
    whole = fit_curve(raw, labels, weights)
    curves: dict[int, Curve] = {}
    for number in range(max(NAME_CLASSES, int(classes.max()) + 1)):
        chosen = classes == number
        enough = int(chosen.sum()) >= FEWEST and 0 < labels[chosen].mean() < 1
        curves[number] = fit_curve(raw[chosen], labels[chosen], weights[chosen]) if enough else whole
    return curves


def calibration_error(chance: Floats, labels: Floats, bins: int = 10) -> float:
    """Expected calibration error: the mean distance of chance and frequency over equal bins, by their pairs."""
    place = np.minimum((chance * bins).astype(np.int64), bins - 1)
    count = np.bincount(place, minlength=bins)
    said = np.bincount(place, weights=chance, minlength=bins)
    true = np.bincount(place, weights=labels, minlength=bins)
    return float(np.abs(said - true).sum() / max(count.sum(), 1))
