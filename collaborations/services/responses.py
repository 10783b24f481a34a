"""What ends an invitation: accepted, declined, withdrawn, expired. Each by compare-and-set, so that one of them wins."""

from datetime import datetime

from accounts.models import User
from collaborations.domain.states import INVITATIONS, Action
from collaborations.models import Conversation, Invitation, Message, Participant
from collaborations.selectors.identities import conduct_of, has_blocked, still_owns
from collaborations.services import notifications
from collaborations.services.invitations import pair_lock
from common.db.locks import locked
from common.db.state_table import IllegalTransition

EXPIRED_AT_ONCE = 500
LONGEST_SUBJECT = 200


class Suspended(Exception):
    """Somebody whom a curator suspended; `until` says how long."""

    def __init__(self, until: datetime) -> None:
        super().__init__("suspended")
        self.until = until


def accept_invitation(*, invitation: Invitation, by: User, now: datetime) -> Conversation:
    """Open the conversation, with the invitation's words as its first message.

    Raises IllegalTransition when it is no longer open, Suspended, and Invitation.DoesNotExist for anybody but the
    receiver and for one who is out of reach.
    """
    sender_id = _other_party(invitation, by)
    with locked(pair_lock(sender_id, by.pk)):
        if has_blocked(blocker_id=by.pk, blocked_id=sender_id) or has_blocked(blocker_id=sender_id, blocked_id=by.pk):
            raise Invitation.DoesNotExist
        if not still_owns(by, invitation.receiver_author):
            raise Invitation.DoesNotExist
        if until := conduct_of(by.pk, now=now).suspended_until:
            raise Suspended(until)
        _move(invitation, Action.ACCEPT, now)
        conversation = _open(invitation, now)
        notifications.tell_of_answer(invitation=invitation, conversation=conversation, now=now)
        return conversation


def decline_invitation(*, invitation: Invitation, by: User, now: datetime) -> None:
    """Say no; the sender may ask again after the wait. Raises as `accept_invitation` does."""
    with locked(pair_lock(_other_party(invitation, by), by.pk)):
        _move(invitation, Action.DECLINE, now)
        notifications.tell_of_answer(invitation=invitation, conversation=None, now=now)


def withdraw_invitation(*, invitation: Invitation, by: User, now: datetime) -> None:
    """Take back one's own. Raises IllegalTransition, and Invitation.DoesNotExist for anybody but its sender."""
    if invitation.sender_id != by.pk:
        raise Invitation.DoesNotExist
    _move(invitation, Action.WITHDRAW, now)


def expire_invitations(*, now: datetime) -> int:
    """End those whose time is up, a bounded number in one statement; returns how many."""
    due = Invitation.objects.pending().filter(expires_at__lte=now).order_by("expires_at", "pk")
    ids = list(due.values_list("pk", flat=True)[:EXPIRED_AT_ONCE])
    target = INVITATIONS.target_of(Invitation(state="sent").at, Action.EXPIRE)
    return Invitation.objects.pending().filter(pk__in=ids).update(state=target.value, decided_at=now)


def _other_party(invitation: Invitation, by: User) -> int:
    """The sender of an invitation that `by` received."""
    if invitation.receiver_id != by.pk:
        raise Invitation.DoesNotExist
    if invitation.sender_id is None:
        raise IllegalTransition("its sender is gone")
    return invitation.sender_id


def _move(invitation: Invitation, action: Action, now: datetime) -> None:
    """Compare and set; nothing but expiry happens to one whose time is up."""
    sources = [state.value for state in INVITATIONS.sources_of(action)]
    target = INVITATIONS.target_of(INVITATIONS.sources_of(action)[0], action)
    open_ones = Invitation.objects.filter(pk=invitation.pk, state__in=sources, expires_at__gt=now, sender__isnull=False)
    if not open_ones.update(state=target.value, decided_at=now):
        raise IllegalTransition(f"{action.value} came too late")
    invitation.state, invitation.decided_at = target.value, now


def _open(invitation: Invitation, now: datetime) -> Conversation:
    conversation = Conversation.objects.create(subject=_subject_of(invitation), invitation=invitation, started_at=now)
    sides = (
        (invitation.sender_id, invitation.sender_author),
        (invitation.receiver_id, invitation.receiver_author),
    )
    sender, _receiver = (
        Participant.objects.create(conversation=conversation, user_id=user_id, author=author, joined_at=now)
        for user_id, author in sides
    )
    first = Message.objects.create(
        conversation=conversation, participant=sender, text=invitation.text, sent_at=invitation.sent_at
    )
    # The one has just read it and the other wrote it; that it was accepted is told by a notice.
    conversation.participants.update(latest_id=first.pk, read_to=first.pk, unread=0)
    return conversation


def _subject_of(invitation: Invitation) -> str:
    """What it is about; "" is shown as the names of those inside."""
    about = invitation.paper.title if invitation.paper else invitation.topic.name if invitation.topic else ""
    return about[:LONGEST_SUBJECT]


def mark_seen(*, invitation: Invitation, now: datetime) -> None:
    """The first time that its receiver opened it; the sender is not told."""
    Invitation.objects.filter(pk=invitation.pk, seen_at=None).update(seen_at=now)
