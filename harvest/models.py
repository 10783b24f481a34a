"""Import runs and the records they could not take."""

from django.db import models
from django.db.models import Q


class ImportRun(models.Model):
    """One run of one source over one or more files; its counts grow with every batch that is committed.

    `position` says how many records of `current_path` are behind the last committed batch: a run that was killed
    goes on from there. A run is alive while `heartbeat_at` is recent.
    """

    class State(models.TextChoices):
        RUNNING = "running"
        COMPLETE = "complete"
        FAILED = "failed"

    source = models.CharField(max_length=32)
    paths = models.JSONField(default=list)
    state = models.CharField(max_length=16, choices=State, default=State.RUNNING)
    current_path = models.TextField(blank=True)
    current_fingerprint = models.CharField(max_length=100, blank=True)
    position = models.BigIntegerField(default=0)
    total_bytes = models.BigIntegerField(default=0)
    done_bytes = models.BigIntegerField(default=0)
    created_count = models.BigIntegerField(default=0)
    updated_count = models.BigIntegerField(default=0)
    unchanged_count = models.BigIntegerField(default=0)
    rejected_count = models.BigIntegerField(default=0)
    failure = models.TextField(blank=True, help_text="Why the run stopped, in a sentence; empty while all is well.")
    stage = models.CharField(
        max_length=200, blank=True, default="", help_text="What follows the records now; empty when nothing does."
    )
    stage_done = models.BigIntegerField(default=0)
    stage_total = models.BigIntegerField(default=0)
    started_at = models.DateTimeField()
    heartbeat_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["running", "complete", "failed"]), name="harvest_importrun_state_legal"
            ),
            models.CheckConstraint(
                condition=Q(state="running", finished_at__isnull=True)
                | Q(state__in=["complete", "failed"], finished_at__isnull=False),
                name="harvest_importrun_finished_when_not_running",
            ),
        ]
        indexes = [models.Index(fields=["-started_at", "-id"], name="harvest_importrun_latest")]

    def __str__(self) -> str:
        return f"{self.source} run {self.pk}"


class RejectedRecord(models.Model):
    """A record, or a part of one, that an import could not take.

    `is_warning` marks a part that was dropped from a record that was taken all the same. One row a line of a file:
    a second run over the same file updates it.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rejected_records")
    source = models.CharField(max_length=32)
    path = models.TextField()
    line = models.BigIntegerField(help_text="Line of the file, from 1; of an XML or BibTeX record its first line.")
    code = models.CharField(max_length=64)
    reason = models.TextField()
    excerpt = models.TextField(blank=True, help_text="The first characters of a rejected record; empty for a warning.")
    is_warning = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["path", "line", "code", "reason"], name="harvest_rejectedrecord_once"),
        ]
        indexes = [
            models.Index(fields=["run", "id"], name="harvest_rejectedrecord_run"),
            models.Index(fields=["-id"], condition=models.Q(is_warning=False), name="harvest_rejectedrecord_out"),
        ]

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.code}"
