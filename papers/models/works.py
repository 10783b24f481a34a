"""Works and what belongs to one work alone."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from papers.models.entities import Venue
from papers.models.identity import UNKNOWN_DATE, IdentifierRow, PublicRecord, not_merged_into_itself
from papers.models.subjects import Category, Topic


class Paper(PublicRecord):
    """A work, made from what its sources state and from what people corrected.

    `published_date` is the first day of what is known and `published_precision` says how much that is: Y, M or D;
    both empty when the date is unknown. The `*_html` texts are sanitised and rendered at import, and empty when the
    plain text needs no mark-up. `reported_citation_count` is the largest figure a source reports, NULL when none
    does; `counted_citation_count` counts citing works in this portal, NULL when there is none and the lack of them is
    no evidence (counted_citations@1); `shown_citation_count` is the larger, NULL when neither is known.
    """

    public_id_letter = "W"
    page_name = "catalogue:paper"

    title = models.TextField()
    title_html = models.TextField(blank=True)
    abstract = models.TextField(blank=True)
    abstract_html = models.TextField(blank=True)
    kind = models.CharField(max_length=32, default="other")
    published_date = models.DateField(null=True, blank=True)
    published_precision = models.CharField(max_length=1, blank=True)
    updated_date = models.DateField(null=True, blank=True)
    venue = models.ForeignKey(
        Venue,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="papers",
        db_index=False,
    )
    primary_category = models.ForeignKey(
        Category,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="primary_papers",
        db_index=False,
    )
    language = models.CharField(max_length=16, blank=True)
    license = models.CharField(max_length=300, blank=True)
    comment = models.TextField(blank=True)
    is_retracted = models.BooleanField(default=False)
    notice = models.CharField(max_length=10, blank=True, help_text="The gravest notice about the work.")
    author_count = models.IntegerField(default=0)
    is_authors_truncated = models.BooleanField(default=False, db_default=False)
    authors_total = models.IntegerField(
        null=True, blank=True, help_text="How many authors a source says there are, where it cut the list."
    )
    contributors = models.JSONField(
        default=list,
        blank=True,
        db_default=[],
        help_text="Editors, translators and others beside the authors, each with name, role and the stated parts.",
    )
    references_total = models.IntegerField(null=True, blank=True)
    reported_citation_count = models.IntegerField(null=True, blank=True)
    counted_citation_count = models.IntegerField(null=True, blank=True)
    shown_citation_count = models.IntegerField(null=True, blank=True)
    title_hash = models.BigIntegerField(null=True, blank=True, help_text="Of the normalised title; NULL: too short.")
    first_family_key = models.CharField(max_length=300, blank=True)
    field_sources = models.JSONField(default=dict, blank=True, help_text="Which source each field is taken from.")

    class Meta:
        constraints = [
            not_merged_into_itself("papers_paper_not_own_heir"),
            models.CheckConstraint(
                condition=Q(published_date__isnull=True, published_precision="")
                | Q(
                    published_date__isnull=False,
                    published_precision__in=["Y", "M", "D"],
                ),
                name="papers_paper_precision_of_date",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="papers_paper_has_title"),
            models.CheckConstraint(
                condition=Q(reported_citation_count__isnull=True) | Q(reported_citation_count__gte=0),
                name="papers_paper_reported_not_negative",
            ),
        ]
        indexes = [
            models.Index(fields=["title_hash"], name="papers_paper_title_hash"),
            models.Index(fields=["-published_date", "-id"], name="papers_paper_newest"),
            models.Index(fields=["-shown_citation_count", "-id"], name="papers_paper_most_cited"),
            models.Index(
                fields=["venue", "-published_date", "-id"],
                name="papers_paper_venue_newest",
            ),
            models.Index(fields=["-changed_at", "-id"], name="papers_paper_changed"),
            # Few rows: costs an import nothing, and lists the retracted among a million at once.
            models.Index(fields=["-changed_at", "-id"], condition=Q(is_retracted=True), name="papers_paper_retracted"),
        ]

    @property
    def label(self) -> str:
        return self.title

    @property
    def published_year(self) -> int | None:
        return self.published_date.year if self.published_date else None


class PaperSearch(models.Model):
    """The full text of a paper as search reads it: title A, names B, abstract C. Apart from the paper, so that a
    new citation count does not rewrite the text's index.


    `vector` is NULL until it is made for the first time; `is_stale` rows wait to be made anew, with SKIP LOCKED.
    """

    paper = models.OneToOneField(Paper, primary_key=True, on_delete=models.CASCADE, related_name="search")
    vector = SearchVectorField(null=True)
    is_stale = models.BooleanField(default=True)

    class Meta:
        verbose_name_plural = "search texts of papers"
        indexes = [
            GinIndex(fields=["vector"], name="papers_papersearch_vector"),
            models.Index(fields=["paper"], condition=Q(is_stale=True), name="papers_papersearch_stale"),
        ]

    def __str__(self) -> str:
        return str(self.paper_id)


class PaperIdentifier(IdentifierRow):
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="identifiers")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "value"], name="papers_paperidentifier_once")]


class PaperVersion(models.Model):
    """A version that a repository keeps; `submitted_at` NULL when it does not say."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="versions", db_index=False)
    number = models.SmallIntegerField()
    submitted_date = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "number"], name="papers_paperversion_once")]

    def __str__(self) -> str:
        return f"v{self.number}"


class PaperLink(models.Model):
    """An address outside: pdf, html, landing, code, data."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="links", db_index=False)
    kind = models.CharField(max_length=16)
    url = models.URLField(max_length=2000)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "kind", "url"], name="papers_paperlink_once")]

    def __str__(self) -> str:
        return self.url


class PaperCategory(models.Model):
    """A category of a paper; position 1 is the primary one."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="paper_categories", db_index=False)
    category = models.ForeignKey(
        Category,
        on_delete=models.PROTECT,
        related_name="paper_categories",
        db_index=False,
    )
    position = models.SmallIntegerField()
    published_date = models.DateField(default=UNKNOWN_DATE)

    class Meta:
        verbose_name_plural = "paper categories"
        constraints = [models.UniqueConstraint(fields=["paper", "category"], name="papers_papercategory_once")]
        indexes = [
            models.Index(
                fields=["category", "-published_date", "-paper"],
                name="papers_papercategory_newest",
            )
        ]

    def __str__(self) -> str:
        return f"{self.paper_id}: {self.category_id}"


class PaperTopic(models.Model):
    """A topic of a paper. `score` is the source's own confidence from 0 to 1, NULL when it gives none."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="paper_topics", db_index=False)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="paper_topics", db_index=False)
    score = models.FloatField(null=True, blank=True)
    published_date = models.DateField(default=UNKNOWN_DATE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "topic"], name="papers_papertopic_once")]
        indexes = [
            models.Index(
                fields=["topic", "-published_date", "-paper"],
                name="papers_papertopic_newest",
            )
        ]

    def __str__(self) -> str:
        return f"{self.paper_id}: {self.topic_id}"
