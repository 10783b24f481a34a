"""Settling: the engine's persons become the record's authors, block by block, as a difference that is undone as one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction

from common.db.locks import session_locked_if_free
from identity.domain.certain import Certain, contradictions
from identity.domain.engine import ROUNDS, Existing, Resolution, resolve
from identity.domain.links import Reason, reasons
from identity.models import IdentityBlock, IdentityRun
from identity.services.calibrating import calibrated_judge
from identity.services.constraints import certain_of, take_over_decisions
from identity.services.linking import write_links
from identity.services.planning import Plan, plan
from identity.services.protection import weighty_among
from identity.services.reading import Record, read_record
from identity.services.redirecting import redirect_emptied
from identity.services.run_lock import LOCK
from papers.services.candidates import make_author
from papers.services.naming import call_by_bylines
from papers.services.record_changes import tell_moved
from papers.services.record_lock import lock_record

PACK = 500  # mentions that move in one transaction
STEPS = {
    "background": "weighing names and words",
    "full 1": "pairs of full names",
    "initials 1": "pairs with initials",
    "rest 1": "pairs of initials",
    "full 2": "pairs of full names again",
    "initials 2": "pairs with initials again",
    "rest 2": "pairs of initials again",
}

type Clock = Callable[[], datetime]
type Progress = Callable[[str, int, int], None]


class AlreadyRunning(Exception):
    """Another process settles at this moment."""


@dataclass(slots=True)
class _Work:
    """What one settling has in hand. `made` are the new records, by the negative number that stood for them."""

    run: IdentityRun
    record: Record
    plan: Plan
    fixed: dict[int, int]
    made: dict[int, int] = field(default_factory=dict)


def settle(*, clock: Clock, marked_only: bool = False, on_progress: Progress = lambda *_: None) -> IdentityRun | None:
    """Settle all blocks, or those that are marked; None where nothing is marked. Goes on with a run that was stopped.

    The same record and decisions give the same result however often it runs, so a run that was stopped is taken up by
    computing again what is still to be moved. Raises AlreadyRunning, UnreadableJudge.
    """
    with session_locked_if_free(LOCK) as ours:
        if not ours:
            raise AlreadyRunning
        started = clock()
        marked = set(IdentityBlock.objects.values_list("block", flat=True)) if marked_only else None
        if marked is not None and not marked:
            return None
        take_over_decisions()
        name, judge = calibrated_judge(now=started, tell=on_progress)
        record = read_record(lambda done, total: on_progress("reading works", done, total))
        run = _run(name, started, len(record.corpus.keys) if marked is None else len(marked))
        certain, fixed = certain_of(record)
        existing = None if marked is None else Existing(record.persons(), marked)
        found = resolve(record.corpus, judge, certain=certain, existing=existing, tell=_Pairs(on_progress))
        on_progress("which record each person gets", 0, 0)
        work = _Work(run, record, plan(record, found, fixed), fixed)
        work.plan.alarms += _contradicted(record, certain)
        _restrict(work, marked)
        _move(work, clock, on_progress)
        on_progress("reasons", 0, 0)
        _link(work, found, reasons(found, judge, ROUNDS), marked, clock, on_progress)
        return _finish(work, started, marked, clock())


class _Pairs:
    """How many pairs a stage has compared, as progress of no known end."""

    def __init__(self, on_progress: Progress) -> None:
        self._done: Counter[str] = Counter()
        self._on_progress = on_progress

    def __call__(self, stage: str, pairs: int) -> None:
        self._done[stage] += pairs
        self._on_progress(STEPS.get(stage, stage), self._done[stage], 0)


def _run(model: str, now: datetime, blocks: int) -> IdentityRun:
    unfinished = IdentityRun.objects.filter(state=IdentityRun.State.RUNNING).order_by("-pk").first()
    run = unfinished or IdentityRun(model=model, started_at=now)
    run.blocks_total, run.blocks_done = blocks, 0
    run.save()
    return run


def _contradicted(record: Record, certain: Certain) -> list[dict[str, object]]:
    """Decisions that cannot all be kept, each with the chain of names that are tied to be one."""
    return [
        {
            "why": "contradiction",
            "chain": [[int(record.paper[m]), int(record.position[m]), record.printed[m]] for m in chain],
        }
        for chain in contradictions(certain)
    ]


def _restrict(work: _Work, marked: set[str] | None) -> None:
    """Of a settling of marked blocks alone: whatever else the engine thinks stays as it is."""
    if marked is None:
        return
    corpus = work.record.corpus
    kept = []
    for mention in work.plan.moved:
        if corpus.names[int(corpus.name_of[mention])].block in marked:
            kept.append(mention)
        else:
            work.plan.target[mention] = int(work.record.author[mention])
    work.plan.moved = kept


def _move(work: _Work, clock: Clock, on_progress: Progress) -> None:
    corpus, moved = work.record.corpus, work.plan.moved
    moved = sorted(moved, key=lambda m: (corpus.names[int(corpus.name_of[m])].block, m))
    for start in range(0, len(moved), PACK):
        _move_pack(work, moved[start : start + PACK], clock())
        on_progress("moving", start + len(moved[start : start + PACK]), len(moved))


@transaction.atomic
def _move_pack(work: _Work, pack: Sequence[int], now: datetime) -> None:
    lock_record()
    record = work.record
    rows = []
    for mention in pack:
        target = work.plan.target[mention]
        if target <= 0:
            target = work.made.get(target) or work.made.setdefault(target, _make(record.printed[mention]))
        rows.append((int(record.authorship[mention]), int(record.author[mention]), target))
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, [*[list(column) for column in zip(*rows, strict=True)], work.run.pk])
    tell_moved(
        author_ids={a for _, a, _ in rows} | {b for _, _, b in rows},
        paper_ids=[int(record.paper[m]) for m in pack],
        now=now,
    )


# A mention that somebody moved meanwhile stays where they put it.
_MOVE = """
WITH wanted AS (
    SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS w(id, before, target)
), moved AS (
    UPDATE papers_authorship s SET author_id = w.target FROM wanted w
    WHERE s.id = w.id AND s.author_id = w.before AND w.before <> w.target
      AND NOT EXISTS (SELECT FROM papers_bylinedecision d WHERE d.paper_id = s.paper_id AND d.withdrawn_at IS NULL
                      AND (d.author_id = w.target AND NOT d.is_theirs
                           OR d.author_id = w.before AND d.is_theirs AND d.position = s.position))
    RETURNING s.paper_id, s.printed_name, s.position, w.before, w.target
)
INSERT INTO identity_identitymove (run_id, paper_id, printed_name, position, from_author_id, to_author_id)
SELECT %s, paper_id, printed_name, position, before, target FROM moved
ON CONFLICT (run_id, paper_id, position) DO UPDATE SET to_author_id = excluded.to_author_id
WHERE identity_identitymove.from_author_id <> excluded.to_author_id
"""


def _make(printed: str) -> int:
    return make_author(printed=printed, name_slot=None)


def _link(
    work: _Work,
    found: Resolution,
    reasons: Sequence[Reason],
    marked: set[str] | None,
    clock: Clock,
    on_progress: Progress,
) -> None:
    authors = _authors_of_persons(work, found)

    def written(done: int, total: int) -> None:
        blocks = work.run.blocks_total * done // max(total, 1)
        IdentityRun.objects.filter(pk=work.run.pk).update(blocks_done=blocks)
        on_progress("writing reasons", done, total)

    write_links(
        record=work.record,
        found=found,
        reasons=reasons,
        authors=authors,
        run=work.run,
        fixed=work.fixed,
        marked=marked,
        now=clock(),
        on_progress=written,
    )


def _authors_of_persons(work: _Work, found: Resolution) -> dict[int, int]:
    """The author that most mentions of each person stand on now."""
    votes: dict[int, Counter[int]] = {}
    for person, target in zip(found.person.tolist(), work.plan.target, strict=True):
        known = work.made.get(target, 0) if target <= 0 else target
        if known:
            votes.setdefault(person, Counter())[known] += 1
    return {person: count.most_common(1)[0][0] for person, count in votes.items()}


@transaction.atomic
def _name(work: _Work, marked: set[str] | None, now: datetime) -> None:
    """The people that were settled get the names that their bylines print now; those owned or followed keep theirs."""
    lock_record()
    corpus, target = work.record.corpus, work.plan.target
    settled = {
        work.made.get(author_id, author_id)
        for author_id, name in zip(target, corpus.name_of.tolist(), strict=True)
        if marked is None or corpus.names[name].block in marked
    }
    renamed = call_by_bylines(settled - weighty_among(settled), now=now)
    if renamed:
        tell_moved(author_ids=renamed, paper_ids=(), now=now)


def _finish(work: _Work, started: datetime, marked: set[str] | None, now: datetime) -> IdentityRun:
    redirect_emptied(run=work.run, now=now)
    _name(work, marked, now)
    done = IdentityBlock.objects.filter(marked_at__lte=started)
    (done if marked is None else done.filter(block__in=marked)).delete()
    run = work.run
    run.state, run.finished_at, run.alarms = IdentityRun.State.COMPLETE, now, work.plan.alarms
    run.blocks_done, run.moved_count = run.blocks_total, run.moves.count()
    run.save()
    return run
