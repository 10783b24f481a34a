"""What every record shares: a public id, a slug, and a place to go after a merge."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.text import slugify

from papers.domain import public_ids

# Stands for "no date is known" where rows are ordered by date and paged by keyset, which NULLs would break.
UNKNOWN_DATE = date.min


def canonical(path: str) -> Coalesce:
    """The id of the record that stands for the one at a foreign key: itself, or what it was merged into."""
    return Coalesce(F(f"{path}__merged_into_id"), F(f"{path}_id"))


class PublicRecord(models.Model):
    """A record with a page of its own.

    `merged_into` is NULL for a record that stands, else the record that took its place; the row is kept for
    ever so that its public id redirects and is never given to another.
    """

    public_id_letter = ""
    page_name = ""

    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged_from",
    )
    merged_into_id: int | None

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """What the record is called on a page: a name or a title."""
        return str(getattr(self, "name", ""))

    @property
    def public_id(self) -> str:
        """The id in addresses and in the API, such as `Wbcdfghj`."""
        return public_ids.encode(self.public_id_letter, self.pk)

    @property
    def canonical_id(self) -> int:
        """The id of the record that stands for this one: its own unless it was merged. No query."""
        return int(self.merged_into_id or self.pk)

    @property
    def slug(self) -> str:
        """At most 80 characters of the label for the address; `-` where nothing is left of it."""
        return slugify(self.label)[:80].strip("-") or "-"

    def get_absolute_url(self) -> str:
        return reverse(self.page_name, args=[self.public_id, self.slug])


def not_merged_into_itself(name: str) -> models.CheckConstraint:
    """The constraint that a record cannot redirect to itself."""
    return models.CheckConstraint(condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name=name)


class IdentifierRow(models.Model):
    """An identifier by (scheme, canonical value), which only one record of a kind can hold."""

    scheme = models.CharField(max_length=16)
    value = models.CharField(max_length=300)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"
