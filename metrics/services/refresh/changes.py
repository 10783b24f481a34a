"""After an import, a merge or a correction: what it names is computed anew at once, a chunk a transaction.

At once: the changed works, the counts of the works they cite, the indices of their own authors. What takes longer, or
changes a little for many – profiles, the citing years of cited works and their authors' indices, large reference sets, topics,
institutions and venues – is marked, said on pages, and settled behind it (metrics.services.refresh.backlog). Why:
docs/adr/0041-overdue-numbers.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction

from common.db.sql import fetch, fetch_column, fetch_value
from metrics.models import EntityKind, Overdue
from metrics.services.novelty.vectors import MARK_WAITING, MARK_WITHOUT_TEXT
from metrics.services.refresh import stages
from metrics.services.refresh.locks import have_refresh_alone
from metrics.services.refresh.scope import Ids
from metrics.services.refresh.statements import Moment, prepare_session, run_statements
from metrics.sql import changes, reference_sets

CHUNK = 5_000
# Works in the reference sets, and in the topics, institutions and venues, that one chunk may read.
CELL_BUDGET = 5_000
ENTITY_BUDGET = 5_000

# What is right at once of authors whose works changed.
AT_ONCE = (stages.author_indices, stages.author_averages)

_ENTITY_STAGES = {
    EntityKind.TOPIC: stages.topics,
    EntityKind.INSTITUTION: stages.institutions,
    EntityKind.VENUE: stages.venues,
}


@dataclass(slots=True)
class Touched:
    """What changes name: papers, the papers they cite beside them, and authors whose own works changed."""

    papers: Ids
    cited: Ids
    authors: Ids
    entities: dict[str, list[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many changes a chunk took, and how many rows it wrote."""

    changes: int
    written: int


def waiting_changes() -> int:
    """How many changes wait, counted up to where a full refresh is cheaper."""
    return int(fetch_value("SELECT count(*) FROM (SELECT FROM papers_change LIMIT 1000000) c"))


