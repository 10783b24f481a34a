"""Block and report: for everybody, at once, and without a word to the other side."""

from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.models import User
from collaborations.models import Block, Choice, Conversation, Invitation, Message, Participant, Report
from collaborations.services.invitations import pair_lock
from collaborations.services.messages import take_out
from collaborations.services.responses import withdraw_invitation
from common.db.locks import locked
from common.db.state_table import IllegalTransition
from papers.models import Author

CONTEXT_BEFORE = 20
CONTEXT_AFTER = 10


class ReportedAlready(Exception):
    """The same person reported the same thing, and curators have not decided yet."""


def block(*, blocker: User, blocked: User, author: Author | None, now: datetime) -> None:
    """Put the other out of reach, whom the blocker knows as `author`: own invitations are taken back, two-person conversations left. Twice is once.

    An invitation of theirs stays as it is for them until it expires, and is out of the blocker's sight.
    Raises ValueError for oneself.
    """
    if blocker.pk == blocked.pk:
        raise ValueError("oneself")
    with locked(pair_lock(blocker.pk, blocked.pk)):
        Block.objects.get_or_create(blocker=blocker, blocked=blocked, defaults={"author": author, "made_at": now})
        for invitation in Invitation.objects.pending().filter(sender=blocker, receiver=blocked):
            try:
                withdraw_invitation(invitation=invitation, by=blocker, now=now)
            except IllegalTransition:
                continue
        _leave_pairs(blocker, blocked, now)


def unblock(*, blocker: User, block_id: int) -> None:
    """Take back one of one's own blocks."""
    Block.objects.filter(blocker=blocker, pk=block_id).delete()


def _leave_pairs(blocker: User, blocked: User, now: datetime) -> None:
    """Out of every conversation in which the two are alone."""
    mine = Participant.objects.filter(user=blocker, left_at=None)
    shared = mine.filter(conversation__participants__user=blocked, conversation__participants__left_at=None)
    for own in shared.order_by("conversation_id"):
        Conversation.objects.select_for_update().get(pk=own.conversation_id)
        inside = Participant.objects.filter(conversation_id=own.conversation_id, left_at=None)
        if inside.count() <= 2 and inside.filter(pk=own.pk).exists():
            take_out(own=own, now=now)


def report_invitation(*, invitation: Invitation, reporter: User, reason: str, text: str, now: datetime) -> Report:
    """Raises ReportedAlready; the caller has seen to it that the reporter may see the invitation."""
    about_id = invitation.sender_id if reporter.pk == invitation.receiver_id else invitation.receiver_id
    return _report(
        Report(
            reporter=reporter,
            about_id=about_id,
            invitation=invitation,
            reason=reason,
            text=text,
            made_at=now,
        )
    )


def report_message(*, participant: Participant, message: Message, reason: str, text: str, now: datetime) -> Report:
    """With a bounded context that the reporter sees too. Raises ReportedAlready, and Message.DoesNotExist for a
    message that is not theirs to see."""
    seen = Message.objects.filter(conversation_id=participant.conversation_id, pk__gt=participant.sees_after)
    if not seen.filter(pk=message.pk).exists():
        raise Message.DoesNotExist
    before = list(seen.filter(pk__lte=message.pk).order_by("-pk").values_list("pk", flat=True)[: CONTEXT_BEFORE + 1])
    after = list(seen.filter(pk__gte=message.pk).order_by("pk").values_list("pk", flat=True)[: CONTEXT_AFTER + 1])
    return _report(
        Report(
            reporter_id=participant.user_id,
            about_id=message.participant.user_id,
            conversation_id=participant.conversation_id,
            message=message,
            first_message_id=before[-1],
            last_message_id=after[-1],
            reason=reason,
            text=text,
            made_at=now,
        )
    )


def _report(report: Report) -> Report:
    try:
        with transaction.atomic():
            report.save(force_insert=True)
    except IntegrityError as error:
        raise ReportedAlready from error
    return report


@transaction.atomic
def choose(*, user: User, is_suggested: bool, mail: str, now: datetime) -> None:
    """Set what somebody wants of these pages. Mail that begins again begins with what comes now."""
    before = Choice.objects.select_for_update().filter(user=user).first() or Choice(user=user)
    begins = before.mail == Choice.Mail.NEVER and mail != Choice.Mail.NEVER
    since = now if begins else before.mails_since
    Choice.objects.update_or_create(
        user=user, defaults={"is_suggested": is_suggested, "mail": mail, "mails_since": since}
    )
