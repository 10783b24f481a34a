"""Training and scoring as rows: what a lost bell or a killed worker cannot take away."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from common.db.leased_rows import LeasedRow, LeasedRows
from metrics.models.scores import ScoreModel


class AutomaticTraining(models.Model):
    """Whether a model is trained and activated without a hand: one row, made when a curator first decides.

    While there is none it is allowed.
    """

    is_allowed = models.BooleanField(default=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name_plural = "automatic training"
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="metrics_automatictraining_one")]

    def __str__(self) -> str:
        return "allowed" if self.is_allowed else "refused"


class ScoreJobQuerySet(LeasedRows["ScoreJob"]):
    """Trainings and scorings."""


class ScoreJob(LeasedRow):
    """One training, or one scoring of all papers by the active model. At most one of a kind waits, and one runs.

    Taken with a lease; when it runs out another worker goes on. A scoring goes on after `last_paper_id`. `before_year`
    is NULL where the newest years with enough works are to be judged. `model` is what was trained, or what scored.
    `failure` is a code, `detail` its figures.
    """

    class Kind(models.TextChoices):
        TRAIN = "train"
        SCORE = "score"

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    kind = models.CharField(max_length=8, choices=Kind)
    state = models.CharField(max_length=16, choices=State, default=State.QUEUED)
    before_year = models.SmallIntegerField(null=True, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    requested_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    step = models.CharField(max_length=32, blank=True)
    corpus_size = models.BigIntegerField(default=0, help_text="Papers in the portal when a training was asked for.")
    last_paper_id = models.BigIntegerField(default=0)
    written_count = models.IntegerField(default=0)
    model = models.ForeignKey(ScoreModel, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    failure = models.CharField(max_length=32, blank=True)
    detail = models.TextField(blank=True)

    objects = ScoreJobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind"], condition=Q(state="queued"), name="metrics_scorejob_one_queued"),
            models.UniqueConstraint(fields=["kind"], condition=Q(state="running"), name="metrics_scorejob_one_running"),
            models.CheckConstraint(
                condition=Q(kind__in=["train", "score"], state__in=["queued", "running", "done", "failed"]),
                name="metrics_scorejob_kind_and_state_legal",
            ),
            models.CheckConstraint(
                condition=~Q(state="running") | Q(lease_until__isnull=False),
                name="metrics_scorejob_lease_while_running",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"
