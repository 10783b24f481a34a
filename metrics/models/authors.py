"""Numbers of authors, now and month by month."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from papers.models import Author


class AuthorMetrics(models.Model):
    """The numbers of one author that stands, over the union of the records merged into it; a work counts once.

    NULL is unknown, never 0: an index of an author with known citations for less than half of the works, a mean over no
    paper. `cited_by_count` and the indices are over figures of one kind, `figures`: "counted" in this portal, or the
    source that reports them, whichever is known for the most works, `known_count`; "" where none is. The citations in
    `counts_by_year` and `citations_5y` are counted in this portal.
    `self_citation_count` are counted citations by works that share any author with the cited one.

    `counts_by_year` is [[year, works, citations made in it]], oldest first, years with neither left out; null for
    citations of a year in which nothing was counted.
    `top_categories` and `top_topics` are [[id, works, [[year, works]]]], most first, at most 10; undated works are in
    no year. `kinds` are the kinds of the works, in the order of the alphabet. `institutions` are [[id, works, first year, last year]], latest first, at most 20. `collaborators` are close ones,
    [[author id, joint works, first year, last year, strength]], strongest first, at most 30, while
    `collaborator_count` counts all close ones. `trust_points` are the lines of the trust card.
    `versions` are those of AUTHOR_FORMULAS, in their order.
    `computed_at` is when the values last changed; a refresh that finds the same leaves the row alone.
    """

    author = models.OneToOneField(
        Author, primary_key=True, on_delete=models.CASCADE, related_name="metrics", db_constraint=False
    )
    works_count = models.IntegerField(default=0)
    cited_by_count = models.BigIntegerField(null=True)
    figures = models.CharField(max_length=32, blank=True, default="")
    known_count = models.IntegerField(default=0)
    h_index = models.IntegerField(null=True)
    g_index = models.IntegerField(null=True)
    i10_index = models.IntegerField(null=True)
    h5_index = models.IntegerField(null=True)
    m_quotient = models.FloatField(null=True)
    citations_5y = models.IntegerField(null=True)
    mean_citedness_2y = models.FloatField(null=True)
    fwci = models.FloatField(null=True)
    self_citation_count = models.IntegerField(default=0)
    first_year = models.SmallIntegerField(null=True)
    last_year = models.SmallIntegerField(null=True)
    counts_by_year = models.JSONField(default=list)
    top_categories = models.JSONField(default=list)
    top_topics = models.JSONField(default=list)
    kinds = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))
    institutions = models.JSONField(default=list)
    collaborators = models.JSONField(default=list)
    collaborator_count = models.IntegerField(default=0)
    topic_count = models.IntegerField(default=0)
    novelty = models.FloatField(null=True)
    novelty_count = models.IntegerField(default=0)
    ai_score = models.FloatField(null=True)
    ai_score_count = models.IntegerField(default=0)
    verification_level = models.SmallIntegerField(default=0)
    trust = models.SmallIntegerField(default=0)
    trust_points = models.JSONField(default=list)
    versions = ArrayField(models.SmallIntegerField(), default=list)
    computed_at = models.DateTimeField()

    is_overdue = False
    """Said by the selector that reads a row for a page: citations have come since that it does not hold."""

    class Meta:
        verbose_name_plural = "author metrics"
        indexes = [
            # Lists of the API in these orders: to sort a million authors for each takes longer than a client waits.
            models.Index(fields=["cited_by_count", "author"], name="metrics_author_cited"),
            models.Index(fields=["works_count", "author"], name="metrics_author_works"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(verification_level__gte=0, verification_level__lte=4),
                name="metrics_author_level_legal",
            ),
            models.CheckConstraint(condition=Q(trust__gte=0, trust__lte=100), name="metrics_author_trust_legal"),
        ]

    def __str__(self) -> str:
        return f"metrics of author {self.author_id}"


class AuthorSnapshot(models.Model):
    """An author's numbers as the last refresh of a month left them; `month` is its first day."""

    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="snapshots", db_index=False)
    month = models.DateField()
    works_count = models.IntegerField()
    cited_by_count = models.BigIntegerField(null=True)
    h_index = models.IntegerField(null=True)
    i10_index = models.IntegerField(null=True)
    novelty = models.FloatField(null=True)
    ai_score = models.FloatField(null=True)
    trust = models.SmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["author", "month"], name="metrics_authorsnapshot_once")]

    def __str__(self) -> str:
        return f"author {self.author_id} in {self.month:%Y-%m}"
