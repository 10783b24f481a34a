"""What was taken out of the log because a person asked to be forgotten."""

from django.db import models


class LogScrub(models.Model):
    """One run of the only function that may change the log. `person_id` is the number that the account had.

    Rows are written by that function alone (migration 0012); the application's role reads them.
    """

    person_id = models.BigIntegerField()
    reason = models.TextField()
    rows = models.IntegerField(help_text="Rows of the log that named the person.")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.rows} rows about {self.person_id}"
