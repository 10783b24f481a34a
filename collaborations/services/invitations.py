"""Sending invitations: under the sender's lock and the pair's, so that no burst gets past a quota."""

from contextlib import ExitStack
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from accounts.models import User
from claims.selectors.ownership import owner_of
from collaborations.domain.purposes import Purpose
from collaborations.domain.quota import MOST_WAITING_PER_AUTHOR
from collaborations.models import Invitation
from collaborations.selectors.identities import own_author
from collaborations.selectors.refusal_reasons import RefusalReason, Why, refusal_reason
from collaborations.services import notifications
from common.db.locks import locked
from papers.models import Author, Paper, Topic


class CannotInvite(Exception):
    """An invitation that is not possible now; `refusal` says why."""

    def __init__(self, refusal: RefusalReason) -> None:
        super().__init__(refusal.why.value)
        self.refusal = refusal


def pair_lock(one_id: int, other_id: int) -> str:
    """The name of the lock under which anything between two people changes."""
    return f"collaborations.pair.{min(one_id, other_id)}.{max(one_id, other_id)}"


def invite(
    *,
    sender: User,
    author: Author,
    purpose: Purpose,
    text: str,
    days: int,
    now: datetime,
    paper: Paper | None = None,
    topic: Topic | None = None,
) -> Invitation:
    """Send it, or let it wait until somebody claims the record. Raises CannotInvite."""
    with ExitStack() as locks:
        locks.enter_context(locked(f"collaborations.sender.{sender.pk}"))
        receiver = owner_of(author.pk)
        place = pair_lock(sender.pk, receiver.pk) if receiver else f"collaborations.waiting.{author.pk}"
        locks.enter_context(locked(place))
        found = refusal_reason(sender=sender, author=author, now=now, purpose=purpose.value, receiver=receiver)
        if found is not None:
            raise CannotInvite(found)
        invitation = Invitation(
            sender=sender,
            sender_author=own_author(sender),
            receiver=receiver,
            receiver_author=author,
            purpose=purpose.value,
            text=text,
            paper=paper,
            topic=topic,
            sent_at=now,
            expires_at=now + timedelta(days=days),
            delivered_at=now if receiver else None,
            waiting_position=None if receiver else _free_position(author),
        )
        _store(invitation)
        if receiver is not None:
            notifications.tell_of_invitation(invitation=invitation, now=now)
        return invitation


def _store(invitation: Invitation) -> None:
    """Raises CannotInvite where one is open between the two already."""
    try:
        with transaction.atomic():
            invitation.save(force_insert=True)
    except IntegrityError as error:
        raise CannotInvite(RefusalReason(Why.PENDING)) from error


def _free_position(author: Author) -> int:
    taken = set(
        Invitation.objects.pending()
        .filter(receiver_author=author, delivered_at=None)
        .values_list("waiting_position", flat=True)
    )
    return next(place for place in range(1, MOST_WAITING_PER_AUTHOR + 1) if place not in taken)
