"""Gradient-boosted trees that say how likely two units are one person; one thread, the same bytes each time."""

from __future__ import annotations

from collections.abc import Sequence

import lightgbm
import numpy as np

from identity.domain.corpus import Floats
from identity.domain.features import Feature

ROUNDS = 250
PARAMETERS: dict[str, object] = {
    "objective": "binary",
    "learning_rate": 0.08,
    "num_leaves": 31,
    "min_child_samples": 40,
    "feature_fraction": 0.7,
    "lambda_l2": 2.0,
    "max_bin": 127,
    "seed": 20261130,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbose": -1,
}


BLIND = {"full": ("family_names", "given_spread", "block_names")}  # how short a made name is would show in these


def seen_by(stage: str, features: Floats, columns: Sequence[Feature]) -> Floats:
    """The features with those left unknown that a stage must not look at."""
    if stage not in BLIND:
        return features
    out = features.copy()
    for place, column in enumerate(columns):
        if column.name in BLIND[stage]:
            out[:, place] = np.nan
    return out


def fit(features: Floats, labels: Floats, weights: Floats, columns: Sequence[Feature]) -> lightgbm.Booster:
    """Trees over labelled pairs. Evidence that can only speak one way is held to it."""
    data = lightgbm.Dataset(
        features, label=labels, weight=weights, feature_name=[c.name for c in columns], free_raw_data=True
    )
    return lightgbm.train(
        {**PARAMETERS, "monotone_constraints": [c.direction for c in columns]}, data, num_boost_round=ROUNDS
    )


def chances(booster: lightgbm.Booster, features: Floats) -> Floats:
    """How likely each row's two units are one, 0 to 1."""
    if not len(features):
        return np.zeros(0, dtype=np.float32)
    return np.asarray(booster.predict(features, num_threads=1), dtype=np.float32)
