"""Numbers of papers, of the reference sets they are compared in, and of topics, institutions and venues."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from pgvector.django import HalfVectorField, HnswIndex

from metrics.models.scores import ScoreModel
from papers.models import Category, Paper

DIMENSION = 256


class PaperMetrics(models.Model):
    """The numbers of one paper. NULL is unknown; the `*_unknown` texts are codes of why, empty when known.

    `citing_years` and `citing_counts` run side by side: counted citations by the year of the citing work, oldest
    first; citations by undated works are in `counted_citation_count` alone, which is NULL where the lack of citing works
    is no evidence. `counted_from` and `counted_until` are the years between which a year without citations is a 0. `novelty_neighbours` are the ten nearest
    earlier papers, [[paper id, cosine]], nearest first; `novelty_set` names the reference set that `novelty` is the
    percentile in; `novelty_unknown` is "waiting" until they are looked for. `ai_contributions` are the features that moved the score,
    [[feature, points]], strongest first. `versions` are those of PAPER_FORMULAS, in their order.
    """

    paper = models.OneToOneField(
        Paper, primary_key=True, on_delete=models.CASCADE, related_name="metrics", db_constraint=False
    )
    published_year = models.SmallIntegerField(null=True)
    counted_citation_count = models.IntegerField(null=True)
    counted_from = models.SmallIntegerField(null=True)
    counted_until = models.SmallIntegerField(null=True)
    self_citation_count = models.IntegerField(default=0)
    citing_years = ArrayField(models.SmallIntegerField(), default=list)
    citing_counts = ArrayField(models.IntegerField(), default=list)
    fwci = models.FloatField(null=True)
    citation_percentile = models.FloatField(null=True)
    novelty_distance = models.FloatField(null=True)
    novelty = models.FloatField(null=True)
    novelty_set = models.CharField(max_length=16, blank=True, default="", db_default="")
    novelty_neighbours = models.JSONField(null=True)
    novelty_unknown = models.CharField(max_length=32, blank=True)
    ai_score = models.FloatField(null=True)
    ai_contributions = models.JSONField(null=True)
    ai_model = models.ForeignKey(ScoreModel, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    ai_unknown = models.CharField(max_length=32, blank=True)
    versions = ArrayField(models.SmallIntegerField(), default=list)
    computed_at = models.DateTimeField()

    is_overdue = False
    """Said by the selector that reads a row for a page: citations have come since that its years do not hold."""

    class Meta:
        verbose_name_plural = "paper metrics"
        indexes = [
            models.Index(fields=["paper"], condition=Q(novelty_unknown="waiting"), name="metrics_papermetrics_waiting")
        ]

    def __str__(self) -> str:
        return f"metrics of paper {self.paper_id}"


class PaperVector(models.Model):
    """A paper's embedding. `model` names what made it; vectors of two models are never compared.

    `digest` is of the text that was embedded, so that a changed title or abstract is embedded anew. A vector that
    `is_placed` has its neighbours, and the later papers that it is a neighbour of know of it; `first_day` and
    `last_day` are the days between which the paper was published, NULL without a date.
    """

    paper = models.OneToOneField(Paper, primary_key=True, on_delete=models.CASCADE, related_name="vector")
    model = models.CharField(max_length=100)
    digest = models.BigIntegerField()
    vector = HalfVectorField(dimensions=DIMENSION)
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    is_placed = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["paper"], condition=Q(is_placed=False), name="metrics_papervector_waiting"),
            HnswIndex(
                name="metrics_papervector_hnsw",
                fields=["vector"],
                m=12,
                ef_construction=48,
                opclasses=["halfvec_cosine_ops"],
            ),
        ]

    def __str__(self) -> str:
        return f"vector of paper {self.paper_id} by {self.model}"


class ReferenceSet(models.Model):
    """Works of one primary category, kind and year: what a paper's citations are compared with.

    The figures are of one kind, `figures`: "counted", or the source that reports them; "" where no kind is known for
    enough works, and then there is no mean. `known_count` works have one. `is_stale` rows wait for the next sweep, because an import touched more
    works in them than it could afford to compute anew at once.
    """

    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=32)
    year = models.SmallIntegerField()
    works_count = models.IntegerField()
    figures = models.CharField(max_length=32, blank=True, default="")
    known_count = models.IntegerField(default=0)
    citation_total = models.BigIntegerField(null=True)
    mean_citations = models.FloatField(null=True)
    is_stale = models.BooleanField(default=False)
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["category", "kind", "year"], name="metrics_referenceset_once")]
        indexes = [models.Index(fields=["id"], condition=Q(is_stale=True), name="metrics_referenceset_stale")]

    def __str__(self) -> str:
        return f"category {self.category_id}, {self.kind}, {self.year}"


class EntityKind(models.TextChoices):
    TOPIC = "topic"
    INSTITUTION = "institution"
    VENUE = "venue"


class EntityMetrics(models.Model):
    """The numbers of a topic, institution or venue; a topic that stands for a category has that category's works.

    Citations and indices are over `known_count` works and figures of one kind, `figures`, as those of authors.
    `counts_by_year` is [[year, works, citations made in it]], oldest first, null where nothing was counted. `people_count` counts authors of its
    works; of an institution, authors with a byline there. `people` are the 20 with the most works in teams of at most
    100, [[author id, works]]. `h_index` and `i10_index` are NULL unless at least half of the works have a figure, `mean_citedness_2y` without works of the
    two years before last. `is_stale` rows wait for the next sweep, because an import touched larger ones than it could
    afford to compute anew at once.
    """

    kind = models.CharField(max_length=16, choices=EntityKind)
    object_id = models.BigIntegerField()
    works_count = models.IntegerField(default=0)
    cited_by_count = models.BigIntegerField(null=True)
    figures = models.CharField(max_length=32, blank=True, default="")
    known_count = models.IntegerField(default=0)
    h_index = models.IntegerField(null=True)
    i10_index = models.IntegerField(null=True)
    mean_citedness_2y = models.FloatField(null=True)
    people_count = models.IntegerField(default=0)
    people = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))
    counts_by_year = models.JSONField(default=list)
    is_stale = models.BooleanField(default=False)
    computed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "entity metrics"
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="metrics_entitymetrics_once")]
        indexes = [models.Index(fields=["id"], condition=Q(is_stale=True), name="metrics_entitymetrics_stale")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
