"""Institutions and venues: where people work and where works appear."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q

from papers.models.identity import IdentifierRow, PublicRecord, not_merged_into_itself


class Institution(PublicRecord):
    """An organisation, from ROR or as a source names it. Empty texts and NULLs mean not known."""

    public_id_letter = "I"
    page_name = "catalogue:institution"

    name = models.CharField(max_length=500)
    key = models.CharField(max_length=500, help_text="The folded name by which affiliations are matched.")
    kind = models.CharField(max_length=32, blank=True)
    country_code = models.CharField(max_length=2, blank=True)
    city = models.CharField(max_length=200, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    homepage_url = models.URLField(max_length=500, blank=True)
    domains = models.JSONField(default=list, blank=True, help_text="Mail domains that the register lists.")
    established_year = models.SmallIntegerField(null=True, blank=True)
    status = models.CharField(max_length=16, default="active")

    class Meta:
        constraints = [
            not_merged_into_itself("papers_institution_not_own_heir"),
            models.CheckConstraint(
                condition=Q(status__in=["active", "inactive", "withdrawn"]),
                name="papers_institution_status_legal",
            ),
        ]
        indexes = [
            models.Index(fields=["key"], name="papers_institution_key"),
            GinIndex(
                OpClass(F("key"), name="gin_trgm_ops"),
                name="papers_institution_key_trgm",
            ),
        ]


class InstitutionName(models.Model):
    """A name an institution is also known by."""

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="names", db_index=False)
    name = models.CharField(max_length=500)
    key = models.CharField(max_length=500)
    kind = models.CharField(max_length=16, help_text="label, alias or acronym")
    language = models.CharField(max_length=8, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "name", "kind"],
                name="papers_institutionname_once",
            ),
        ]
        indexes = [models.Index(fields=["key"], name="papers_institutionname_key")]

    def __str__(self) -> str:
        return self.name


class InstitutionRelation(models.Model):
    """A part of an institution, as ROR has its tree."""

    parent = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="child_relations", db_index=False)
    child = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="parent_relations")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["parent", "child"], name="papers_institutionrelation_once"),
            models.CheckConstraint(
                condition=~Q(parent=F("child")),
                name="papers_institutionrelation_not_self",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.parent_id} › {self.child_id}"


class InstitutionIdentifier(IdentifierRow):
    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="identifiers")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "value"], name="papers_institutionidentifier_once"),
        ]


class Venue(PublicRecord):
    """A journal, conference series or repository."""

    public_id_letter = "S"
    page_name = "catalogue:venue"

    name = models.CharField(max_length=500)
    key = models.CharField(max_length=500)
    series_key = models.CharField(
        max_length=300, blank=True, help_text="What all names of the series have in common; see venue_names."
    )
    kind = models.CharField(max_length=32, blank=True)
    publisher = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [not_merged_into_itself("papers_venue_not_own_heir")]
        indexes = [
            models.Index(fields=["key"], name="papers_venue_key"),
            models.Index(fields=["series_key"], name="papers_venue_series"),
            GinIndex(OpClass(F("key"), name="gin_trgm_ops"), name="papers_venue_key_trgm"),
        ]


class VenueName(models.Model):
    """A name under which sources state a venue: a year's proceedings or an issue lead to the series or journal.

    `key` is the folded name; `acronym` what the name itself states to be one, folded, as "acl" of "… (ACL 2010)", "" for
    none. `is_decided`: a curator put it where it is, and no rule moves it again.
    """

    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=500)
    key = models.CharField(max_length=500)
    acronym = models.CharField(max_length=16, blank=True, default="")
    is_decided = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "venue"], name="papers_venuename_once")]
        indexes = [models.Index(fields=["acronym"], name="papers_venuename_acronym", condition=~models.Q(acronym=""))]

    def __str__(self) -> str:
        return self.name


class VenueMerge(models.Model):
    """Two venues that are one: the names of `merged` moved to `kept`, by a rule, an ISSN or a curator.

    `moved` holds the row ids of the names and identifiers that went over, for undoing.
    """

    class Rule(models.TextChoices):
        NAME = "name"
        ACRONYM = "acronym"
        ISSN = "issn"
        CURATOR = "curator"

    kept = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="+")
    merged = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=8, choices=Rule)
    moved = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name, verbose_name_plural = "merge of venues", "merges of venues"
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("merged")), name="papers_venuemerge_not_itself"),
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at__isnull=True), name="papers_venuemerge_one_place"
            ),
        ]
        indexes = [models.Index(fields=["-at", "-id"], name="papers_venuemerge_newest")]

    def __str__(self) -> str:
        return f"{self.merged_id} into {self.kept_id}"


class VenueIdentifier(IdentifierRow):
    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="identifiers")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "value"], name="papers_venueidentifier_once")]
