"""What each source said, what people corrected, and what has changed since the read models looked."""

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from papers.models.works import Paper


class RecordKind(models.TextChoices):
    PAPER = "paper"
    AUTHOR = "author"
    INSTITUTION = "institution"
    VENUE = "venue"
    TOPIC = "topic"


class PaperStatement(models.Model):
    """A work as one source states it.

    `digest` tells an unchanged record from a changed one. A source may carry one key twice with different content:
    `other_digests` are those that the same run read before, so that a second run finds nothing new in either.
    """

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="statements")
    source = models.CharField(max_length=32)
    source_key = models.CharField(max_length=320)
    digest = models.BinaryField(max_length=16)
    other_digests = ArrayField(models.BinaryField(max_length=16), default=list, blank=True)
    statement = models.JSONField()
    first_seen_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "source_key"], name="papers_paperstatement_once")]

    def __str__(self) -> str:
        return f"{self.source} {self.source_key}"


class EntityStatement(models.Model):
    """An author, institution, venue or topic as one source states it."""

    kind = models.CharField(max_length=16, choices=RecordKind)
    object_id = models.BigIntegerField()
    source = models.CharField(max_length=32)
    source_key = models.CharField(max_length=320)
    digest = models.BinaryField(max_length=16)
    statement = models.JSONField()
    first_seen_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "source", "source_key"],
                name="papers_entitystatement_once",
            ),
        ]
        indexes = [models.Index(fields=["kind", "object_id"], name="papers_entitystatement_object")]

    def __str__(self) -> str:
        return f"{self.source} {self.source_key}"


# Imports note with a correction what sources say by now; that is not an act of a person's.
@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(condition=pghistory.AnyChange("value", "reason", "by", "at", "object_id")),
    pghistory.DeleteEvent(),
    model_name="CorrectionLog",
    meta={"indexes": [models.Index(fields=["kind", "object_id"], name="papers_correctionlog_object")]},
)
class Correction(models.Model):
    """A field that a person set; it outlives every later import until it is withdrawn.

    `imported_value` is what would be shown without it: what stood when it was made, and since then whatever imports
    make of the sources. `imported_source` names who says so; empty when that is the record's only source. Rendered
    fields have `{"text", "html"}` there, a venue is its row id, a date "2022", "2022-05" or "2022-05-24".
    """

    kind = models.CharField(max_length=16, choices=RecordKind)
    object_id = models.BigIntegerField()
    field = models.CharField(max_length=64)
    value = models.JSONField(null=True)
    imported_value = models.JSONField(null=True)
    imported_source = models.CharField(max_length=32, blank=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    is_own_word = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Owners on themselves: shown, found in search, and no proof that a byline is theirs.",
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id", "field"], name="papers_correction_once"),
            models.CheckConstraint(condition=~Q(field=""), name="papers_correction_names_field"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}: {self.field}"


class Change(models.Model):
    """A record that an import, a merge or a correction touched: rows that read models take away, with SKIP LOCKED
    and in order of id. Duplicates are harmless and cheaper than a unique index."""

    kind = models.CharField(max_length=16, choices=RecordKind)
    object_id = models.BigIntegerField()
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
