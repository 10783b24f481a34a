"""Versions of the model behind the AI Score."""

from django.db import models
from django.db.models import Q


class ScoreModel(models.Model):
    """One trained model. At most one is active, and only a model that beat its baselines may be.

    `cut_off_date`: nothing published or cited later was learnt from. `features` are their names in order.
    `backtest` holds the figures out of time beside the baselines, and the verdict's reason in `reason`.
    `content` is the model as its library writes it.
    """

    version = models.IntegerField(unique=True)
    formula = models.CharField(max_length=64)
    embedding = models.CharField(max_length=100, blank=True)
    cut_off_date = models.DateField()
    trained_at = models.DateTimeField()
    paper_count = models.IntegerField()
    features = models.JSONField(default=list)
    parameters = models.JSONField(default=dict)
    backtest = models.JSONField(default=dict)
    beats_baselines = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    is_active = models.BooleanField(default=False)
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_active"], condition=Q(is_active=True), name="metrics_one_active_score_model"
            ),
            models.CheckConstraint(
                condition=Q(is_active=False) | Q(beats_baselines=True),
                name="metrics_active_model_beats_baselines",
            ),
        ]

    def __str__(self) -> str:
        return f"AI Score model {self.version}"
