"""Filters with fixed choices, each answered by an index or by a list that is short."""

from datetime import date
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from common import clock
from papers.admin.bases import AnyModelAdmin
from papers.domain.correctable import INSTITUTION_STATUSES, VENUE_KINDS, WORK_KINDS
from papers.domain.sources import origin_names
from papers.models import Correction, PaperStatement
from papers.selectors.corrections import kind_of

type Choices = list[tuple[Any, Any]]


class ChoiceFilter(admin.SimpleListFilter):
    """One of some words that are written down here: no query finds out which there are."""

    words: ClassVar[tuple[str, ...]] = ()
    column: ClassVar[str] = ""

    def names(self) -> tuple[str, ...]:
        return self.words

    def lookups(self, request: HttpRequest, model_admin: AnyModelAdmin) -> Choices:
        return [(word, word) for word in self.names()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        value = self.value()
        return queryset.filter(**{self.column: value}) if value in self.names() else None


class WorkKindFilter(ChoiceFilter):
    title, parameter_name, column, words = _("kind"), "kind", "kind", WORK_KINDS


class VenueKindFilter(ChoiceFilter):
    title, parameter_name, column, words = _("kind"), "kind", "kind", VENUE_KINDS


class StatusFilter(ChoiceFilter):
    title, parameter_name, column, words = _("status"), "status", "status", INSTITUTION_STATUSES


class SourceFilter(ChoiceFilter):
    title, parameter_name, column = _("source"), "source", "source"

    def names(self) -> tuple[str, ...]:
        return origin_names()


def fixed(column: str, title: Any, choices: tuple[str, ...]) -> type[ChoiceFilter]:
    """A filter of a model's own field by words that its constraints allow."""
    values = {"title": title, "parameter_name": column, "column": column, "words": choices}
    return type(f"{column.title()}Filter", (ChoiceFilter,), values)


class AssertedByFilter(SourceFilter):
    """Works that a source states."""

    title, parameter_name = _("stated by"), "stated_by"

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        if self.value() not in self.names():
            return None
        return queryset.filter(pk__in=PaperStatement.objects.filter(source=self.value()).values("paper"))


class RetractedFilter(admin.SimpleListFilter):
    title, parameter_name = _("retraction"), "retracted"

    def lookups(self, request: HttpRequest, model_admin: AnyModelAdmin) -> Choices:
        return [("yes", _("Retracted"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        return queryset.filter(is_retracted=True) if self.value() == "yes" else None


class CorrectedFilter(admin.SimpleListFilter):
    title, parameter_name = _("corrections"), "corrected"

    def lookups(self, request: HttpRequest, model_admin: AnyModelAdmin) -> Choices:
        return [("yes", _("Corrected by a person"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        if self.value() != "yes":
            return None
        corrected = Correction.objects.filter(kind=kind_of(queryset.model)).values("object_id")
        return queryset.filter(pk__in=corrected)


class MergedFilter(admin.SimpleListFilter):
    """Records that stand, unless those that were merged into others are asked for."""

    title, parameter_name = _("merged"), "merged"

    def lookups(self, request: HttpRequest, model_admin: AnyModelAdmin) -> Choices:
        return [("yes", _("Merged into another"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        return queryset.filter(merged_into__isnull=False) if self.value() == "yes" else None


class WaitingFilter(admin.SimpleListFilter):
    """Rows that wait for a curator, unless the settled ones are asked for."""

    title, parameter_name = _("settled"), "settled"

    def lookups(self, request: HttpRequest, model_admin: AnyModelAdmin) -> Choices:
        return [("yes", _("Settled"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        return queryset.filter(settled_at__isnull=self.value() != "yes")


class YearFilter(admin.SimpleListFilter):
    """Years of publication, as ranges of an indexed date."""

    title, parameter_name = _("published"), "year"
    SINGLE_YEARS = 6

    def lookups(self, request: HttpRequest, model_admin: AnyModelAdmin) -> Choices:
        this_year = clock.today().year
        single = [(str(year), str(year)) for year in range(this_year, this_year - self.SINGLE_YEARS, -1)]
        start = (this_year - self.SINGLE_YEARS) // 10 * 10
        decades = [(f"{year}s", _("%ss") % year) for year in range(start, 1970, -10)]
        return [*single, *decades, ("earlier", _("before 1980")), ("unknown", _("not known"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        value = self.value() or ""
        if value == "unknown":
            return queryset.filter(published_date__isnull=True)
        if value == "earlier":
            return queryset.filter(published_date__lt=date(1980, 1, 1))
        digits = value.removesuffix("s")
        if not (digits.isascii() and digits.isdigit() and len(digits) == 4):
            return None
        first, length = int(digits), 10 if value.endswith("s") else 1
        return queryset.filter(published_date__gte=date(first, 1, 1), published_date__lt=date(first + length, 1, 1))
