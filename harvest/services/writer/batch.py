"""A batch of records into the record: one transaction, set by set."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import orjson
from django.db import transaction

from harvest.domain.build import build_work
from harvest.domain.merge import merged
from harvest.domain.record import WorkRecord
from harvest.services.writer.citing import resolve_waiting, write_references
from harvest.services.writer.corrections import apply_corrections
from harvest.services.writer.matching import Group, find_papers, grouped
from harvest.services.writer.papers import write_papers, write_statements
from harvest.services.writer.tables import copy_rows, fetch, new_ids
from harvest.services.writer.upsert import Upsert
from harvest.services.writer.versions import keep_doubtful
from papers.services.merging import merge_papers
from papers.services.record_lock import lock_record


@dataclass(frozen=True, slots=True)
class BatchCounts:
    """How many records of a batch made a work, changed one, or said nothing new."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0


@transaction.atomic
def write_batch(records: Sequence[WorkRecord], *, now: datetime, run_started_at: datetime) -> BatchCounts:
    """Write records of works; all of the batch or nothing is stored. Any number of sources may be mixed.

    Of records with one key, the last that a run reads stands; the others of that run count as known.
    """
    if not records:
        return BatchCounts()
    lock_record()
    news, known_digests = _changed(records, run_started_at)
    if not news:
        return BatchCounts(unchanged=len(records))
    everything = _written(news, now=now)
    write_statements(everything, known_digests, now=now)
    created = sum(upsert.is_new for upsert in everything if not upsert.adds_nothing)
    told = len(news) - sum(len(upsert.sources) for upsert in everything if upsert.adds_nothing)
    return BatchCounts(created, told - created, len(records) - told)


def _written(records: Sequence[WorkRecord], *, now: datetime) -> list[Upsert]:
    """The works of these records, matched with each other and with what is here, and stored."""
    groups = grouped(records)
    find_papers(groups)
    everything = _drafts(groups)
    upserts = [upsert for upsert in everything if not upsert.adds_nothing]
    papers = {id(group): next(iter(group.paper_ids)) for group in groups if group.paper_ids}
    apply_corrections([upsert for upsert in upserts if not upsert.is_new])
    write_papers(upserts, now=now)
    keep_doubtful(groups, papers, now=now)
    write_references(upserts)
    resolve_waiting([(upsert.paper_id, i.scheme, i.value) for upsert in upserts for i in upsert.record.ids])
    copy_rows("papers_change", ["kind", "object_id", "at"], [("paper", upsert.paper_id, now) for upsert in upserts])
    return everything


@transaction.atomic
def rewrite_papers(paper_ids: Sequence[int], *, now: datetime) -> int:
    """Make works anew from what their sources said, by the rules of today; returns how many works were written.

    Works that today's rules know to be one are merged. What sources said stays as it is; references, which are not
    kept with it, too.
    """
    lock_record()
    rows = fetch(
        """SELECT s.source, s.statement::text FROM papers_paperstatement s JOIN canonical_paper p ON p.id = s.paper_id
           WHERE s.paper_id = ANY(%s) AND p.is_canonical ORDER BY s.id""",
        [list(paper_ids)],
    )
    records = [build_work(orjson.loads(statement), source=source) for source, statement in rows]
    return len(_written(records, now=now)) if records else 0


def _changed(
    records: Sequence[WorkRecord], run_started_at: datetime
) -> tuple[list[WorkRecord], dict[tuple[str, str], list[bytes]]]:
    """The records whose content is not stored yet, and the digests of this run that each of them replaces."""
    keys = list({(record.source, record.source_key) for record in records})
    known: dict[tuple[str, str], list[bytes]] = defaultdict(list)
    stale: dict[tuple[str, str], list[bytes]] = {}
    for source, key, digest, others, changed_at in fetch(
        """SELECT s.source, s.source_key, s.digest, s.other_digests, s.changed_at
           FROM unnest(%s::text[], %s::text[]) AS k(source, source_key)
           JOIN papers_paperstatement s ON s.source = k.source AND s.source_key = k.source_key""",
        [[source for source, _ in keys], [key for _, key in keys]],
    ):
        digests = [bytes(digest), *map(bytes, others)]
        (known if changed_at >= run_started_at else stale)[source, key] = digests
    news: dict[tuple[str, str], WorkRecord] = {}
    for record in records:
        name = (record.source, record.source_key)
        if record.digest in known[name] or record.digest in stale.get(name, ()):
            continue
        news[name] = record
        known[name].append(record.digest)
    replaced = {name: [d for d in known[name] if d != record.digest] for name, record in news.items()}
    return list(news.values()), replaced


