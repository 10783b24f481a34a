"""Which version of the AI Score's model speaks."""

from django.db import transaction

from metrics.models import ScoreModel


class NotShowable(Exception):
    """The model lost to a baseline out of time, so it may not speak."""


def activate_score_model(*, version: int) -> ScoreModel:
    """Let this version speak from the next refresh on, and no other. Raises NotShowable, ScoreModel.DoesNotExist."""
    with transaction.atomic():
        model = ScoreModel.objects.select_for_update().get(version=version)
        if not model.beats_baselines:
            raise NotShowable(f"Model {version} does not beat its baselines: {model.reason}")
        ScoreModel.objects.filter(is_active=True).exclude(pk=model.pk).update(is_active=False)
        ScoreModel.objects.filter(pk=model.pk).update(is_active=True)
        model.is_active = True
    return model


def silence_score_models() -> int:
    """Let no version speak: scores are unknown from the next refresh on."""
    return ScoreModel.objects.filter(is_active=True).update(is_active=False)
