"""Notices and mail about invitations and conversations: names and links, never an address and never the words."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext

from accounts.models import User
from accounts.services.notices import mark_mailed, notify
from accounts.services.outgoing_mail import write_mail
from collaborations.models import Addition, Conversation, Invitation, Message, Participant
from collaborations.selectors.identities import identity_of, mailed_among


def tell_of_invitation(*, invitation: Invitation, now: datetime) -> None:
    """The receiver: in the page, and by mail at once unless they chose a digest or none."""
    sender = identity_of(invitation.sender_author)
    if invitation.receiver is None or sender is None:
        return
    url = reverse("collaborations:invitation", args=[invitation.key])
    message = gettext("%(name)s sent you an invitation.") % {"name": sender.name}
    _tell(invitation.receiver, "invitation", str(invitation.key), message, url, now, name=sender.name)


def tell_of_answer(*, invitation: Invitation, conversation: Conversation | None, now: datetime) -> None:
    """The sender, when it was accepted or declined."""
    receiver = identity_of(invitation.receiver_author)
    if invitation.sender is None or receiver is None:
        return
    if conversation is not None:
        url = reverse("collaborations:conversation", args=[conversation.key])
        message = gettext("%(name)s accepted your invitation.") % {"name": receiver.name}
        _tell(invitation.sender, "accepted", str(invitation.key), message, url, now, name=receiver.name)
        return
    url = reverse("collaborations:invitation", args=[invitation.key])
    message = gettext("%(name)s declined your invitation.") % {"name": receiver.name}
    notify(
        user=invitation.sender,
        kind="collaboration.declined",
        key=str(invitation.key),
        message=message,
        url=url,
        now=now,
    )


def tell_of_message(*, message: Message, by: str, to: Iterable[Participant], now: datetime) -> None:
    """Those of the recipients to whom it is the first unread one; what follows before they look is not told again."""
    conversation = message.conversation
    url = reverse("collaborations:conversation", args=[conversation.key])
    text = gettext("%(name)s wrote to you.") % {"name": by}
    for participant in to:
        if participant.user is not None and not participant.is_muted and not participant.unread:
            _tell(participant.user, "message", str(message.key), text, url, now, name=by)


def tell_of_addition(*, addition: Addition, to: Iterable[User], now: datetime) -> None:
    """Those whose consent is asked, or the one who is asked to join."""
    identity = identity_of(addition.proposed_by.author)
    if identity is None:
        return
    url = reverse("collaborations:addition", args=[addition.key])
    message = gettext("%(name)s asks you about a conversation.") % {"name": identity.name}
    for user in to:
        _tell(user, "addition", f"{addition.key}-{addition.state}", message, url, now, name=identity.name)


def tell_of_conduct(*, user: User, key: str, message: str, now: datetime) -> None:
    """Somebody whom a curator warned, limited or suspended; or who reported something."""
    url = reverse("collaborations:rules")
    _tell(user, "conduct", key, message, url, now, name="")


def _tell(user: User, kind: str, key: str, message: str, url: str, now: datetime, *, name: str) -> None:
    notice = notify(user=user, kind=f"collaboration.{kind}", key=key, message=message, url=url, now=now)
    if kind != "conduct" and not mailed_among([user.pk]):
        return
    write_mail(
        to=user,
        kind=f"collaboration.{kind}",
        key=f"{key}-{user.pk}",
        template="collaborations/email/news",
        context={"message": message, "path": url, "name": name, "is_conduct": kind == "conduct"},
        now=now,
    )
    mark_mailed(notice=notice, now=now)
