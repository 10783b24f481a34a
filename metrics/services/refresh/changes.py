"""After an import, a merge or a correction: exactly what it touched is computed anew, a chunk a transaction.

What a chunk touches is bounded, so that an import into a large portal stays quick. Cells, topics, institutions and
venues that hold more works than the chunk can afford are marked as stale, and `refresh_stale` takes them up.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction

from metrics.models import EntityKind
from metrics.services.novelty.vectors import MARK_WAITING
from metrics.services.refresh import stages
from metrics.services.refresh.locks import have_refresh_alone
from metrics.services.refresh.scope import Ids
from metrics.services.refresh.statements import Moment, fetch_ids, prepare_session, run_statements
from metrics.sql import changes, peers

CHUNK = 5_000
# Works in the cells, and in the topics, institutions and venues, that one chunk may read.
CELL_BUDGET = 20_000
ENTITY_BUDGET = 60_000
STALE_BUDGET = 500_000

_ENTITY_STAGES = {
    EntityKind.TOPIC: stages.topics,
    EntityKind.INSTITUTION: stages.institutions,
    EntityKind.VENUE: stages.venues,
}


@dataclass(slots=True)
class Touched:
    """Ids to compute anew: changed papers and what they cite; all of their authors; of those, the authors whose own
    works changed, with their co-authors, for whom fields, places and ties change too."""

    papers: Ids
    authors: Ids
    regrouped: Ids
    entities: dict[str, list[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many changes a chunk took, and how many rows it wrote."""

    changes: int
    written: int


