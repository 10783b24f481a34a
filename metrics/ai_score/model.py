"""The trained model: predicts, explains, and is a string of bytes."""

from __future__ import annotations

import io
import json
from collections.abc import Collection
from dataclasses import dataclass
from zipfile import BadZipFile

import lightgbm
import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from metrics.ai_score.corpus import Corpus, Integers, Values
from metrics.ai_score.features import FEATURES, GROUPS, NAMES, WORDING, build_features
from metrics.ai_score.wording import WordingModel, count_words, train_wording, wording_out_of_fold

FORMULA = "ai_score@1"
SEED = 20261122
ROUNDS = 300
LONGEST_MEMORY_YEARS = 10
FEWEST_PAPERS = 200
# Words of more papers than these fill gigabytes and teach little more; read at a time, words of this many papers.
MOST_PAPERS = 60_000
AT_ONCE = 20_000
UNREADABLE = (ValueError, KeyError, OSError, EOFError, BadZipFile, lightgbm.basic.LightGBMError)
PARAMETERS: dict[str, object] = {
    "objective": "regression",
    "learning_rate": 0.03,
    "num_leaves": 8,
    "min_child_samples": 30,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "max_bin": 63,
    "min_data_per_group": 100,
    "monotone_constraints": [feature.direction for feature in FEATURES],
    "seed": SEED,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbose": -1,
}


class TooLittleToLearn(Exception):
    """Fewer scorable papers with a percentile than a model can be learned from."""


class UnreadableModel(Exception):
    """The bytes are no model, or one with other features than this version builds."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What moved one score. base: the score of a paper nothing is known of. parts: points that each group
    of features added or took, the largest first; base and parts sum to the score before it is cut to 0–100."""

    base: float
    parts: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class AIScoreModel:
    """Linear reading of the wording, then boosted trees over named features.

    before_year: nothing of that year or later was learned from. trained_on: papers learned from.
    """

    booster: lightgbm.Booster
    wording: WordingModel
    before_year: int
    trained_on: int

    def features_of(self, corpus: Corpus) -> Values:
        """(papers, features) with the wording column filled; NaN is unknown."""
        return self.complete(build_features(corpus), corpus, np.arange(len(corpus), dtype=np.int64))

    def complete(self, features: Values, corpus: Corpus, rows: Integers) -> Values:
        """Features of the rows asked for, their wording filled in; `features` runs over the whole corpus."""
        chosen = features[rows].copy()
        for start in range(0, len(rows), AT_ONCE):
            part = rows[start : start + AT_ONCE]
            said = self.wording.predict(words=_words_of(corpus, part), vectors=corpus.vectors[part])
            chosen[start : start + AT_ONCE, NAMES.index(WORDING.name)] = said
        return chosen

    def predict(self, features: Values) -> Values:
        """Scores from 0 to 100, one a row of features."""
        predicted: Values = np.asarray(self.booster.predict(features, num_threads=1), dtype=np.float64)
        return np.clip(predicted, 0.0, 100.0)

    def explain(self, features: Values) -> list[Explanation]:
        """Tree contributions (Lundberg et al. 2020) summed by group, one explanation a row of features."""
        shares = np.asarray(self.booster.predict(features, pred_contrib=True, num_threads=1))
        grouped = np.zeros((len(features), len(GROUPS)))
        for column, feature in enumerate(FEATURES):
            grouped[:, GROUPS.index(feature.group)] += shares[:, column]
        return [_explanation(float(row[-1]), parts) for row, parts in zip(shares, grouped, strict=True)]

    def to_bytes(self) -> bytes:
        """The whole model; equal models have equal bytes."""
        about = {
            "formula": FORMULA,
            "features": NAMES,
            "before_year": self.before_year,
            "trained_on": self.trained_on,
        }
        stream = io.BytesIO()
        np.savez(
            stream,
            about=np.array(json.dumps(about)),
            trees=np.array(self.booster.model_to_string()),
            buckets=self.wording.buckets,
            rarity=self.wording.rarity,
            slopes=self.wording.slopes,
            intercept=np.array(self.wording.intercept),
        )
        return stream.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> AIScoreModel:
        """The model that to_bytes wrote (nothing is unpickled); raises UnreadableModel on anything else."""
        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as parts:
                about = json.loads(str(parts["about"]))
                wording = WordingModel(parts["buckets"], parts["rarity"], parts["slopes"], float(parts["intercept"]))
                booster = lightgbm.Booster(model_str=str(parts["trees"]))
        except UNREADABLE as error:
            raise UnreadableModel("these bytes hold no AI Score model") from error
        if about["features"] != list(NAMES):
            raise UnreadableModel("the model was trained on other features")
        return cls(booster, wording, before_year=about["before_year"], trained_on=about["trained_on"])


