"""Authors as sources state them, and their places in bylines."""

from collections.abc import Iterable
from typing import Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q

from papers.models.entities import Institution
from papers.models.identity import UNKNOWN_DATE, IdentifierRow, PublicRecord, not_merged_into_itself


class AuthorQuerySet(models.QuerySet["Author"]):
    def listed(self) -> Self:
        """Those that the portal shows: they stand, and nobody asked for them not to be listed."""
        return self.filter(merged_into__isnull=True, is_listed=True)

    def with_merged(self, ids: Iterable[int]) -> Self:
        """These and those merged into them; read from two indexes."""
        wanted = list(ids)
        return self.filter(Q(pk__in=wanted) | Q(merged_into_id__in=wanted))


class Author(PublicRecord):
    """An author record: what sources say of one person. It has no owner; claims say who that is.

    `name_slot` is the folded full name by which works without an author id find their author; NULL for a record
    that only external ids lead to. The n-th namesake on one byline holds "name #n".

    `kind` tells people from groups (a consortium, a collaboration, an institution) and from what names nobody at all
    ("9 pages"). The last two keep their place on bylines and have no page: they are never listed.

    Two columns belong to the person and not to sources: no import writes them. `is_listed` is false once the person
    asked for no page here; their name stays on bylines and leads nowhere. With `has_private_names` the record is
    known by `name` alone, on every byline and in search, whatever was printed.
    """

    class Kind(models.TextChoices):
        PERSON = "person"
        GROUP = "group"
        OTHER = "other"

    public_id_letter = "A"
    page_name = "profiles:author"

    kind = models.CharField(max_length=8, choices=Kind, default=Kind.PERSON, db_default=Kind.PERSON)
    name = models.CharField(max_length=300)
    key = models.CharField(max_length=300)
    family_key = models.CharField(max_length=300)
    initials = models.CharField(max_length=40, blank=True, help_text="First letters of the given names, folded.")
    is_initials = models.BooleanField(default=False)
    name_slot = models.CharField(max_length=310, null=True, blank=True, unique=True)
    search_text = models.TextField(help_text="Folded names and their transliterations, for finding.")
    is_listed = models.BooleanField(default=True, db_default=True)
    has_private_names = models.BooleanField(default=False, db_default=False)

    objects = AuthorQuerySet.as_manager()

    class Meta:
        permissions = [
            ("merge_author", "Can merge author records"),
            ("split_author", "Can split author records"),
        ]
        constraints = [
            not_merged_into_itself("papers_author_not_own_heir"),
            models.CheckConstraint(
                condition=Q(kind="person") | Q(kind__in=["group", "other"], is_listed=False),
                name="papers_author_people_alone_listed",
            ),
        ]
        indexes = [
            models.Index(fields=["family_key", "initials"], name="papers_author_family"),
            models.Index(fields=["kind", "id"], condition=~Q(kind="person"), name="papers_author_no_person"),
            # Few rows: whoever draws people from many works leaves these out.
            models.Index(fields=["id"], condition=Q(is_listed=False), name="papers_author_unlisted"),
            GinIndex(
                OpClass(F("search_text"), name="gin_trgm_ops"),
                name="papers_author_search_trgm",
            ),
        ]


class AuthorName(models.Model):
    """A form of the name seen in print or stated by a source."""

    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="names", db_index=False)
    name = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["author", "name"], name="papers_authorname_once")]

    def __str__(self) -> str:
        return self.name


class AuthorIdentifier(IdentifierRow):
    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="identifiers")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "value"], name="papers_authoridentifier_once")]


class Authorship(models.Model):
    """One name on one byline.

    `family`, `given`, `particle` and `suffix` are the parts that a source states, all empty where it states none: then
    `printed_name` is split when it is needed. `role` is "author", or what else the people of a work without authors
    did ("editor").

    `published_date`, `shown_citation_count` and `relevance` repeat the paper's, so that an author's works are
    listed in any order from one index however many there are; they are recomputed from the paper, never added to.
    An unknown date is `UNKNOWN_DATE`, so that every order is total; an unknown count is NULL and comes last.
    """

    paper = models.ForeignKey("papers.Paper", on_delete=models.CASCADE, related_name="authorships", db_index=False)
    position = models.IntegerField(help_text="Place on the byline, from 1.")
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="authorships", db_index=False)
    printed_name = models.CharField(max_length=300)
    family = models.CharField(max_length=300, blank=True, default="", db_default="")
    given = models.CharField(max_length=300, blank=True, default="", db_default="")
    particle = models.CharField(max_length=60, blank=True, default="", db_default="")
    suffix = models.CharField(max_length=60, blank=True, default="", db_default="")
    is_group = models.BooleanField(default=False, db_default=False)
    role = models.CharField(max_length=16, default="author", db_default="author")
    raw_affiliation = models.TextField(blank=True)
    is_corresponding = models.BooleanField(default=False)
    published_date = models.DateField(default=UNKNOWN_DATE)
    shown_citation_count = models.IntegerField(null=True, blank=True)
    relevance = models.FloatField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper", "position"], name="papers_authorship_place_once"),
            models.CheckConstraint(condition=Q(position__gte=1), name="papers_authorship_position_from_1"),
        ]
        indexes = [
            # The three orders in which an author's works are paged by keyset.
            models.Index(
                fields=["author", "-published_date", "-paper"],
                name="papers_authorship_newest",
            ),
            models.Index(
                fields=["author", "-shown_citation_count", "-paper"],
                name="papers_authorship_cited",
            ),
            models.Index(
                fields=["author", "-relevance", "-paper"],
                name="papers_authorship_relevance",
            ),
        ]

    def __str__(self) -> str:
        return self.printed_name


class AuthorshipInstitution(models.Model):
    """An affiliation on a byline that was matched to an institution. `paper` and its date serve its page."""

    authorship = models.ForeignKey(Authorship, on_delete=models.CASCADE, related_name="affiliations", db_index=False)
    institution = models.ForeignKey(
        Institution,
        on_delete=models.PROTECT,
        related_name="affiliations",
        db_index=False,
    )
    paper = models.ForeignKey("papers.Paper", on_delete=models.CASCADE, related_name="+")
    published_date = models.DateField(default=UNKNOWN_DATE)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authorship", "institution"],
                name="papers_authorshipinstitution_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["institution", "-published_date", "-paper"],
                name="papers_authorshipinst_newest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authorship_id} at {self.institution_id}"


class AuthorAffiliation(models.Model):
    """An institution that a source names for an author as such, apart from any byline; position 1 is the latest."""

    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="affiliations", db_index=False)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="author_affiliations")
    source = models.CharField(max_length=32)
    position = models.SmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "institution", "source"], name="papers_authoraffiliation_once"),
        ]

    def __str__(self) -> str:
        return f"{self.author_id} at {self.institution_id}"


class DoubtfulIdentifier(models.Model):
    """An identifier that a source gives to a name which shares no part with the name of the author who has it.

    It is not believed: `author` is who the name was taken for instead. A row waits for a curator until `settled_at`.
    """

    paper = models.ForeignKey("papers.Paper", on_delete=models.CASCADE, related_name="+")
    printed_name = models.CharField(max_length=300)
    scheme = models.CharField(max_length=16)
    value = models.CharField(max_length=300)
    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="doubtful_identifiers")
    holder = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "scheme", "value", "printed_name"], name="papers_doubtfulidentifier_once"
            ),
        ]
        indexes = [models.Index(fields=["-at", "-id"], condition=Q(settled_at=None), name="papers_doubtful_waiting")]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value} of {self.printed_name}"