def _drafts(groups: Sequence[Group]) -> list[Upsert]:
    """One draft a work: merged with what other sources said before, on one paper id."""
    homes: dict[int, Group] = {}
    for group in groups:
        # Two groups of one batch may both lead to one stored paper: they are then one work as well.
        shared = next((homes[paper_id] for paper_id in group.paper_ids if paper_id in homes), None)
        target = shared or group
        if shared is not None:
            shared.records.extend(group.records)
            shared.paper_ids |= group.paper_ids
            shared.disputed |= group.disputed
            shared.noticed |= group.noticed
            shared.doubtful_papers |= group.doubtful_papers
            group.records = []
        homes.update(dict.fromkeys(target.paper_ids, target))
    standing = [group for group in groups if group.records]
    known = [group for group in standing if group.paper_ids]
    for group in known:
        merge_target = min(group.paper_ids)
        if others := sorted(group.paper_ids - {merge_target}):
            merge_papers(merge_target_id=merge_target, merged_ids=others)
            group.paper_ids = {merge_target}
    stored = _stored([next(iter(group.paper_ids)) for group in known])
    fresh_ids = iter(new_ids("papers_paper", len(standing) - len(known)))
    return [_upsert(group, stored, fresh_ids) for group in standing]


@dataclass(slots=True)
class _Stored:
    counted: int | None
    reported: dict[str, int]
    records: list[WorkRecord]


def _stored(paper_ids: Sequence[int]) -> dict[int, _Stored]:
    if not paper_ids:
        return {}
    ids = list(paper_ids)
    found = {
        pk: _Stored(counted, {}, [])
        for pk, counted in fetch("SELECT id, counted_citation_count FROM papers_paper WHERE id = ANY(%s)", [ids])
    }
    for paper_id, source, count in fetch(
        "SELECT paper_id, source, count FROM papers_reportedcitations WHERE paper_id = ANY(%s)", [ids]
    ):
        found[paper_id].reported[source] = count
    for paper_id, source, statement in fetch(
        "SELECT paper_id, source, statement::text FROM papers_paperstatement WHERE paper_id = ANY(%s)", [ids]
    ):
        found[paper_id].records.append(build_work(orjson.loads(statement), source=source))
    return found


def _upsert(group: Group, stored: dict[int, _Stored], fresh_ids: Iterator[int]) -> Upsert:
    sources = {(r.source, r.source_key): r for r in group.records}
    reported = {r.source: r.cited_by_count for r in group.records if r.cited_by_count is not None}
    paper_id = next(iter(group.paper_ids), None)
    is_new = paper_id is None
    if paper_id is None:
        paper_id = next(fresh_ids)
        group.paper_ids = {paper_id}
    before = _Stored(None, {}, []) if is_new else stored[paper_id]
    others = [r for r in before.records if (r.source, r.source_key) not in sources]
    work = merged([*sources.values(), *others])
    figures = {**before.reported, **reported}
    return Upsert(
        sources=list(sources.values()),
        record=_undisputed(work.record, group),
        paper_id=paper_id,
        is_new=is_new,
        counted=before.counted,
        reported=max(figures.values(), default=None),
        field_sources=work.field_sources,
        locations=work.locations,
        noticed=frozenset(group.noticed),
        adds_nothing=all(r.copied_from for r in sources.values()) and any(not r.copied_from for r in others),
    )


def _undisputed(record: WorkRecord, group: Group) -> WorkRecord:
    if not group.disputed:
        return record
    return replace(record, ids=tuple(i for i in record.ids if i not in group.disputed))
