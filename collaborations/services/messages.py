"""What somebody does in a conversation that they are in."""

from datetime import datetime

from django.db import transaction
from django.db.models import Case, When

from accounts.models import User
from collaborations.models import Block, Conversation, Message, Participant
from collaborations.selectors.identities import conduct_of, identity_of, still_owns
from collaborations.services import notifications
from collaborations.services.responses import Suspended


class NobodyElse(Exception):
    """All others have left: nobody would read it."""


class NoLongerOwner(Exception):
    """The record that somebody wrote as is theirs no longer; what they were told they may still read."""


@transaction.atomic
def say(*, conversation: Conversation, by: User, text: str, now: datetime) -> Message:
    """Add a message. Raises Participant.DoesNotExist for one who is not inside, NobodyElse, NoLongerOwner, Suspended."""
    own = _inside(conversation, by)
    _check_may_write(own, by, now)
    others = list(
        conversation.participants.filter(left_at=None).exclude(pk=own.pk).select_related("user").order_by("pk")
    )
    if not others:
        raise NobodyElse
    return add_message(own=own, others=others, text=text, now=now)


def add_message(*, own: Participant, others: list[Participant], text: str, now: datetime) -> Message:
    """The message and where it reaches; one who blocked its author is not reached and not told."""
    message = Message.objects.create(conversation=own.conversation, participant=own, text=text, sent_at=now)
    away = set(Block.objects.filter(blocked_id=own.user_id).values_list("blocker_id", flat=True))
    reached = [other for other in others if other.user_id not in away]
    Participant.objects.filter(pk__in=[other.pk for other in reached]).update(
        latest_id=message.pk, unread=Case(When(read_to__lt=message.pk, then=1), default=0), is_archived=False
    )
    Participant.objects.filter(pk=own.pk).update(latest_id=message.pk, read_to=message.pk, unread=0)
    identity = identity_of(own.author)
    notifications.tell_of_message(message=message, by=identity.name if identity else "", to=reached, now=now)
    return message


@transaction.atomic
def start_thread(*, conversation: Conversation, by: User, subject: str, text: str, now: datetime) -> Conversation:
    """A further thread among the people of this one. Raises what `say` raises."""
    own = _inside(conversation, by)
    _check_may_write(own, by, now)
    inside = list(conversation.participants.filter(left_at=None).order_by("pk"))
    if len(inside) < 2:
        raise NobodyElse
    thread = Conversation.objects.create(
        subject=subject, begun_in=conversation.begun_in or conversation, started_at=now
    )
    places = Participant.objects.bulk_create(
        Participant(conversation=thread, user_id=one.user_id, author_id=one.author_id, joined_at=now) for one in inside
    )
    own_place = next(place for place in places if place.user_id == own.user_id)
    others = thread.participants.exclude(pk=own_place.pk).select_related("user").order_by("pk")
    own_place.conversation = thread
    add_message(own=own_place, others=list(others), text=text, now=now)
    return thread


@transaction.atomic
def leave(*, conversation: Conversation, by: User, now: datetime) -> None:
    """Go; the others see that, and what was said stays theirs. Raises Participant.DoesNotExist."""
    take_out(own=_inside(conversation, by), now=now)


def take_out(*, own: Participant, now: datetime) -> None:
    """End somebody's place, inside the caller's transaction."""
    Message.objects.create(conversation_id=own.conversation_id, participant=own, kind=Message.Kind.LEFT, sent_at=now)
    Participant.objects.filter(pk=own.pk).update(left_at=now)


@transaction.atomic
def set_archived(*, conversation: Conversation, by: User, is_archived: bool) -> None:
    """Out of the inbox until somebody writes again. Raises Participant.DoesNotExist."""
    Participant.objects.filter(pk=_inside(conversation, by).pk).update(is_archived=is_archived)


@transaction.atomic
def set_muted(*, conversation: Conversation, by: User, is_muted: bool) -> None:
    """No notices and no mail of this conversation. Raises Participant.DoesNotExist."""
    Participant.objects.filter(pk=_inside(conversation, by).pk).update(is_muted=is_muted)


def mark_read(*, participant: Participant, to: int) -> None:
    """Up to a message that was shown; never back."""
    if to > participant.read_to:
        still = Case(When(latest_id__gt=to, then=1), default=0)
        Participant.objects.filter(pk=participant.pk, read_to__lt=to).update(read_to=to, unread=still)


def _check_may_write(own: Participant, by: User, now: datetime) -> None:
    if not still_owns(by, own.author):
        raise NoLongerOwner
    if until := conduct_of(by.pk, now=now).suspended_until:
        raise Suspended(until)


def _inside(conversation: Conversation, user: User) -> Participant:
    """The person's place, with the conversation held so that its messages come in the order of their ids."""
    Conversation.objects.select_for_update().get(pk=conversation.pk)
    own = Participant.objects.select_related("author", "conversation")
    return own.get(conversation=conversation, user=user, left_at=None)