def waiting_changes() -> int:
    """How many changes wait, counted up to where a full refresh is cheaper."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM (SELECT FROM papers_change LIMIT 1000000) c")
        return int(cursor.fetchone()[0])


def full_is_cheaper(waiting: int) -> bool:
    """Whether so much changed that everything is sooner computed than sorted out: a fifth of all papers."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = 'papers_paper'::regclass"
        )
        return waiting > max(10_000, int(cursor.fetchone()[0]) // 5)


def refresh_chunk(*, now: datetime) -> Outcome:
    """Take up to a chunk of changes and compute what they touch, in one transaction."""
    moment = Moment.at(now)
    with transaction.atomic():
        prepare_session()
        have_refresh_alone()
        taken = _take()
        if not taken:
            return Outcome(0, 0)
        touched = _touched(taken)
        return Outcome(sum(map(len, taken.values())), _compute(touched, moment))


def refresh_authors(*, author_ids: Iterable[int], now: datetime) -> int:
    """Compute these authors anew from their papers; returns the rows written."""
    moment = Moment.at(now)
    with transaction.atomic():
        prepare_session()
        have_refresh_alone()
        standing = fetch_ids(changes.STANDING_AUTHORS, {"authors": list(author_ids)})
        of_papers = Ids.of(fetch_ids(_PAPERS_OF, {"authors": standing}))
        written = stages.paper_counts(of_papers, moment) + stages.self_citations(of_papers, moment)
        authors = Ids.of(standing)
        for stage in (
            stages.author_indices,
            stages.author_averages,
            stages.author_profiles,
            stages.snapshots,
        ):
            written += stage(authors, moment)
        return written


_PAPERS_OF = """
SELECT DISTINCT s.paper_id FROM papers_authorship s JOIN papers_author a ON a.id = s.author_id
WHERE a.id = ANY(%(authors)s::bigint[]) OR a.merged_into_id = ANY(%(authors)s::bigint[])
"""


def refresh_stale(*, now: datetime) -> int:
    """Compute cells and entities that earlier chunks could not afford, smallest first; rows written."""
    moment = Moment.at(now)
    with transaction.atomic():
        prepare_session()
        have_refresh_alone()
        run_statements((changes.STALE_CELLS,), Ids(()), moment)
        written, authors = _compute_cells(moment, STALE_BUDGET)
        written += stages.author_averages(Ids.of(authors), moment)
        with connection.cursor() as cursor:
            cursor.execute(changes.STALE_ENTITIES)
            rows = cursor.fetchall()
        return written + _compute_entities(_affordable(rows, STALE_BUDGET), moment)


def _take() -> dict[str, list[int]]:
    with connection.cursor() as cursor:
        cursor.execute(changes.TAKE, {"most": CHUNK})
        return dict(cursor.fetchall())


def _touched(taken: Mapping[str, list[int]]) -> Touched:
    named_authors = taken.get("author", [])
    changed = set(taken.get("paper", []))
    changed.update(fetch_ids(changes.PAPERS_OF_REGROUPED, {"authors": named_authors}))
    changed.update(fetch_ids(changes.HEIRS_OF_PAPERS, {"papers": list(changed)}))
    every = changed | set(fetch_ids(changes.CITED_BY, {"papers": list(changed)}))
    regrouped = set(fetch_ids(changes.STANDING_AUTHORS, {"authors": named_authors}))
    regrouped.update(fetch_ids(changes.AUTHORS_OF, {"papers": list(changed)}))
    authors = regrouped.union(fetch_ids(changes.AUTHORS_OF, {"papers": list(every)}))
    entities = {kind: taken[kind] for kind in EntityKind.values if kind in taken}
    return Touched(Ids.of(every), Ids.of(authors), Ids.of(regrouped), entities)


def _compute(touched: Touched, moment: Moment) -> int:
    written = stages.paper_counts(touched.papers, moment)
    written += stages.self_citations(touched.papers, moment)
    written += run_statements((peers.WRITE_PAPERS_WITHOUT_CELL, MARK_WAITING), touched.papers, moment)
    run_statements((changes.TOUCHED_CELLS,), touched.papers, moment, papers=list(touched.papers.ids))
    rows, of_peers = _compute_cells(moment, CELL_BUDGET)
    written += rows + stages.author_indices(touched.authors, moment)
    written += stages.author_averages(Ids.of((*touched.authors.ids, *of_peers)), moment)
    written += stages.author_profiles(touched.regrouped, moment) + stages.snapshots(touched.authors, moment)
    return written + _compute_entities(_touched_entities(touched), moment)


def _compute_cells(moment: Moment, budget: int) -> tuple[int, list[int]]:
    """Compute the cells in touched_cells that the budget allows; rows written, and authors whose papers moved."""
    with connection.cursor() as cursor:
        cursor.execute(changes.POSTPONE_CELLS, {"budget": budget})
    written = run_statements(peers.OF_CELLS, Ids(()), moment)
    moved = fetch_ids("SELECT paper_id FROM changed_peers", {})
    return written, fetch_ids(changes.AUTHORS_OF, {"papers": moved})


def _touched_entities(touched: Touched) -> dict[str, list[int]]:
    pairs = [(kind, object_id) for kind, ids in touched.entities.items() for object_id in ids]
    with connection.cursor() as cursor:
        cursor.execute(
            changes.TOUCHED_ENTITIES,
            {
                "papers": list(touched.papers.ids),
                "kinds": [kind for kind, _ in pairs],
                "objects": [object_id for _, object_id in pairs],
            },
        )
        rows = cursor.fetchall()
    affordable = _affordable(rows, ENTITY_BUDGET)
    postponed = [
        (kind, object_id) for kind, object_id, _ in rows if object_id not in affordable.get(kind, ())
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            changes.POSTPONE_ENTITIES,
            {"kinds": [kind for kind, _ in postponed], "objects": [object_id for _, object_id in postponed]},
        )
    return affordable


def _affordable(rows: Iterable[tuple[str, int, int]], budget: int) -> dict[str, list[int]]:
    """Entities by kind, smallest first, until their works pass the budget; always at least one."""
    chosen: dict[str, list[int]] = {}
    total = 0
    for kind, object_id, works in rows:
        total += works
        if total > budget and chosen:
            break
        chosen.setdefault(kind, []).append(object_id)
    return chosen


def _compute_entities(entities: Mapping[str, list[int]], moment: Moment) -> int:
    return sum(
        _ENTITY_STAGES[EntityKind(kind)](Ids.of(ids), moment) for kind, ids in sorted(entities.items())
    )
