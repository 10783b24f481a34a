"""What imports put off, computed behind them: citation coverage, papers, reference sets, authors, profiles, then topics, institutions and venues.

Marks of many imports fall together, so an author whose works ten imports cite is computed once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from common.db.sql import fetch, fetch_column, fetch_value
from metrics.models import EntityMetrics, Overdue, ReferenceSet
from metrics.services.refresh import stages
from metrics.services.refresh.changes import (
    AT_ONCE,
    affordable,
    compute_cells,
    compute_entities,
    mark_counts_of,
)
from metrics.services.refresh.locks import have_refresh_alone
from metrics.services.refresh.scope import Ids
from metrics.services.refresh.statements import Moment, prepare_session, run_statements
from metrics.sql import changes, coverage

# What one transaction takes: it has the refresh alone meanwhile.
MOST_PAPERS = 20_000
MOST_AUTHORS = 20_000
MOST_PROFILES = 10_000
STALE_BUDGET = 500_000


@dataclass(frozen=True, slots=True)
class Settled:
    """How many marks a turn took away, and how many rows of numbers it wrote."""

    marks: int
    written: int


def is_anything_overdue() -> bool:
    """Whether a mark stands."""
    return (
        Overdue.objects.exists()
        or ReferenceSet.objects.filter(is_stale=True).exists()
        or EntityMetrics.objects.filter(is_stale=True).exists()
    )


def settle(*, now: datetime) -> Settled:
    """Compute a part of what is overdue, in one transaction; no marks taken means that nothing is left.

    Raises RefreshBusy while somebody else computes.
    """
    moment = Moment.at(now)
    with transaction.atomic():
        prepare_session()
        have_refresh_alone()
        for part in _PARTS:
            settled = part(moment)
            if settled.marks:
                return settled
    return Settled(0, 0)


def _settle_coverage(moment: Moment) -> Settled:
    """See anew where the lack of a citing work is evidence, and mark the papers of which something else is true now."""
    if _taken(Overdue.Kind.COVERAGE, 1).is_empty:
        return Settled(0, 0)
    run_statements((coverage.FRESH,), Ids(()), moment)
    recounted = fetch_column(coverage.RECOUNTED, {})
    mark_counts_of(recounted)
    with connection.cursor() as cursor:
        cursor.execute(changes.MARK_ENTITIES_OF, {"papers": recounted})
    return Settled(1, run_statements((coverage.WRITE,), Ids(()), moment))


def _settle_papers(moment: Moment) -> Settled:
    papers = _taken(Overdue.Kind.PAPER, MOST_PAPERS)
    if papers.is_empty:
        return Settled(0, 0)
    written = stages.paper_counts(papers, moment) + stages.self_citations(papers, moment)
    return Settled(len(papers.ids), written)


def _settle_cells(moment: Moment) -> Settled:
    run_statements((changes.STALE_CELLS,), Ids(()), moment)
    marks = fetch_value("SELECT count(*) FROM touched_sets")
    return Settled(marks, compute_cells(moment, STALE_BUDGET) if marks else 0)


def _settle_authors(moment: Moment) -> Settled:
    authors = _taken(Overdue.Kind.AUTHOR, MOST_AUTHORS)
    if authors.is_empty:
        return Settled(0, 0)
    written = sum(stage(authors, moment) for stage in (*AT_ONCE, stages.snapshots))
    return Settled(len(authors.ids), written)


def _settle_profiles(moment: Moment) -> Settled:
    authors = _taken(Overdue.Kind.PROFILE, MOST_PROFILES)
    if authors.is_empty:
        return Settled(0, 0)
    written = stages.author_profiles(authors, moment) + stages.snapshots(authors, moment)
    return Settled(len(authors.ids), written)


def _settle_entities(moment: Moment) -> Settled:
    chosen = affordable(fetch(changes.STALE_ENTITIES), STALE_BUDGET)
    return Settled(sum(map(len, chosen.values())), compute_entities(chosen, moment))


_PARTS: tuple[Callable[[Moment], Settled], ...] = (
    _settle_coverage,
    _settle_papers,
    _settle_cells,
    _settle_authors,
    _settle_profiles,
    _settle_entities,
)


def _taken(kind: str, most: int) -> Ids:
    return Ids.of(fetch_column(changes.TAKE_OVERDUE, {"kind": kind, "most": most}))
