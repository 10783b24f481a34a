"""How far the reference lists that are here reach: what the lack of a citing work is worth."""

from django.db import models

OF_VENUE = "venue:"  # so begins the field of works without a category, before the row id of their venue


class CitationCoverage(models.Model):
    """The works of one field and year, and those that could cite them: of the same field and of that year or later.

    `field` is the archive of the primary category, as "arxiv:cs"; for works without a category their venue, as "venue:7",
    "" without either. `listed_count` of
    the `works_count` works have at least one reference here, as have `could_cite_listed_count` of the
    `could_cite_count` that could cite. `is_evidence`: that nothing here cites a work of this field and year is
    evidence (counted_citations@1). `counted_from` and `counted_until` are the first and last year of the field whose
    works have their reference lists here, the same in each row of a field; NULL without one.
    """

    field = models.CharField(max_length=100, blank=True)
    year = models.SmallIntegerField()
    works_count = models.IntegerField()
    listed_count = models.IntegerField()
    could_cite_count = models.IntegerField()
    could_cite_listed_count = models.IntegerField()
    is_evidence = models.BooleanField()
    counted_from = models.SmallIntegerField(null=True)
    counted_until = models.SmallIntegerField(null=True)

    class Meta:
        verbose_name_plural = "citation coverage"
        constraints = [models.UniqueConstraint(fields=["field", "year"], name="metrics_citationcoverage_once")]

    def __str__(self) -> str:
        return f"{self.field or 'no category or venue'}, {self.year}"
