"""What must be computed anew, as rows: the truth that a lost bell or a killed worker cannot take away."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from common.db.leased_rows import LeasedRow, LeasedRows


class Stage(models.IntegerChoices):
    """Steps of a full refresh. A stage begins when every item of the ones before it is done."""

    COVERAGE = 5
    PAPERS = 10
    AUTHORS = 20
    SELF_CITATIONS = 30
    PEERS = 40
    VECTORS = 50
    NEIGHBOURS = 60
    NOVELTY = 70
    SCORES = 80
    AVERAGES = 90
    PROFILES = 100
    TOPICS = 110
    INSTITUTIONS = 120
    VENUES = 130
    SNAPSHOTS = 140


class RefreshRun(models.Model):
    """One full refresh. `as_of_date` is the day that every formula of the run takes for today; `formulas` names the
    versions in force, so that a portal whose code is newer than its numbers is seen.

    `scope`: everything; all numbers but Novelty and the AI Score, which read texts; or counts and indices alone.
    """

    class State(models.TextChoices):
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    class Scope(models.TextChoices):
        ALL = "all"
        NUMBERS = "numbers"
        CITATIONS = "citations"

    state = models.CharField(max_length=16, choices=State, default=State.RUNNING)
    scope = models.CharField(max_length=16, choices=Scope, default=Scope.ALL)
    reason = models.CharField(max_length=200, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    as_of_date = models.DateField()
    formulas = models.CharField(max_length=64, blank=True, default="")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["running", "done", "failed", "cancelled"]),
                name="metrics_refreshrun_state_legal",
            ),
            models.UniqueConstraint(
                fields=["scope"], condition=Q(state="running"), name="metrics_refreshrun_one_running"
            ),
        ]
        indexes = [models.Index(fields=["-started_at", "-id"], name="metrics_refreshrun_latest")]

    def __str__(self) -> str:
        return f"refresh {self.pk}"


class RefreshItemQuerySet(LeasedRows["RefreshItem"]):
    """Items of full refreshes."""


class RefreshItem(LeasedRow):
    """A range of ids that one worker computes in one transaction.

    Taken with SKIP LOCKED. While it runs its worker holds the row's lock, and `lease_until` says when another may
    take it up if that worker is gone. `failure` is the last reason, kept after a retry succeeds. Both ends of the
    range belong to it.
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    run = models.ForeignKey(RefreshRun, on_delete=models.CASCADE, related_name="items", db_index=False)
    stage = models.SmallIntegerField(choices=Stage)
    low_id = models.BigIntegerField()
    high_id = models.BigIntegerField()
    state = models.CharField(max_length=16, choices=State, default=State.QUEUED)
    failures = models.SmallIntegerField(default=0, help_text="How often its computation failed.")
    not_before = models.DateTimeField(null=True, blank=True)
    failure = models.TextField(blank=True)
    rows_written = models.IntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = RefreshItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "stage", "low_id"], name="metrics_refreshitem_once"),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "running", "done", "failed"]),
                name="metrics_refreshitem_state_legal",
            ),
            models.CheckConstraint(
                condition=Q(state="running", lease_until__isnull=False) | ~Q(state="running"),
                name="metrics_refreshitem_lease_while_running",
            ),
        ]
        indexes = [
            models.Index(fields=["run", "stage", "id"], condition=~Q(state="done"), name="metrics_refreshitem_open"),
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} {self.low_id}–{self.high_id}"


class Overdue(models.Model):
    """A paper or an author whose numbers are behind the record, because an import could not afford them at once.

    `paper`: a cited work, whose count is right all the same; its citations by year, its self-citations and its bylines
    wait. `coverage`, one row of id 0: works came, so that the lack of a citing work may be evidence where it was none, or
    the other way round. `author`: indices and means. `profile`: fields, topics, places, collaborators and trust of an author whose own
    works changed. Pages say so of what they show. `run` is the full refresh that took it over: the row goes when that is done, unless
    it was marked again since.
    """

    class Kind(models.TextChoices):
        PAPER = "paper"
        AUTHOR = "author"
        PROFILE = "profile"
        COVERAGE = "coverage"

    OF_AUTHORS = (Kind.AUTHOR, Kind.PROFILE)

    pk = models.CompositePrimaryKey("kind", "object_id")
    kind = models.CharField(max_length=8, choices=Kind)
    object_id = models.BigIntegerField()
    run = models.ForeignKey(RefreshRun, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)

    class Meta:
        verbose_name_plural = "overdue"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["paper", "author", "profile", "coverage"]),
                name="metrics_overdue_kind_legal",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
