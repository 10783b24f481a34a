"""What becomes of invitations and conversations when an account is deleted: its side is emptied, the others' stays."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from collaborations.domain.states import State
from collaborations.models import (
    Addition,
    Block,
    Choice,
    Conversation,
    Invitation,
    Message,
    Openness,
    Participant,
    Report,
)


@transaction.atomic
def forget_person(*, user: User, now: datetime) -> None:
    """Empty all that the person wrote and unlink them; run before the account's row goes. Twice is once."""
    _forget_invitations(user, now)
    _forget_conversations(user, now)
    Report.objects.filter(reporter=user).update(reporter=None, words="")
    Report.objects.filter(about=user).update(about=None)
    Block.objects.filter(Q(blocker=user) | Q(blocked=user)).delete()
    Addition.objects.filter(user=user).delete()
    Openness.objects.filter(user=user).delete()
    Choice.objects.filter(user=user).delete()


def _forget_invitations(user: User, now: datetime) -> None:
    sent = Invitation.objects.filter(sender=user)
    sent.pending().update(state=State.WITHDRAWN.value, decided_at=now)
    sent.update(sender=None, sender_author=None, words="", paper=None, topic=None)
    received = Invitation.objects.filter(receiver=user)
    received.pending().update(state=State.EXPIRED.value, decided_at=now)
    received.update(receiver=None, receiver_author=None)


def _forget_conversations(user: User, now: datetime) -> None:
    """Conversation by conversation, under its lock: somebody may be writing."""
    for own in Participant.objects.filter(user=user).order_by("conversation_id"):
        conversation = Conversation.objects.select_for_update().get(pk=own.conversation_id)
        if own.left_at is None:
            Message.objects.create(conversation=conversation, participant=own, kind=Message.Kind.LEFT, sent_at=now)
        words = Message.objects.filter(participant=own, kind=Message.Kind.WORDS, emptied_at=None)
        words.update(words="", emptied_at=now)
        Participant.objects.filter(pk=own.pk).update(user=None, author=None, left_at=own.left_at or now)
