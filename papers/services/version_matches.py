"""Pairs of works that may be one: a curator keeps them apart, or has them decided again."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.models import User
from papers.models import PaperMatch
from papers.services.record_lock import lock_record


@transaction.atomic
def decide_never(*, match_ids: Sequence[int], by: User, now: datetime) -> list[int]:
    """Keep these pairs apart, so that no import joins them; returns those that were open."""
    lock_record()
    chosen = PaperMatch.objects.filter(pk__in=match_ids, state=PaperMatch.State.OPEN)
    ids = list(chosen.order_by("pk").values_list("pk", flat=True))
    PaperMatch.objects.filter(pk__in=ids).update(state=PaperMatch.State.NEVER, decided_at=now, decided_by=by)
    return ids


@transaction.atomic
def reopen(*, match_ids: Sequence[int]) -> list[int]:
    """Have pairs that are kept apart decided again; returns those that were."""
    lock_record()
    chosen = PaperMatch.objects.filter(pk__in=match_ids, state=PaperMatch.State.NEVER)
    ids = list(chosen.order_by("pk").values_list("pk", flat=True))
    PaperMatch.objects.filter(pk__in=ids).update(state=PaperMatch.State.OPEN, decided_at=None, decided_by=None)
    return ids
