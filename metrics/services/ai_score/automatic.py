"""Training without a hand: when it is due, and whether its model may speak by itself."""

from datetime import datetime, timedelta

from common.db.sql import fetch_value
from metrics.models import AutomaticTraining, PaperMetrics, RefreshRun, ScoreJob, ScoreModel
from metrics.services.ai_score.activation import activate_model
from metrics.services.ai_score.jobs import request_training
from papers.models import Change

AGAIN_AFTER = timedelta(days=30)
NEW_SHARE = 0.1
FEWEST_PAPERS = 500
# How much the rank correlation out of time must be above that of the best baseline.
MARGIN = 0.02

_SIZE = """
SELECT CASE WHEN reltuples < 100000 THEN (SELECT count(*) FROM papers_paper) ELSE reltuples END::bigint
FROM pg_class WHERE oid = 'papers_paper'::regclass
"""


def is_allowed() -> bool:
    """Whether models are trained and activated without a hand; a curator can refuse it."""
    decided = AutomaticTraining.objects.values_list("is_allowed", flat=True).first()
    return decided is not False


def decide(*, is_allowed: bool, by_id: int, now: datetime) -> None:
    """A curator allows or refuses it."""
    AutomaticTraining.objects.update_or_create(
        pk=1, defaults={"is_allowed": is_allowed, "decided_by_id": by_id, "decided_at": now}
    )


def request_due_training(*, now: datetime) -> bool:
    """Ask for a training when one is due and the numbers that it learns from are there; says whether it did.

    Due: none was ever tried, the last is a month old, or a tenth of the papers has come since.
    """
    if not is_allowed() or is_anything_computed():
        return False
    trainings = ScoreJob.objects.filter(kind=ScoreJob.Kind.TRAIN)
    if trainings.filter(finished_at=None).exists():
        return False
    size, last = corpus_size(), trainings.order_by("-pk").first()
    if size < FEWEST_PAPERS:
        return False
    if last is not None and last.finished_at is not None:
        grown = size >= (1 + NEW_SHARE) * last.corpus_size
        if not grown and last.finished_at > now - AGAIN_AFTER:
            return False
    request_training(now=now, corpus_size=size)
    return True


def is_anything_computed() -> bool:
    """Whether numbers that a model learns from are still on their way."""
    return (
        Change.objects.exists()
        or RefreshRun.objects.filter(state=RefreshRun.State.RUNNING).exists()
        or PaperMetrics.objects.filter(novelty_unknown="waiting").exists()
    )


def corpus_size() -> int:
    """Papers in the portal; about, where they are many."""
    return int(fetch_value(_SIZE))


def activate_if_better(*, model: ScoreModel, now: datetime) -> bool:
    """Let a new version speak by itself when it beats every baseline by the margin; says whether it does."""
    if not is_allowed() or not model.beats_baselines or margin_of(model) < MARGIN:
        return False
    activate_model(model_id=model.pk, now=now)
    return True


def margin_of(model: ScoreModel) -> float:
    """Rank correlation in held-out years above that of the best baseline; those that rank nothing count as 0."""
    baselines = [row["spearman"] or 0.0 for row in model.backtest["baselines"].values()]
    return float(model.backtest["model"]["spearman"] or 0.0) - max(baselines, default=0.0)
