"""Where the versions of a work are found, what it is to other works, and pairs that may be one work."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from papers.domain.relations import NOTICE_KINDS, RELATION_KINDS
from papers.models.entities import VenueName
from papers.models.works import Paper


class PaperLocation(models.Model):
    """One place where a version of a work is found. Position 1 is the version of record, which the paper shows.

    Empty texts and NULLs mean that no source says. `venue_name` is the venue as the source names it; which venue that
    is stands with the name. `scheme` and `value` are this version's identifier; where they lead to its landing page,
    `landing_url` is empty. `reference` is the place in its authors' words where nothing finer is known. The
    bibliographic details of a work are those of its first location.
    """

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="locations", db_index=False)
    position = models.SmallIntegerField()
    venue_name = models.ForeignKey(VenueName, null=True, blank=True, on_delete=models.PROTECT, related_name="locations")
    version = models.CharField(max_length=9, blank=True)
    kind = models.CharField(max_length=32, blank=True)
    published_date = models.DateField(null=True, blank=True)
    published_precision = models.CharField(max_length=1, blank=True)
    scheme = models.CharField(max_length=16, blank=True)
    value = models.CharField(max_length=300, blank=True)
    license = models.CharField(max_length=300, blank=True)
    landing_url = models.CharField(max_length=2000, blank=True)
    pdf_url = models.CharField(max_length=2000, blank=True)
    is_open = models.BooleanField(null=True, blank=True)
    volume = models.CharField(max_length=100, blank=True)
    issue = models.CharField(max_length=100, blank=True)
    pages = models.CharField(max_length=100, blank=True)
    article_number = models.CharField(max_length=100, blank=True)
    publisher = models.CharField(max_length=300, blank=True)
    book_title = models.CharField(max_length=500, blank=True)
    edition = models.CharField(max_length=100, blank=True)
    isbns = models.CharField(max_length=300, blank=True, help_text="Between spaces.")
    reference = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper", "position"], name="papers_paperlocation_once"),
            models.CheckConstraint(condition=Q(position__gte=1), name="papers_paperlocation_from_1"),
            models.CheckConstraint(
                condition=Q(version__in=["", "submitted", "accepted", "published"]),
                name="papers_paperlocation_version_legal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id}: {self.position}"


class PaperRelation(models.Model):
    """What a source says that a work is to another one, or a notice about the work.

    `kind` is one of RELATION_KINDS, and then `scheme` and `value` name the other work, whether it is here or not; or
    one of NOTICE_KINDS, and then they name the notice, or are empty where there is none of its own.
    """

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="relations", db_index=False)
    kind = models.CharField(max_length=16)
    scheme = models.CharField(max_length=16, blank=True)
    value = models.CharField(max_length=300, blank=True)
    notice_date = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper", "kind", "scheme", "value"], name="papers_paperrelation_once"),
            models.CheckConstraint(
                condition=Q(kind__in=sorted(NOTICE_KINDS))
                | (Q(kind__in=sorted(RELATION_KINDS)) & ~Q(scheme="") & ~Q(value="")),
                name="papers_paperrelation_kind_legal",
            ),
        ]
        indexes = [models.Index(fields=["scheme", "value"], condition=~Q(value=""), name="papers_paperrelation_other")]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.kind} {self.scheme}:{self.value}"


class PaperMatch(models.Model):
    """Two papers that may be versions of one work: for curators to join or to keep apart for ever.

    `one` has the lower row id, and stays where the two are joined. `reason` is a code of `papers.domain.versions`. `moved` is what a join took from the
    paper that went, so that it can be undone; empty otherwise.
    """

    class State(models.TextChoices):
        OPEN = "open"
        JOINED = "joined"
        NEVER = "never"

    one = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="+", db_index=False)
    other = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    reason = models.CharField(max_length=32)
    found_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    moved = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "possible version", "works that may be one"
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="papers_papermatch_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="papers_papermatch_ordered"),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True)
                | Q(state__in=["joined", "never"], decided_at__isnull=False),
                name="papers_papermatch_decided_when",
            ),
        ]
        indexes = [models.Index(fields=["state", "-found_at", "-id"], name="papers_papermatch_newest")]

    def __str__(self) -> str:
        return f"{self.one_id} {self.other_id}: {self.state}"