def _explanation(base: float, parts: Values) -> Explanation:
    order = np.argsort(-np.abs(parts), kind="stable")
    return Explanation(base=base, parts=tuple((GROUPS[group], float(parts[group])) for group in order))


def _words_of(corpus: Corpus, rows: Integers) -> csr_matrix:
    wanted = rows.tolist()
    return count_words(
        titles=[corpus.titles[row] for row in wanted], abstracts=[corpus.abstracts[row] for row in wanted]
    )


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """What trees are grown from. rows: of the corpus, (n,). inputs: (n, features), the wording column filled by models
    that had not read the paper. targets: citation percentiles, (n,), none of them NaN. wording: learned from all rows."""

    rows: Integers
    inputs: Values
    targets: Values
    wording: WordingModel

    def grow(self, rows: npt.NDArray[np.bool_] | None = None, *, silent: Collection[str] = ()) -> lightgbm.Booster:
        """Trees grown from all rows or from some, without the groups of features in `silent`."""
        inputs = self.inputs if rows is None else self.inputs[rows]
        targets = self.targets if rows is None else self.targets[rows]
        table = lightgbm.Dataset(
            silenced(inputs, silent), targets, feature_name=list(NAMES), categorical_feature=["field"]
        )
        return lightgbm.train(PARAMETERS, table, num_boost_round=ROUNDS)


def training_set(*, corpus: Corpus, features: Values, targets: Values, before_year: int) -> TrainingSet:
    """The ten years before a year; 60,000 of their papers, evenly chosen, where there are more.

    features: build_features(corpus). targets: citation percentiles as known when that year began (NaN
    rows are not learned from). Raises TooLittleToLearn under 200 papers.
    """
    recent = (corpus.years < before_year) & (corpus.years >= before_year - LONGEST_MEMORY_YEARS)
    rows = np.flatnonzero(recent & corpus.scorable & ~np.isnan(targets)).astype(np.int64)
    if len(rows) < FEWEST_PAPERS:
        raise TooLittleToLearn(f"{len(rows)} papers before {before_year}, {FEWEST_PAPERS} are needed")
    if len(rows) > MOST_PAPERS:
        rows = rows[np.linspace(0, len(rows) - 1, MOST_PAPERS).astype(np.int64)]
    words = _words_of(corpus, rows)
    vectors, goals = corpus.vectors[rows], targets[rows]
    inputs = features[rows].copy()
    inputs[:, NAMES.index(WORDING.name)] = wording_out_of_fold(words=words, vectors=vectors, targets=goals, seed=SEED)
    return TrainingSet(rows, inputs, goals, train_wording(words=words, vectors=vectors, targets=goals))


def train(lessons: TrainingSet, *, before_year: int) -> AIScoreModel:
    """The model of a training set; nothing of `before_year` or later is in it."""
    return AIScoreModel(lessons.grow(), lessons.wording, before_year=before_year, trained_on=len(lessons.rows))


def silenced(features: Values, groups: Collection[str]) -> Values:
    """Features with those of some groups unknown (NaN)."""
    if not groups:
        return features
    quiet = features.copy()
    quiet[:, [feature.group in groups for feature in FEATURES]] = np.nan
    return quiet
