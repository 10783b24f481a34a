"""Invitations that waited for somebody to claim a page, delivered to who did."""

from contextlib import ExitStack
from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.models import User
from claims.selectors.ownership import owner_of, owners_of
from collaborations.domain.quota import MOST_PENDING_RECEIVED
from collaborations.domain.states import State
from collaborations.models import Invitation
from collaborations.selectors.identities import has_blocked
from collaborations.services import notifications
from collaborations.services.invitations import pair_lock
from common.db.locks import locked
from common.hooks import ClaimApproved
from common.queue import enqueue
from papers.models import Author
from papers.models.identity import canonical

AUTHORS_A_SWEEP = 2_000


def deliver_when_approved(event: ClaimApproved) -> None:
    """Invitations may wait for the record's owner. A sweep finds them too, so a lost message costs minutes."""
    enqueue("collaborations.deliver_waiting", author_id=event.author_id)


def deliver_waiting(*, author_id: int, now: datetime) -> int:
    """Hand over what waits for the author, oldest first; returns how many. Does nothing while nobody owns the record.

    One that cannot be delivered (from the owner itself, from somebody it blocked, or beside another that is open
    between the two) ends as expired.
    """
    owner = owner_of(author_id)
    if owner is None:
        return 0
    records = Author.objects.with_merged([author_id])
    waiting = Invitation.objects.pending().filter(receiver_author__in=records, delivered_at=None, expires_at__gt=now)
    delivered = 0
    for invitation in waiting.order_by("sent_at", "pk").select_related("sender_author"):
        delivered += _deliver(invitation, owner, now)
    return delivered


def sweep_waiting(*, now: datetime) -> int:
    """Deliver whatever waits for records that somebody owns by now, so that nothing hangs on one message."""
    waiting = Invitation.objects.pending().filter(delivered_at=None)
    ids = waiting.exclude(receiver_author=None).values_list(canonical("receiver_author"), flat=True)
    receivers = list(ids.order_by("receiver_author_id").distinct()[:AUTHORS_A_SWEEP])
    return sum(deliver_waiting(author_id=author_id, now=now) for author_id in sorted(owners_of(receivers)))


def _deliver(invitation: Invitation, owner: User, now: datetime) -> bool:
    if invitation.sender_id is None:
        return False
    with ExitStack() as locks:
        locks.enter_context(locked(pair_lock(invitation.sender_id, owner.pk)))
        row = Invitation.objects.pending().filter(pk=invitation.pk, delivered_at=None)
        if not _may_deliver(invitation.sender_id, owner):
            row.update(state=State.EXPIRED.value, decided_at=now)
            return False
        if Invitation.objects.pending().filter(receiver=owner).count() >= MOST_PENDING_RECEIVED:
            return False
        try:
            with transaction.atomic():
                if not row.update(receiver=owner, delivered_at=now, waiting_position=None):
                    return False
        except IntegrityError:
            row.update(state=State.EXPIRED.value, decided_at=now)
            return False
        invitation.receiver, invitation.delivered_at = owner, now
        notifications.tell_of_invitation(invitation=invitation, now=now)
        return True


def _may_deliver(sender_id: int, owner: User) -> bool:
    return sender_id != owner.pk and not has_blocked(blocker_id=owner.pk, blocked_id=sender_id)
