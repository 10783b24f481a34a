"""What works are about: categories that a scheme defines, topics that sources assign."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F

from papers.models.identity import IdentifierRow, PublicRecord, not_merged_into_itself


class Category(models.Model):
    """A subject class of a scheme, such as arXiv's cs.LG. `name` is empty when the scheme's list lacks the code."""

    scheme = models.CharField(max_length=16, default="arxiv")
    code = models.CharField(max_length=64)
    name = models.CharField(max_length=200, blank=True)
    group_name = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name_plural = "categories"
        constraints = [models.UniqueConstraint(fields=["scheme", "code"], name="papers_category_once")]

    def __str__(self) -> str:
        return self.code

    @property
    def short_code(self) -> str:
        """The code without its archive: `LG` for `cs.LG`, `hep-th` for itself."""
        return self.code.rpartition(".")[2]

    @property
    def full_name(self) -> str:
        return self.name or self.code


class Topic(PublicRecord):
    """A subject that a source assigned to works, by an external id or by its name."""

    public_id_letter = "T"
    page_name = "catalogue:topic"

    name = models.CharField(max_length=300)
    key = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    field_name = models.CharField(max_length=200, blank=True)
    category = models.OneToOneField(
        Category,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="topic",
        help_text="Set for the topic that stands for a category, so that a category has a page.",
    )

    class Meta:
        constraints = [
            not_merged_into_itself("papers_topic_not_own_heir"),
            models.UniqueConstraint(
                fields=["key"],
                condition=models.Q(merged_into__isnull=True),
                name="papers_topic_key",
            ),
        ]
        indexes = [GinIndex(OpClass(F("key"), name="gin_trgm_ops"), name="papers_topic_key_trgm")]


class TopicIdentifier(IdentifierRow):
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="identifiers")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "value"], name="papers_topicidentifier_once")]
