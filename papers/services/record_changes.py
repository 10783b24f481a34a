"""What read models must look at again after authors and bylines moved."""

from collections.abc import Collection
from datetime import datetime

from common.hooks import on_record_changed
from papers.models import Change, Paper, RecordKind
from papers.services.showing import mark_stale


def tell_moved(*, author_ids: Collection[int], paper_ids: Collection[int], now: datetime) -> None:
    """Queue these authors and papers for numbers and search; inside the caller's transaction."""
    changes = [Change(kind=RecordKind.AUTHOR, object_id=pk, at=now) for pk in sorted(set(author_ids))]
    changes += [Change(kind=RecordKind.PAPER, object_id=pk, at=now) for pk in sorted(set(paper_ids))]
    Change.objects.bulk_create(changes, batch_size=5_000)
    if paper_ids:
        mark_stale(sorted(set(paper_ids)))
        Paper.objects.filter(pk__in=set(paper_ids)).update(changed_at=now)
    on_record_changed.enqueue()
