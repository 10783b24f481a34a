"""What each stage computes for a scope, in one transaction of the caller's. Running one again changes nothing."""

from collections.abc import Callable

from common.db.sql import fetch_value
from metrics.models import EntityKind, RefreshRun, Stage
from metrics.services.claim_status import write_trust
from metrics.services.novelty import neighbours, percentiles, vectors
from metrics.services.refresh.scope import Scope
from metrics.services.refresh.statements import Moment, run_statements
from metrics.services.scoring import score_papers
from metrics.sql import authors, coverage, entities, papers, profiles, reference_sets

type Computation = Callable[[Scope, Moment], int]


def citation_coverage(scope: Scope, moment: Moment) -> int:
    """Where the lack of a citing work is evidence; of everything, whatever the scope."""
    return run_statements(coverage.COVERAGE, scope, moment)


def paper_counts(scope: Scope, moment: Moment) -> int:
    """Citation counts of papers, and where they are repeated."""
    return run_statements(papers.COUNTS, scope, moment)


def self_citations(scope: Scope, moment: Moment) -> int:
    """Self-citations of papers; and no reference set any more for those that lost their category or date."""
    return run_statements((*papers.SELF_CITATIONS, reference_sets.WRITE_PAPERS_WITHOUT_CELL), scope, moment)


def author_indices(scope: Scope, moment: Moment) -> int:
    """h, g, i10, citations and years of authors."""
    return run_statements(authors.INDICES, scope, moment)


def author_averages(scope: Scope, moment: Moment) -> int:
    """Means of what an author's papers score, and self-citations."""
    return run_statements(authors.AVERAGES, scope, moment)


def author_profiles(scope: Scope, moment: Moment) -> int:
    """Fields, topics, places, close collaborators; then verification and trust."""
    return run_statements(profiles.PROFILES, scope, moment) + write_trust(scope, moment)


def snapshots(scope: Scope, moment: Moment) -> int:
    return run_statements(authors.SNAPSHOTS, scope, moment)


def reference_sets_of_categories(scope: Scope, moment: Moment) -> int:
    """Every reference set of these categories, and the papers in it."""
    return run_statements(reference_sets.OF_CATEGORIES, scope, moment)


def topics(scope: Scope, moment: Moment) -> int:
    return run_statements(entities.TOPICS, scope, moment, kind=EntityKind.TOPIC.value)


def institutions(scope: Scope, moment: Moment) -> int:
    return run_statements(entities.INSTITUTIONS, scope, moment, kind=EntityKind.INSTITUTION.value)


def venues(scope: Scope, moment: Moment) -> int:
    return run_statements(entities.VENUES, scope, moment, kind=EntityKind.VENUE.value)


def novelty(scope: Scope, moment: Moment) -> int:
    """The percentile of every distance, whatever the scope: reference sets may be wide."""
    return percentiles.write_percentiles(moment)


COMPUTATIONS: dict[Stage, Computation] = {
    Stage.COVERAGE: citation_coverage,
    Stage.PAPERS: paper_counts,
    Stage.AUTHORS: author_indices,
    Stage.SELF_CITATIONS: self_citations,
    Stage.PEERS: reference_sets_of_categories,
    Stage.VECTORS: vectors.embed_papers,
    Stage.NEIGHBOURS: neighbours.find_neighbours,
    Stage.NOVELTY: novelty,
    Stage.SCORES: score_papers,
    Stage.AVERAGES: author_averages,
    Stage.PROFILES: author_profiles,
    Stage.TOPICS: topics,
    Stage.INSTITUTIONS: institutions,
    Stage.VENUES: venues,
    Stage.SNAPSHOTS: snapshots,
}

_OF_TEXTS = frozenset({Stage.VECTORS, Stage.NEIGHBOURS, Stage.NOVELTY, Stage.SCORES})
OF_SCOPE: dict[str, tuple[Stage, ...]] = {
    RefreshRun.Scope.ALL: tuple(COMPUTATIONS),
    RefreshRun.Scope.NUMBERS: tuple(stage for stage in COMPUTATIONS if stage not in _OF_TEXTS),
    RefreshRun.Scope.CITATIONS: (Stage.COVERAGE, Stage.PAPERS, Stage.AUTHORS),
}

# Which ids a stage runs over, and how many of them one worker takes at a time.
_PAPERS, _AUTHORS = ("papers_paper", "id"), ("papers_author", "id")
IDS_OF: dict[Stage, tuple[str, str]] = {
    Stage.COVERAGE: _PAPERS,
    Stage.PAPERS: _PAPERS,
    Stage.AUTHORS: _AUTHORS,
    Stage.SELF_CITATIONS: _PAPERS,
    Stage.PEERS: ("papers_category", "id"),
    Stage.VECTORS: _PAPERS,
    Stage.NEIGHBOURS: _PAPERS,
    Stage.NOVELTY: _PAPERS,
    Stage.SCORES: _PAPERS,
    Stage.AVERAGES: _AUTHORS,
    Stage.PROFILES: _AUTHORS,
    Stage.TOPICS: ("papers_topic", "id"),
    Stage.INSTITUTIONS: ("papers_institution", "id"),
    Stage.VENUES: ("papers_venue", "id"),
    Stage.SNAPSHOTS: _AUTHORS,
}
SIZES: dict[Stage, int] = {
    Stage.COVERAGE: 2**40,
    Stage.PAPERS: 250_000,
    Stage.AUTHORS: 125_000,
    Stage.SELF_CITATIONS: 125_000,
    Stage.PEERS: 10,
    Stage.VECTORS: 20_000,
    Stage.NEIGHBOURS: 20_000,
    Stage.NOVELTY: 2**40,
    Stage.SCORES: 50_000,
    Stage.AVERAGES: 125_000,
    Stage.PROFILES: 50_000,
    Stage.TOPICS: 50,
    Stage.INSTITUTIONS: 20_000,
    Stage.VENUES: 5_000,
    Stage.SNAPSHOTS: 250_000,
}


def first_id(stage: Stage) -> int:
    """The smallest id that a stage may meet; 1 where there is none."""
    table, column = IDS_OF[stage]
    return int(fetch_value(f"SELECT coalesce(min({column}), 1) FROM {table}"))


def last_id(stage: Stage) -> int:
    """The largest id that a stage may meet; 0 where there is none."""
    table, column = IDS_OF[stage]
    return int(fetch_value(f"SELECT coalesce(max({column}), 0) FROM {table}"))
