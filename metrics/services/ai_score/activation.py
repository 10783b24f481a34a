"""Which model speaks: one at a time, and only one that beat its baselines out of time."""

from datetime import datetime

from django.db import transaction

from metrics.models import ScoreModel
from metrics.services.ai_score.jobs import request_scoring


class MayNotBeShown(Exception):
    """The model did not beat every baseline out of time; `model` is it."""

    def __init__(self, model: ScoreModel) -> None:
        super().__init__(f"version {model.version} does not beat its baselines")
        self.model = model


def activate_model(*, model_id: int, now: datetime, by_id: int | None = None) -> ScoreModel:
    """Let a version speak from now on and have every paper scored by it; raises MayNotBeShown.

    Until the scoring reaches a paper its score stays that of the version before, and says so.
    """
    with transaction.atomic():
        model = ScoreModel.objects.select_for_update().defer("content").get(pk=model_id)
        if not model.beats_baselines:
            raise MayNotBeShown(model)
        ScoreModel.objects.filter(is_active=True).exclude(pk=model_id).update(is_active=False)
        ScoreModel.objects.filter(pk=model_id).update(is_active=True)
        model.is_active = True
        request_scoring(now=now, by_id=by_id)
    return model


def retire_model(*, model_id: int, now: datetime, by_id: int | None = None) -> None:
    """Let no version speak: the scores of all papers are taken away, and say why."""
    with transaction.atomic():
        ScoreModel.objects.filter(pk=model_id).update(is_active=False)
        request_scoring(now=now, by_id=by_id)
