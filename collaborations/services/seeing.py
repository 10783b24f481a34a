"""That a page was opened."""

from datetime import datetime

from collaborations.models import Invitation


def mark_seen(*, invitation: Invitation, now: datetime) -> None:
    """The first time that its receiver opened it; the sender is not told."""
    Invitation.objects.filter(pk=invitation.pk, seen_at=None).update(seen_at=now)
