"""For how many authors and papers each number is known, and since when: what /numbers/ tells."""

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db.models import Count, Max, Q

from metrics.formulas import FORMULAS
from metrics.models import AuthorMetrics, PaperMetrics, RefreshRun

CACHED_SECONDS = 600
_OF_AUTHORS = {
    "h_index": "h_index",
    "g_index": "g_index",
    "i10_index": "i10_index",
    "h_index_5y": "h5_index",
    "m_quotient": "m_quotient",
    "mean_citedness_2y": "mean_citedness_2y",
    "author_mean": "novelty",
}
_OF_PAPERS = {
    "field_weighted_impact": "fwci",
    "citation_percentile": "citation_percentile",
    "novelty_distance": "novelty_distance",
    "novelty": "novelty",
}
_ALWAYS_OF_AUTHORS = ("citations_all", "citations_5y", "papers_per_year", "citations_per_year", "self_citations",
                      "citations_without_self", "close_collaborators", "tie_strength", "verification_level", "trust")  # fmt: skip
_ALWAYS_OF_PAPERS = ("shown_citations",)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of how many authors or papers (`of`) a formula's value is known."""

    name: str
    version: int
    of: str
    known: int
    total: int


@dataclass(frozen=True, slots=True)
class Numbers:
    """Every formula's coverage, when values last changed and when a full refresh last ended (None: never)."""

    formulas: tuple[Coverage, ...]
    changed_at: datetime | None
    refreshed_at: datetime | None


def numbers_in_force() -> Numbers:
    """Three queries over all rows, kept for ten minutes."""
    found = cache.get("metrics.coverage")
    if found is None:
        found = _counted()
        cache.set("metrics.coverage", found, CACHED_SECONDS)
    return found


def _counted() -> Numbers:
    authors = AuthorMetrics.objects.aggregate(
        total=Count("pk"), changed=Max("computed_at"), **_known_counts(_OF_AUTHORS)
    )
    papers = PaperMetrics.objects.aggregate(total=Count("pk"), **_known_counts(_OF_PAPERS))
    last = RefreshRun.objects.filter(scope=RefreshRun.Scope.ALL, state=RefreshRun.State.DONE).aggregate(
        at=Max("finished_at")
    )
    return Numbers(
        formulas=tuple(
            coverage for name in FORMULAS if (coverage := _coverage(name, authors, papers)) is not None
        ),
        changed_at=authors["changed"],
        refreshed_at=last["at"],
    )


def _known_counts(columns: dict[str, str]) -> dict[str, Count]:
    return {
        f"known_{column}": Count("pk", filter=Q(**{f"{column}__isnull": False}))
        for column in columns.values()
    }


def _coverage(name: str, authors: dict[str, int], papers: dict[str, int]) -> Coverage | None:
    version = FORMULAS[name].version
    if name in _OF_AUTHORS:
        return Coverage(name, version, "authors", authors[f"known_{_OF_AUTHORS[name]}"], authors["total"])
    if name in _OF_PAPERS:
        return Coverage(name, version, "papers", papers[f"known_{_OF_PAPERS[name]}"], papers["total"])
    if name in _ALWAYS_OF_AUTHORS:
        return Coverage(name, version, "authors", authors["total"], authors["total"])
    if name in _ALWAYS_OF_PAPERS:
        return Coverage(name, version, "papers", papers["total"], papers["total"])
    return None
