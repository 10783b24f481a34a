"""Features of a candidate among its rivals: what it has more of than the best of the others."""

from __future__ import annotations

import numpy as np

from identity.domain.corpus import Floats, Ints
from identity.domain.features import COLUMN, FEATURES, Feature
from identity.domain.units import Units

_MARGINS = ("common", "common_weight", "rarest", "near", "people", "words", "topic", "venues", "places", "cites")
RIVAL_FEATURES = (
    *FEATURES,
    *(Feature(f"{name}_margin", 1, f"rivals {next(f.group for f in FEATURES if f.name == name)}") for name in _MARGINS),
    Feature("distance_margin", -1, "rivals years"),
    Feature("candidates", -1, "rivals"),
    Feature("candidates_in_company", 0, "rivals"),
    Feature("share_of_papers", 1, "rivals"),
    Feature("share_lately", 1, "rivals years"),
)
NEAR_YEARS = 2.0


def rival_features(pairs: Floats, mention: Ints, candidate: Ints, units: Units) -> Floats:
    """(pairs, RIVAL_FEATURES): `pairs` are pair features, `mention` says which pairs are rivals."""
    if not len(pairs):
        return np.zeros((0, len(RIVAL_FEATURES)), dtype=np.float32)
    _, group = np.unique(mention, return_inverse=True)
    columns = [pairs]
    columns += [margin(np.nan_to_num(pairs[:, COLUMN[name]]), group)[:, None] for name in _MARGINS]
    distance = np.nan_to_num(pairs[:, COLUMN["distance"]])
    columns.append(-margin(-distance, group)[:, None])
    count = np.bincount(group)
    columns.append(np.log(count[group]).astype(np.float32)[:, None])
    company = np.bincount(group, weights=(pairs[:, COLUMN["common"]] > 0))
    columns.append(company[group].astype(np.float32)[:, None])
    size = units.size[candidate]
    columns.append(_share(size, group)[:, None])
    columns.append(_share(np.where(distance <= NEAR_YEARS, size, 0).astype(np.float32), group)[:, None])
    return np.concatenate(columns, axis=1).astype(np.float32)


def margin(values: Floats, group: Ints) -> Floats:
    """How much each value is above the best of the others in its group; above 0 where it is alone."""
    count = int(group.max()) + 1
    best = np.full(count, -np.inf, dtype=np.float64)
    np.maximum.at(best, group, values)
    is_best = values == best[group]
    times = np.bincount(group, weights=is_best, minlength=count)
    second = np.full(count, -np.inf, dtype=np.float64)
    rest = ~is_best
    np.maximum.at(second, group[rest], values[rest])
    second[times > 1] = best[times > 1]
    other = np.where(is_best, second[group], best[group])
    alone = np.bincount(group, minlength=count)[group] == 1
    return np.asarray(values - np.where(alone, 0.0, other), dtype=np.float32)


def _share(values: Floats, group: Ints) -> Floats:
    total = np.bincount(group, weights=values)
    return np.asarray(values / np.maximum(total[group], 1e-9), dtype=np.float32)
