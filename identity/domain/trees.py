"""Gradient-boosted trees that say how likely two units are one person; one thread, the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import lightgbm
import numpy as np
from scipy.sparse import csr_array

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


class PathShares:
    """What each feature adds to or takes from the log-odds of a row: the change of the mean at each split on the way
    to its leaf, given to the feature of the split (Saabas 2014). With the mean of all they add up to the log-odds.

    Shapley values of the same trees (Lundberg et al. 2020) take fifty times as long.
    """

    AT_ONCE = 20_000

    def __init__(self, booster: lightgbm.Booster) -> None:
        self._booster = booster
        trees = [tree["tree_structure"] for tree in booster.dump_model()["tree_info"]]
        width = booster.num_feature()
        rows = [dict(_leaves(tree, np.zeros(width, dtype=np.float32))) for tree in trees]
        self._starts = np.cumsum([0, *(len(leaves) for leaves in rows)])[:-1]
        self._of_leaf = np.stack([leaves[place] for leaves in rows for place in range(len(leaves))])

    def __call__(self, features: Floats) -> Floats:
        """(rows, features)."""
        parts = [self._part(features[at : at + self.AT_ONCE]) for at in range(0, len(features), self.AT_ONCE)]
        return np.concatenate(parts) if parts else np.zeros((0, self._of_leaf.shape[1]), dtype=np.float32)

    def _part(self, features: Floats) -> Floats:
        leaf = np.asarray(self._booster.predict(features, pred_leaf=True, num_threads=1), dtype=np.int32)
        column = (leaf.reshape(len(features), -1) + self._starts).ravel()
        start = np.arange(len(features) + 1) * len(self._starts)
        chosen = csr_array(
            (np.ones(len(column), dtype=np.float32), column, start), shape=(len(features), len(self._of_leaf))
        )
        return np.asarray(chosen @ self._of_leaf, dtype=np.float32)


def _leaves(node: Mapping[str, Any], way: Floats) -> Iterator[tuple[int, Floats]]:
    """(number, share of each feature) of all leaves under a node that is reached with the shares `way`."""
    if "split_feature" not in node:
        yield int(node.get("leaf_index", 0)), way
        return
    here = _mean(node)[0]
    for side in ("left_child", "right_child"):
        below = way.copy()
        below[node["split_feature"]] += _mean(node[side])[0] - here
        yield from _leaves(node[side], below)


def _mean(node: Mapping[str, Any]) -> tuple[float, int]:
    """The mean of the leaves under a node over the rows it was trained on, and how many these were."""
    if "split_feature" not in node:
        return float(node["leaf_value"]), int(node.get("leaf_count", 1))
    (a, n), (b, m) = _mean(node["left_child"]), _mean(node["right_child"])
    return (a * n + b * m) / max(n + m, 1), n + m
