"""Trained before a year, judged after it, beside baselines that cost nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from metrics.ai_score.corpus import Corpus, Integers, Values, known_percentiles
from metrics.ai_score.features import GROUPS, NAMES, build_features
from metrics.ai_score.interval import calibrate
from metrics.ai_score.model import silenced, train, training_set
from metrics.ai_score.ranks import rank_correlation
from metrics.ai_score.record import UNDECIDED, turn_of

PEOPLE = ("author_record", "author_output", "author_h", "author_citations", "career", "institutions")
TEXT = ("wording", "length", "style", "novelty", "neighbours")
# The same model that may not know everything: what it is left to know nothing of, as groups of features.
BLINDED: Mapping[str, Collection[str]] = {
    "without_people": PEOPLE,
    "text_alone": [group for group in GROUPS if group not in TEXT],
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """How well a ranking foretold citations.

    spearman: rank correlation of prediction and percentile; NaN where either is constant. decile_lift:
    how many times more of the truly top tenth are in the foretold top tenth than chance would put there.
    coverage: share of papers the predictor says something about; the others stand at 50.
    """

    spearman: float
    decile_lift: float
    coverage: float = 1.0


@dataclass(frozen=True, slots=True)
class Backtest:
    """One trial out of time. last_year: the last that was judged. blinded: the model as it is when it knows less, by the
    names of BLINDED. interval_coverage: share of the judged papers within the interval of 80 % that was calibrated
    before; NaN where there were too few to calibrate it. Rows of papers and their predictions are kept so that trials of
    several years can be pooled."""

    before_year: int
    last_year: int
    trained_on: int
    model: Judgement
    first_author: Judgement
    best_author: Judgement
    category: Judgement
    venue: Judgement
    blinded: Mapping[str, Judgement]
    interval_coverage: float
    rows: Integers
    predicted: Values
    happened: Values

    @property
    def judged_on(self) -> int:
        """Papers judged."""
        return len(self.rows)

    @property
    def beats_baselines(self) -> bool:
        """Whether the model may be shown: better than all of them in rank correlation."""
        return all(
            not self.model.spearman <= other.spearman
            for other in (self.first_author, self.best_author, self.category, self.venue)
            if not np.isnan(other.spearman)
        ) and not np.isnan(self.model.spearman)


def backtest(
    corpus: Corpus, *, before_year: int, last_year: int | None = None, features: Values | None = None
) -> Backtest:
    """Train on papers before a year with what was known when it began; judge on those from it to last_year.

    features: build_features(corpus), when the caller has it already. Raises TooLittleToLearn.
    """
    inputs = build_features(corpus) if features is None else features
    known_then = known_percentiles(corpus, turn_of(before_year))
    happened = known_percentiles(corpus)
    lessons = training_set(corpus=corpus, features=inputs, targets=known_then, before_year=before_year)
    model = train(lessons, before_year=before_year)
    last = int(corpus.years.max()) if last_year is None else last_year
    judged = (corpus.years >= before_year) & (corpus.years <= last) & corpus.scorable & ~np.isnan(happened)
    rows = np.flatnonzero(judged).astype(np.int64)
    known = model.complete(inputs, corpus, rows)
    predicted, truth = model.predict(known), happened[rows]
    interval = calibrate(lessons, corpus)
    return Backtest(
        before_year=before_year,
        last_year=last,
        trained_on=model.trained_on,
        model=judge(predicted, truth),
        first_author=judge(inputs[rows, NAMES.index("author_mean_first")], truth),
        best_author=judge(inputs[rows, NAMES.index("author_mean_most")], truth),
        venue=judge(inputs[rows, NAMES.index("venue_leaning")], truth),
        category=judge(_category_means(corpus, known_then)[rows], truth),
        blinded={
            name: judge(np.asarray(lessons.grow(silent=groups).predict(silenced(known, groups), num_threads=1)), truth)
            for name, groups in BLINDED.items()
        },
        interval_coverage=interval.coverage(predicted=predicted, happened=truth) if interval else float("nan"),
        rows=rows,
        predicted=predicted,
        happened=truth,
    )


def pooled(trials: Sequence[Backtest]) -> Judgement:
    """Trials of single years judged together, each paper by the model trained just before its year."""
    return judge(
        np.concatenate([trial.predicted for trial in trials]),
        np.concatenate([trial.happened for trial in trials]),
    )


def judge(predicted: Values, happened: Values) -> Judgement:
    """Compare predictions (NaN stands at 50) with percentiles that are all known."""
    silent = np.isnan(predicted)
    filled = np.where(silent, UNDECIDED, predicted)
    return Judgement(
        spearman=rank_correlation(filled, happened),
        decile_lift=decile_lift(filled, happened),
        coverage=float(1 - silent.mean()) if len(silent) else 0.0,
    )


def decile_lift(predicted: Values, happened: Values) -> float:
    """Share of the top tenth that the foretold top tenth holds, over a tenth; ties share the last places."""
    tenth = len(predicted) // 10
    if not tenth:
        return float("nan")
    overlap = float((_membership(predicted, tenth) * _membership(happened, tenth)).sum())
    return overlap / tenth / (tenth / len(predicted))


def _membership(values: Values, count: int) -> Values:
    """1 inside the top places, 0 outside, and the fair share for those who tie at the edge."""
    edge = np.sort(values)[-count]
    above, equal = values > edge, values == edge
    share = (count - above.sum()) / equal.sum()
    return np.where(above, 1.0, np.where(equal, share, 0.0))


def _category_means(corpus: Corpus, percentiles: Values) -> Values:
    """Mean percentile of each paper's category among papers known then; NaN without one."""
    known = ~np.isnan(percentiles) & (corpus.fields >= 0)
    size = int(corpus.fields.max(initial=-1)) + 1
    number = np.bincount(corpus.fields[known], minlength=size)
    total = np.bincount(corpus.fields[known], weights=percentiles[known], minlength=size)
    means = np.divide(total, number, out=np.full(size, np.nan), where=number > 0)
    return np.where(corpus.fields >= 0, np.round(means[corpus.fields], 9), np.nan)
