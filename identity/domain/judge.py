"""The trained judge: trees and curves by stage and round, as a string of bytes and back."""

from __future__ import annotations

import json
import lzma
from dataclasses import dataclass, field

import lightgbm
import numpy as np

from identity.domain.calibration import NAME_CLASSES, Curve, name_class
from identity.domain.corpus import Floats, Ints
from identity.domain.features import COLUMN, FEATURES, Feature
from identity.domain.names import Relation
from identity.domain.rivals import RIVAL_FEATURES
from identity.domain.trees import PathShares, chances, seen_by

STAGE_COLUMNS = {"full": FEATURES, "initials": RIVAL_FEATURES, "rest": FEATURES}
FORM = "identity@1"


_UNUSED = ("split_gain", "leaf_weight", "internal_weight", "internal_value")
_ROUNDED = ("leaf_value", "threshold")


def compact(trees: str) -> str:
    """A booster's text without what neither chances nor shares are computed from, in six digits: a third of the size."""
    lines = []
    for line in trees.partition("\nparameters:")[0].split("\n"):
        key, _, values = line.partition("=")
        if key in _UNUSED:
            line = f"{key}=" + " ".join("0" for _ in values.split(" "))
        elif key in _ROUNDED:
            line = f"{key}=" + " ".join(f"{float(value):.6g}" for value in values.split(" "))
        if key != "tree_sizes":
            lines.append(line)
    return "\n".join(lines)


def pair_class(stage: str, features: Floats) -> Ints:
    """Which curve of a stage a pair has: that of its class of names; full names that differ have curves of their own."""
    classes = name_class(features[:, COLUMN["bearers"]])
    if stage == "full":
        is_form = features[:, COLUMN["relation"]] != Relation.SAME
        classes = classes + NAME_CLASSES * is_form
    return classes


class UnreadableJudge(Exception):
    """The bytes are no model, or one with other features than this version builds."""


@dataclass(slots=True)
class Trees:
    """Boosters and curves by stage and round; a round after the second is judged as the second. `figures` are those
    of pairs that were held out of training."""

    boosters: dict[tuple[str, int], lightgbm.Booster] = field(default_factory=dict)
    curves: dict[tuple[str, int], dict[int, Curve]] = field(default_factory=dict)
    figures: dict[str, float] = field(default_factory=dict)
    _shares: dict[tuple[str, int], PathShares] = field(default_factory=dict)

    def __call__(self, stage: str, round_: int, features: Floats) -> Floats:
        key = stage, min(round_, 2)
        raw = chances(self.boosters[key], seen_by(stage, features, STAGE_COLUMNS[stage]))
        classes, curves = pair_class(stage, features), self.curves[key]
        out = np.zeros_like(raw)
        for number in np.unique(classes).tolist():
            chosen = classes == number
            out[chosen] = curves.get(number, curves[number % NAME_CLASSES])(raw[chosen])
        return out

    def shares(self, stage: str, round_: int, features: Floats) -> Floats:
        """What each feature adds to or takes from the log-odds; (rows, features)."""
        key = stage, min(round_, 2)
        if key not in self._shares:
            self._shares[key] = PathShares(self.boosters[key])
        return self._shares[key](seen_by(stage, features, STAGE_COLUMNS[stage]))

    @staticmethod
    def columns(stage: str) -> tuple[Feature, ...]:
        """The features of a stage, in order."""
        return STAGE_COLUMNS[stage]

    def to_bytes(self) -> bytes:
        """The whole model; equal models have equal bytes."""
        whole = {
            "form": FORM,
            "features": [feature.name for feature in RIVAL_FEATURES],
            "figures": self.figures,
            "parts": [
                {
                    "stage": stage,
                    "round": round_,
                    "trees": compact(booster.model_to_string()),
                    "curves": {str(n): [c.x, c.y] for n, c in sorted(self.curves[stage, round_].items())},
                }
                for (stage, round_), booster in sorted(self.boosters.items())
            ],
        }
        return lzma.compress(json.dumps(whole, sort_keys=True).encode(), preset=9)

    @classmethod
    def from_bytes(cls, content: bytes) -> Trees:
        """A judge from `to_bytes`; raises UnreadableJudge."""
        try:
            whole = json.loads(lzma.decompress(content))
            if whole["form"] != FORM or whole["features"] != [feature.name for feature in RIVAL_FEATURES]:
                raise UnreadableJudge(f"trained for {whole['form']}, not for {FORM}")
            judge = cls(figures=whole["figures"])
            for part in whole["parts"]:
                key = part["stage"], int(part["round"])
                judge.boosters[key] = lightgbm.Booster(model_str=part["trees"])
                judge.curves[key] = {int(n): Curve(tuple(x), tuple(y)) for n, (x, y) in part["curves"].items()}
        except (lzma.LZMAError, EOFError, ValueError, KeyError, TypeError, lightgbm.basic.LightGBMError) as fault:
            raise UnreadableJudge(str(fault)) from fault
        return judge
