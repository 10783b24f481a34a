"""Versions of the AI Score for those who choose among them: two versions side by side, and the latest jobs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from metrics.ai_score.ranks import rank_correlation
from metrics.models import ScoreJob, ScoreModel
from papers.models import Paper

MOST_CHANGED = 20
JOBS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class ChangedPaper:
    """A paper of both samples, and what each version says of it."""

    paper: Paper
    before: float
    after: float

    @property
    def change(self) -> float:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions over the papers that are in both samples, each as it scored them when it was trained.

    rank_correlation: Spearman's, None where there are too few. mean_change: of the absolute differences.
    """

    papers: int
    rank_correlation: float | None
    mean_change: float | None
    most_changed: Sequence[ChangedPaper]


def comparison_of(before: ScoreModel, after: ScoreModel) -> Comparison:
    """What would change: rank correlation and the papers whose score changes most. One query."""
    old, new = (dict(model.backtest.get("sample", [])) for model in (before, after))
    shared = sorted(old.keys() & new.keys())
    if not shared:
        return Comparison(0, None, None, ())
    first, second = (np.array([scores[pk] for pk in shared], dtype=np.float64) for scores in (old, new))
    correlation = rank_correlation(first, second)
    moved = [pk for pk in shared if new[pk] != old[pk]]
    order = sorted(moved, key=lambda pk: (-abs(new[pk] - old[pk]), pk))[:MOST_CHANGED]
    papers = Paper.objects.in_bulk(order)
    return Comparison(
        papers=len(shared),
        rank_correlation=None if np.isnan(correlation) else correlation,
        mean_change=float(abs(second - first).mean()),
        most_changed=[ChangedPaper(papers[pk], old[pk], new[pk]) for pk in order if pk in papers],
    )


def latest_jobs() -> list[ScoreJob]:
    """Trainings and scorings, the newest first."""
    return list(
        ScoreJob.objects.select_related("requested_by", "model").defer("model__content").order_by("-pk")[:JOBS_SHOWN]
    )
