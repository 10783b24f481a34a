"""The portal's one table: which periods of which job have been enqueued."""

from django.db import models


class ScheduledRun(models.Model):
    """A job's period that some beat has taken on. `sent_at` is NULL until the message was delivered."""

    job = models.CharField(max_length=100)
    period_started_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "period_started_at"], name="portal_one_run_a_period"),
        ]

    def __str__(self) -> str:
        return f"{self.job} of {self.period_started_at:%Y-%m-%d %H:%M:%S}"
