"""What becomes of invitations and conversations when an account is deleted: its side is emptied, the others' stays."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from collaborations.domain.states import State
from collaborations.models import (
    Addition,
    Block,
    Choice,
    CollaborationPreference,
    Conversation,
    Invitation,
    Message,
    Participant,
    Report,
)
from common.hooks import UserErased


@transaction.atomic
def erase_user_data(event: UserErased) -> None:
    """Empty all that the person wrote and unlink them; run before the account's row goes. Twice is once."""
    user_id = event.user_id
    _erase_invitations(user_id, event.at)
    _erase_conversations(user_id, event.at)
    Report.objects.filter(reporter_id=user_id).update(reporter=None, text="")
    Report.objects.filter(about_id=user_id).update(about=None)
    Block.objects.filter(Q(blocker_id=user_id) | Q(blocked_id=user_id)).delete()
    Addition.objects.filter(user_id=user_id).delete()
    CollaborationPreference.objects.filter(user_id=user_id).delete()
    Choice.objects.filter(user_id=user_id).delete()


def _erase_invitations(user_id: int, now: datetime) -> None:
    sent = Invitation.objects.filter(sender_id=user_id)
    sent.pending().update(state=State.WITHDRAWN.value, decided_at=now)
    sent.update(sender=None, sender_author=None, text="", paper=None, topic=None)
    received = Invitation.objects.filter(receiver_id=user_id)
    received.pending().update(state=State.EXPIRED.value, decided_at=now)
    received.update(receiver=None, receiver_author=None)


def _erase_conversations(user_id: int, now: datetime) -> None:
    """Conversation by conversation, under its lock: somebody may be writing."""
    for own in Participant.objects.filter(user_id=user_id).order_by("conversation_id"):
        conversation = Conversation.objects.select_for_update().get(pk=own.conversation_id)
        if own.left_at is None:
            Message.objects.create(conversation=conversation, participant=own, kind=Message.Kind.LEFT, sent_at=now)
        texts = Message.objects.filter(participant=own, kind=Message.Kind.TEXT, emptied_at=None)
        texts.update(text="", emptied_at=now)
        Participant.objects.filter(pk=own.pk).update(user=None, author=None, left_at=own.left_at or now)
