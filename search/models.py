"""What search keeps of its own: the words of the record with how often they occur, recomputed by its tasks."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F


class Term(models.Model):
    """A word, and in how many records of its kind it occurs.

    A `lexeme` is a stem as the full text of papers has it; its frequency is estimated from a sample of them. `title`
    and `name` are whole folded words, by which typing errors are found: `deletions` are hashes of the word and of what
    is left of it without any one letter, so that two words one error apart share one.
    """

    class Kind(models.TextChoices):
        LEXEME = "lexeme"
        TITLE = "title"
        NAME = "name"

    kind = models.CharField(max_length=6, choices=Kind)
    text = models.CharField(max_length=60)
    frequency = models.IntegerField()
    deletions = ArrayField(models.IntegerField(), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "text"], name="search_term_once"),
            models.CheckConstraint(condition=models.Q(frequency__gte=1), name="search_term_occurs"),
        ]
        # Counted anew as a whole: a list of what is not yet in the index would be read by every search until a vacuum.
        indexes = [
            GinIndex(fields=["deletions"], name="search_term_deletions", fastupdate=False),
            GinIndex(OpClass(F("text"), name="gin_trgm_ops"), name="search_term_trgm", fastupdate=False),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.text}"


class Upkeep(models.Model):
    """How far a piece of work over the whole record has come; a row a piece.

    `done_to` is the last id that was looked at under `version`; `size` how many records there were when it was last
    complete, NULL before that.
    """

    name = models.CharField(max_length=20, primary_key=True)
    version = models.SmallIntegerField(default=0)
    done_to = models.BigIntegerField(default=0)
    size = models.BigIntegerField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "upkeep"

    def __str__(self) -> str:
        return self.name
