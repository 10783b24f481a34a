"""Who cites whom, in this portal and as others report it."""

from django.db import models
from django.db.models import F, Q

from papers.models.works import Paper


class Citation(models.Model):
    """An edge between two works that are both here; it counts once however many sources state it."""

    citing = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="references", db_index=False)
    cited = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="citations", db_index=False)
    source = models.CharField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["citing", "cited"], name="papers_citation_once"),
            models.CheckConstraint(condition=~Q(citing=F("cited")), name="papers_citation_not_self"),
        ]
        indexes = [models.Index(fields=["cited", "citing"], name="papers_citation_cited")]

    def __str__(self) -> str:
        return f"{self.citing_id} cites {self.cited_id}"


class UnresolvedReference(models.Model):
    """A reference to a work that is not here yet; it becomes a Citation when the work arrives."""

    citing = models.ForeignKey(
        Paper,
        on_delete=models.CASCADE,
        related_name="unresolved_references",
        db_index=False,
    )
    scheme = models.CharField(max_length=16)
    value = models.CharField(max_length=300)
    source = models.CharField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["citing", "scheme", "value"],
                name="papers_unresolvedreference_once",
            ),
        ]
        indexes = [models.Index(fields=["scheme", "value"], name="papers_unresolvedref_target")]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


class ReportedCitations(models.Model):
    """How many citations a source reports for a work, and when it did (NULL: it does not say)."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="reported_citations", db_index=False)
    source = models.CharField(max_length=32)
    count = models.IntegerField()
    as_of_date = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "reported citations"
        constraints = [
            models.UniqueConstraint(fields=["paper", "source"], name="papers_reportedcitations_once"),
            models.CheckConstraint(condition=Q(count__gte=0), name="papers_reportedcitations_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.count}"
