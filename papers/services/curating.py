"""What curators do to many papers at once. Each returns the ids of the papers that became another."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from accounts.models import User
from common.hooks import on_record_changed
from papers.models import Change, Paper, RecordKind
from papers.services.corrections import MOST_AT_ONCE, TooManyRecords, correct_field
from papers.services.showing import mark_stale


def mark_retracted(
    *, paper_ids: Collection[int], is_retracted: bool, reason: str, by: User, now: datetime
) -> list[int]:
    """Say that works are retracted, or that they are not whatever sources say."""
    return correct_field(
        kind=RecordKind.PAPER,
        object_ids=paper_ids,
        field="is_retracted",
        value=is_retracted,
        reason=reason,
        by=by,
        now=now,
    )


def set_kind(*, paper_ids: Collection[int], kind: str, reason: str, by: User, now: datetime) -> list[int]:
    """Say what works are. Raises InvalidCorrection for a kind that is none."""
    return correct_field(
        kind=RecordKind.PAPER, object_ids=paper_ids, field="kind", value=kind, reason=reason, by=by, now=now
    )


def set_venue(*, paper_ids: Collection[int], venue_id: int, reason: str, by: User, now: datetime) -> list[int]:
    """Say where works appeared. Raises InvalidCorrection for a venue that is not there or was merged."""
    return correct_field(
        kind=RecordKind.PAPER,
        object_ids=paper_ids,
        field="venue",
        value=venue_id,
        reason=reason,
        by=by,
        now=now,
    )


@transaction.atomic
def reindex_papers(*, paper_ids: Collection[int], now: datetime) -> list[int]:
    """Have the full text of papers that stand made anew by the next worker; returns their ids."""
    if len(paper_ids) > MOST_AT_ONCE:
        raise TooManyRecords(len(paper_ids))
    standing = Paper.objects.filter(pk__in=paper_ids, merged_into=None).order_by("pk")
    ids = list(standing.values_list("pk", flat=True))
    mark_stale(ids)
    Change.objects.bulk_create([Change(kind=RecordKind.PAPER, object_id=pk, at=now) for pk in ids])
    if ids:
        on_record_changed.enqueue()
    return ids