def full_is_cheaper(waiting: int) -> bool:
    """Whether so much changed that everything is sooner computed than sorted out: a fifth of all papers."""
    papers = fetch_value("SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = 'papers_paper'::regclass")
    return bool(waiting > max(10_000, papers // 5))


def refresh_chunk(*, now: datetime) -> Outcome:
    """Take up to a chunk of changes, compute what they name and mark what else they touch, in one transaction.

    Raises RefreshBusy while somebody else computes.
    """
    moment = Moment.at(now)
    with transaction.atomic():
        prepare_session()
        have_refresh_alone()
        taken = _take()
        if not taken:
            return Outcome(0, 0)
        touched = _touched(taken)
        return Outcome(sum(map(len, taken.values())), _compute(touched, moment))


def refresh_authors(*, author_ids: Iterable[int], now: datetime, wait: bool = False) -> int:
    """Compute these authors anew from their papers; returns the rows written. Raises RefreshBusy while others compute,
    or, if it may wait, when they do so for longer than lock_timeout."""
    moment = Moment.at(now)
    with transaction.atomic():
        prepare_session()
        have_refresh_alone(wait=wait)
        standing = fetch_column(changes.STANDING_AUTHORS, {"authors": list(author_ids)})
        of_papers = Ids.of(fetch_column(_PAPERS_OF, {"authors": standing}))
        written = stages.paper_counts(of_papers, moment) + stages.self_citations(of_papers, moment)
        for stage in (*AT_ONCE, stages.author_profiles, stages.snapshots):
            written += stage(Ids.of(standing), moment)
        return written


_PAPERS_OF = """
SELECT DISTINCT s.paper_id FROM papers_authorship s JOIN canonical_author a ON a.id = s.author_id
WHERE a.id = ANY(%(authors)s::bigint[]) OR a.merge_target_id = ANY(%(authors)s::bigint[])
"""


def _take() -> dict[str, list[int]]:
    return dict(fetch(changes.TAKE, {"most": CHUNK}))


def _touched(taken: Mapping[str, list[int]]) -> Touched:
    named_authors = taken.get("author", [])
    changed = set(taken.get("paper", []))
    changed.update(fetch_column(changes.PAPERS_OF_REGROUPED, {"authors": named_authors}))
    changed.update(fetch_column(changes.HEIRS_OF_PAPERS, {"papers": list(changed)}))
    cited = set(fetch_column(changes.CITED_BY, {"papers": list(changed)}))
    authors = set(fetch_column(changes.STANDING_AUTHORS, {"authors": named_authors}))
    authors.update(fetch_column(changes.AUTHORS_OF, {"papers": list(changed)}))
    entities = {kind: taken[kind] for kind in EntityKind.values if kind in taken}
    return Touched(Ids.of(changed), Ids.of(cited - changed), Ids.of(authors), entities)


def _compute(touched: Touched, moment: Moment) -> int:
    if not touched.papers.is_empty:
        mark(Overdue.Kind.COVERAGE, (0,))
    written = stages.paper_counts(touched.papers, moment)
    written += stages.self_citations(touched.papers, moment)
    written += run_statements((MARK_WAITING, MARK_WITHOUT_TEXT), touched.papers, moment)
    written += _count_cited(touched.cited)
    run_statements((changes.TOUCHED_CELLS,), touched.papers, moment, papers=list(touched.papers.ids))
    written += compute_cells(moment, CELL_BUDGET)
    written += sum(stage(touched.authors, moment) for stage in (*AT_ONCE, stages.snapshots))
    mark(Overdue.Kind.PROFILE, touched.authors.ids)
    written += compute_entities(_touched_entities(touched), moment)
    with connection.cursor() as cursor:  # afterwards: what was computed read citing years that are overdue
        cursor.execute(changes.MARK_ENTITIES_OF, {"papers": list(touched.cited.ids)})
    return written


def mark(kind: str, ids: Sequence[int]) -> None:
    """Mark these as overdue; what a full refresh has taken over is nobody's again."""
    with connection.cursor() as cursor:
        cursor.execute(changes.MARK, {"kind": kind, "ids": list(ids)})


def _count_cited(cited: Ids) -> int:
    """Renew the counts of cited papers, and mark what else of them, and of whom, is behind; rows written."""
    with connection.cursor() as cursor:
        cursor.execute(changes.COUNT_CITED, {"cited": list(cited.ids)})
        written = int(cursor.rowcount)
    mark_counts_of(cited.ids)
    return written


def mark_counts_of(paper_ids: Sequence[int]) -> None:
    """Mark what is made of these papers' citations as overdue: their own years, their authors and reference sets."""
    mark(Overdue.Kind.PAPER, paper_ids)
    with connection.cursor() as cursor:
        for statement in (changes.MARK_AUTHORS_OF, changes.MARK_CELLS_OF):
            cursor.execute(statement, {"papers": list(paper_ids)})


def compute_cells(moment: Moment, budget: int) -> int:
    """Compute the reference sets in touched_sets that the budget allows, and mark the others, and whoever has papers that moved
    in theirs; rows written."""
    with connection.cursor() as cursor:
        cursor.execute(changes.POSTPONE_CELLS, {"budget": budget})
        written = run_statements(reference_sets.OF_CELLS, Ids(()), moment)
        moved = fetch_column("SELECT paper_id FROM changed_peers", {})
        cursor.execute(changes.MARK_AUTHORS_OF, {"papers": moved})
    return written


def _touched_entities(touched: Touched) -> dict[str, list[int]]:
    pairs = [(kind, object_id) for kind, ids in touched.entities.items() for object_id in ids]
    rows = fetch(
        changes.TOUCHED_ENTITIES,
        {
            "papers": list(touched.papers.ids),
            "kinds": [kind for kind, _ in pairs],
            "objects": [object_id for _, object_id in pairs],
        },
    )
    chosen = affordable(rows, ENTITY_BUDGET)
    postponed = [(kind, object_id) for kind, object_id, _ in rows if object_id not in chosen.get(kind, ())]
    with connection.cursor() as cursor:
        cursor.execute(
            changes.POSTPONE_ENTITIES,
            {"kinds": [kind for kind, _ in postponed], "objects": [object_id for _, object_id in postponed]},
        )
    return chosen


def affordable(rows: Iterable[tuple[str, int, int]], budget: int) -> dict[str, list[int]]:
    """Entities by kind, smallest first, until their works pass the budget; always at least one."""
    chosen: dict[str, list[int]] = {}
    total = 0
    for kind, object_id, works in rows:
        total += works
        if total > budget and chosen:
            break
        chosen.setdefault(kind, []).append(object_id)
    return chosen


def compute_entities(entities: Mapping[str, list[int]], moment: Moment) -> int:
    """Compute these topics, institutions and venues; rows written."""
    return sum(_ENTITY_STAGES[EntityKind(kind)](Ids.of(ids), moment) for kind, ids in sorted(entities.items()))
