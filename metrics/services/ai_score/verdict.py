"""Whether a model may be shown, as a code and the figures that its sentence needs."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from metrics.ai_score.backtest import Backtest, Judgement
from metrics.ai_score.interval import Interval

BEATS, LOSES, RANKS_NOTHING = "beats_baselines", "loses_to_baseline", "ranks_nothing"
BASELINES = ("first_author", "best_author", "category", "venue")
Figures = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Verdict:
    """code: one of the three above. baseline: the strongest that the model does not beat, "" when it beats all."""

    code: str
    baseline: str = ""

    @property
    def may_be_shown(self) -> bool:
        return self.code == BEATS


def verdict_of(trial: Backtest) -> Verdict:
    """The verdict on a trial; a tie is a loss."""
    if math.isnan(trial.model.spearman):
        return Verdict(RANKS_NOTHING)
    others = [(name, getattr(trial, name).spearman) for name in BASELINES]
    ahead = [(name, value) for name, value in others if value >= trial.model.spearman]  # NaN is never ahead
    if not ahead:
        return Verdict(BEATS)
    return Verdict(LOSES, max(ahead, key=lambda pair: pair[1])[0])


def figures_of(trial: Backtest, verdict: Verdict, interval: Interval | None) -> dict[str, Any]:
    """A trial as it is stored, with the interval of the model that is kept. What does not exist is None."""
    return {
        "before_year": trial.before_year,
        "last_year": trial.last_year,
        "trained_on": trial.trained_on,
        "judged_on": trial.judged_on,
        "model": _judgement(trial.model),
        "baselines": {name: _judgement(getattr(trial, name)) for name in BASELINES},
        "blinded": {name: _judgement(row) for name, row in trial.blinded.items()},
        "interval": asdict(interval) if interval else None,
        "interval_coverage": _figure(trial.interval_coverage),
        "verdict": {"code": verdict.code, "baseline": verdict.baseline},
    }


def _judgement(judgement: Judgement) -> dict[str, float | None]:
    values = {
        "spearman": judgement.spearman,
        "decile_lift": judgement.decile_lift,
        "coverage": judgement.coverage,
    }
    return {name: _figure(value) for name, value in values.items()}


def _figure(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 4)
