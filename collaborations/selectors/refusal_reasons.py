"""Whether one may invite another now, and if not, why. Read by the page before, and again by the service under its locks."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from accounts.models import User
from claims.selectors.ownership import owner_of
from collaborations.domain.quota import (
    MOST_PENDING_RECEIVED,
    MOST_WAITING_PER_AUTHOR,
    WAIT_AFTER_DECLINE,
    WINDOW,
    Quota,
    quota,
)
from collaborations.domain.states import State
from collaborations.models import Block, Invitation
from collaborations.selectors.identities import conduct_of, identity_of, own_author
from collaborations.selectors.preferences import preference_of
from papers.models import Author


class Why(StrEnum):
    """Why an invitation is not possible. All that lies with the receiver is one answer, so that it tells nothing."""

    NO_CLAIM = "no claim"
    SUSPENDED = "suspended"
    LIMITED = "limited"
    ONESELF = "oneself"
    WEEKLY = "weekly"
    UNANSWERED = "unanswered"
    PENDING = "pending"
    DECLINED = "declined"
    YOU_BLOCKED = "you blocked"
    NOT_TAKING = "not taking"


@dataclass(frozen=True, slots=True)
class RefusalReason:
    """`until` is when it ends, None when that cannot be said; `most` is the number that is reached."""

    why: Why
    until: datetime | None = None
    most: int = 0


@dataclass(frozen=True, slots=True)
class Remaining:
    """How many invitations somebody may still send this week, of how many."""

    weekly: int
    of: int


def refusal_reason(
    *, sender: User, author: Author, now: datetime, purpose: str = "", receiver: User | None = None
) -> RefusalReason | None:
    """None when the invitation may be sent. `author` is a record that stands, `receiver` its owner where it is known.

    Eight queries at most. With no `purpose` it is enough that the receiver takes some.
    """
    own = own_author(sender)
    if own is None:
        return RefusalReason(Why.NO_CLAIM)
    receiver = receiver or owner_of(author.pk)
    if receiver is not None and receiver.pk == sender.pk:
        return RefusalReason(Why.ONESELF)
    return (
        _of_the_sender(sender, own, now)
        or (_before(sender, receiver, now) if receiver else _before_unclaimed(sender, author))
        or (_of_the_receiver(sender, receiver, purpose, now) if receiver else _of_the_page(author))
    )


def quota_of(own: Author, *, is_at_limit: bool = False) -> Quota:
    identity = identity_of(own)
    return quota(
        level=identity.level if identity else 0, trust=identity.trust if identity else 0, is_at_limit=is_at_limit
    )


def remaining(sender: User, own: Author, *, now: datetime) -> Remaining:
    """What is left of this week's invitations. One query."""
    allowed = quota_of(own)
    sent = Invitation.objects.filter(sender=sender, sent_at__gt=now - WINDOW).count()
    return Remaining(max(0, allowed.weekly - sent), allowed.weekly)


def _of_the_sender(sender: User, own: Author, now: datetime) -> RefusalReason | None:
    conduct = conduct_of(sender.pk, now=now)
    if conduct.suspended_until:
        return RefusalReason(Why.SUSPENDED, conduct.suspended_until)
    if conduct.limited_until:
        return RefusalReason(Why.LIMITED, conduct.limited_until)
    allowed = quota_of(own)
    recent = Invitation.objects.filter(sender=sender, sent_at__gt=now - WINDOW).order_by("-sent_at", "-pk")
    sent = list(recent.values_list("sent_at", flat=True)[: allowed.weekly])
    if len(sent) >= allowed.weekly:
        return RefusalReason(Why.WEEKLY, sent[-1] + WINDOW, allowed.weekly)
    if Invitation.objects.pending().filter(sender=sender).count() >= allowed.pending:
        return RefusalReason(Why.UNANSWERED, None, allowed.pending)
    return None


def _before(sender: User, receiver: User, now: datetime) -> RefusalReason | None:
    """What was between the two; the sender knows all of it."""
    if Block.objects.filter(blocker=sender, blocked=receiver).exists():
        return RefusalReason(Why.YOU_BLOCKED)
    if Invitation.objects.between(sender.pk, receiver.pk).pending().exists():
        return RefusalReason(Why.PENDING)
    declined = Invitation.objects.filter(
        sender=sender, receiver=receiver, state=State.DECLINED.value, decided_at__gt=now - WAIT_AFTER_DECLINE
    )
    last = declined.order_by("-decided_at").values_list("decided_at", flat=True).first()
    return RefusalReason(Why.DECLINED, last + WAIT_AFTER_DECLINE) if last else None


def _before_unclaimed(sender: User, author: Author) -> RefusalReason | None:
    waiting = Invitation.objects.pending().filter(receiver_author=author, delivered_at=None)
    return RefusalReason(Why.PENDING) if waiting.filter(sender=sender).exists() else None


def _of_the_receiver(sender: User, receiver: User, purpose: str, now: datetime) -> RefusalReason | None:
    """Closed, full, limited, or out of this sender's reach: the answer does not say which."""
    preference = preference_of(receiver)
    is_open = preference is not None and preference.is_open
    takes = preference is not None and (not purpose or not preference.purposes or purpose in preference.purposes)
    received = Invitation.objects.pending().filter(receiver=receiver)[:MOST_PENDING_RECEIVED]
    is_full = received.count() >= MOST_PENDING_RECEIVED
    is_blocked = Block.objects.filter(blocker=receiver, blocked=sender).exists()
    is_away = conduct_of(receiver.pk, now=now).suspended_until is not None
    if is_open and takes and not is_full and not is_blocked and not is_away:
        return None
    return RefusalReason(Why.NOT_TAKING)


def _of_the_page(author: Author) -> RefusalReason | None:
    waiting = Invitation.objects.pending().filter(receiver_author=author, delivered_at=None)
    return RefusalReason(Why.NOT_TAKING) if waiting.count() >= MOST_WAITING_PER_AUTHOR else None
