"""What was brought here: which source, when, how many works of which years, whose citations, what was rejected."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Max, Min, Sum

from harvest.models import ImportRun, RejectedRecord
from metrics.formulas.coverage import LISTED_SHARE
from metrics.models import CitationCoverage
from metrics.models.coverage import OF_VENUE
from papers.models import Citation, PaperStatement, ReportedCitations, Venue

KEPT_FOR_SECONDS = 300
MOST_FIELDS = 40


@dataclass(frozen=True, slots=True)
class SourceFigures:
    """What one source says of works here. Years and dates are None where it gives none; `reported` works have a citation
    count from it, as of the days from `reported_from` to `reported_until`; `citing` works have references from it.
    """

    name: str
    works: int
    first_year: int | None
    last_year: int | None
    changed_at: datetime
    reported: int
    reported_from: date | None
    reported_until: date | None
    citing: int


@dataclass(frozen=True, slots=True)
class Imported:
    """The imports of one format: how often, when last, and what became of the records."""

    source: str
    runs: int
    last_at: datetime
    created: int
    updated: int
    rejected: int
    warnings: int


@dataclass(frozen=True, slots=True)
class CountedField:
    """A field, its works, and those of them whose reference lists are here.

    `counted_from` and `counted_until` are the years whose citations are counted; None where too few lists are here.
    `known_until`: works of up to this year that nothing here cites are known to have no citation, None for none.
    """

    name: str
    works: int
    listed: int
    counted_from: int | None
    counted_until: int | None
    known_until: int | None

    @property
    def share(self) -> float:
        """Of the works, in percent."""
        return 100 * self.listed / self.works


@dataclass(frozen=True, slots=True)
class SourcesPage:
    sources: tuple[SourceFigures, ...]
    imports: tuple[Imported, ...]
    fields: tuple[CountedField, ...]
    least_share: int = round(100 * LISTED_SHARE)


def sources_page() -> SourcesPage:
    """Seven queries over all works, none while they are kept for five minutes."""
    kept: SourcesPage | None = cache.get("sources-page")
    if kept is None:
        kept = SourcesPage(_sources(), _imports(), _fields())
        cache.set("sources-page", kept, KEPT_FOR_SECONDS)
    return kept


def _sources() -> tuple[SourceFigures, ...]:
    rows = PaperStatement.objects.order_by().values("source")
    rows = rows.annotate(
        works=Count("paper", distinct=True),
        first=Min("paper__published_date"),
        last=Max("paper__published_date"),
        changed=Max("changed_at"),
    )
    reports = ReportedCitations.objects.order_by().values("source")
    reports = reports.annotate(n=Count("pk"), first=Min("as_of_date"), last=Max("as_of_date"))
    reported: dict[str, dict[str, Any]] = {row["source"]: dict(row) for row in reports}
    lists = Citation.objects.order_by().values_list("source").annotate(Count("citing", distinct=True))
    citing = dict(lists)
    found = []
    for row in rows:
        name, first, last = row["source"], row["first"], row["last"]
        report = reported.get(name, {})
        found.append(
            SourceFigures(
                name=name,
                works=row["works"],
                first_year=first.year if first else None,
                last_year=last.year if last else None,
                changed_at=row["changed"],
                reported=report.get("n", 0),
                reported_from=report.get("first"),
                reported_until=report.get("last"),
                citing=citing.get(name, 0),
            )
        )
    return tuple(sorted(found, key=lambda source: (-source.works, source.name)))


def _imports() -> tuple[Imported, ...]:
    rejected: dict[tuple[str, bool], int] = {
        (source, is_warning): n
        for source, is_warning, n in RejectedRecord.objects.order_by()
        .values_list("source", "is_warning")
        .annotate(Count("pk"))
    }
    runs = ImportRun.objects.order_by("source").values_list("source")
    rows = runs.annotate(Count("pk"), Max("heartbeat_at"), Sum("created_count"), Sum("updated_count"))
    return tuple(
        Imported(
            source,
            n,
            last_at,
            created,
            updated,
            rejected.get((source, False), 0),
            rejected.get((source, True), 0),
        )
        for source, n, last_at, created, updated in rows
    )


def _fields() -> tuple[CountedField, ...]:
    """The largest fields, and venues of works without one."""
    known = dict(
        CitationCoverage.objects.filter(is_evidence=True).order_by().values_list("field").annotate(Max("year"))
    )
    totals = CitationCoverage.objects.values("field").annotate(
        works=Sum("works_count"), listed=Sum("listed_count"), first=Min("counted_from"), last=Max("counted_until")
    )
    largest = totals.order_by("-works", "field")[:MOST_FIELDS]
    venue_ids = [int(row["field"].removeprefix(OF_VENUE)) for row in largest if row["field"].startswith(OF_VENUE)]
    venues = dict(Venue.objects.filter(pk__in=venue_ids).values_list("pk", "name"))
    return tuple(
        CountedField(
            _field_name(row["field"], venues),
            row["works"],
            row["listed"],
            row["first"],
            row["last"],
            known.get(row["field"]),
        )
        for row in largest
    )


def _field_name(field: str, venues: Mapping[int, str]) -> str:
    """arXiv's `cs` as it is; one of another scheme with the scheme, as `cs (demo)`; of works without a category the name
    of their venue, "" without one."""
    if field.startswith(OF_VENUE):
        return venues.get(int(field.removeprefix(OF_VENUE)), "")
    scheme, _, code = field.rpartition(":")
    return code if scheme in ("", "arxiv") else f"{code} ({scheme})"
