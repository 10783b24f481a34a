"""What people decided about who is who: bylines that are or are not an author's, records merged and split."""

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from papers.models.people import Author
from papers.models.works import Paper


@pghistory.track(model_name="RecordRevisionLog")
class RecordRevision(models.Model):
    """A merge or a split of author records: what it moved is in its moves, from which it is undone.

    `author` is the record that a merge kept, or that a split took bylines from; `author_ids` are all records that the
    revision touched. A revision stands until `undone_at` is set, once and for ever.
    """

    class Kind(models.TextChoices):
        MERGE = "merge"
        SPLIT = "split"

    kind = models.CharField(max_length=8, choices=Kind)
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="record_revisions")
    author_ids = ArrayField(models.BigIntegerField())
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name, verbose_name_plural = "merge or split", "merges and splits"
        permissions = [("undo_recordrevision", "Can undo merges and splits of others")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["merge", "split"]), name="papers_recordrevision_kind_legal"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=False) | Q(undone_by__isnull=True),
                name="papers_recordrevision_undone_by_whom",
            ),
        ]
        indexes = [
            GinIndex(fields=["author_ids"], name="papers_recordrevision_authors"),
            models.Index(fields=["-at", "-id"], name="papers_recordrevision_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class RecordMove(models.Model):
    """One row that a revision moved from one author to another, named so that it is found after an import rewrote it.

    `row_id` is the row as it was; a byline is found again by `paper`, `value` (its printed name) and `number`, what
    else there is by `value`. `before` and `after` are what a column held whose whole text changed.
    """

    class What(models.TextChoices):
        BYLINE = "byline"
        NAME = "name"
        IDENTIFIER = "identifier"
        AFFILIATION = "affiliation"
        STATEMENT = "statement"
        REDIRECT = "redirect"
        SEARCH_TEXT = "search text"
        MADE = "made"
        SET_ASIDE = "set aside"

    revision = models.ForeignKey(RecordRevision, on_delete=models.CASCADE, related_name="moves", db_index=False)
    what = models.CharField(max_length=12, choices=What)
    row_id = models.BigIntegerField()
    paper = models.ForeignKey(Paper, null=True, blank=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    number = models.IntegerField(null=True, blank=True)
    value = models.CharField(max_length=400, blank=True)
    from_author = models.ForeignKey(
        Author, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    to_author = models.ForeignKey(
        Author, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["revision", "what", "row_id"], name="papers_recordmove_once"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.row_id}: {self.from_author_id} → {self.to_author_id}"


@pghistory.track(model_name="BylineDecisionLog")
class BylineDecision(models.Model):
    """A person's word on who stands on a paper's byline. It stands above every import until it is withdrawn.

    `is_theirs` true: the name printed as `printed_name` at `position` is `author`. False: `author` is nowhere on this
    byline. The byline went from `from_author` to `to_author`, and goes back when the decision is withdrawn. `revision` is
    the split that made the decision, if one did.
    """

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="byline_decisions")
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="byline_decisions")
    is_theirs = models.BooleanField()
    printed_name = models.CharField(max_length=300)
    position = models.IntegerField()
    from_author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="+")
    to_author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    revision = models.ForeignKey(
        RecordRevision, null=True, blank=True, on_delete=models.CASCADE, related_name="decisions"
    )
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name, verbose_name_plural = "authorship correction", "authorship corrections"
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "author"],
                condition=Q(withdrawn_at__isnull=True),
                name="papers_bylinedecision_one_word",
            ),
            models.UniqueConstraint(
                fields=["paper", "position", "printed_name"],
                condition=Q(withdrawn_at__isnull=True, is_theirs=True),
                name="papers_bylinedecision_one_person",
            ),
            models.CheckConstraint(condition=Q(position__gte=1), name="papers_bylinedecision_position_from_1"),
        ]
        indexes = [models.Index(fields=["author", "-at", "-id"], name="papers_bylinedecision_newest")]

    def __str__(self) -> str:
        return f"{self.author_id} {'on' if self.is_theirs else 'not on'} {self.paper_id}"
