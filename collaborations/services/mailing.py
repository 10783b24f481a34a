"""Invitations and conversations in a digest, for those who chose that rather than a mail at once.

What is told is a notice; which of them a mail has said stands on it, so that each is in one mail at most. What was
looked at, answered or taken back meanwhile is not said any more.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from accounts.models import Notice, User
from accounts.selectors.notices import unmailed_of
from accounts.services.notices import take_unmailed
from collaborations.forms import PURPOSES
from collaborations.models import Addition, Choice, Invitation, Participant
from collaborations.selectors.identities import DIGESTS, choice_of, digests_due, identity_of
from collaborations.selectors.inbox import received_invitations
from collaborations.services.blocking import choose
from following.domain.mail import Line, Section, Waiting

KINDS = INVITATION, ACCEPTED, MESSAGE, ADDITION = (
    "collaboration.invitation",
    "collaboration.accepted",
    "collaboration.message",
    "collaboration.addition",
)
LINES_SHOWN = 12


class TogetherMail:
    """What the pages about working together say in digests."""

    def waiting(self) -> Iterable[Waiting]:
        """Those who chose a digest and were told something since that they have not seen. One query."""
        return [Waiting(user_id, cadence, since) for user_id, cadence, since in digests_due(KINDS)]

    def take(self, *, user: User, cadence: str, now: datetime) -> Section | None:
        choice = _choice(user, cadence)
        if choice is None:
            return None
        return _section(user, take_unmailed(user=user, kinds=KINDS, since=choice.mails_since, now=now))

    def peek(self, *, user: User, cadence: str) -> Section | None:
        choice = _choice(user, cadence)
        return _section(user, list(unmailed_of(user, KINDS, since=choice.mails_since))) if choice else None

    def stop(self, *, user: User, cadence: str, now: datetime) -> None:
        choice = _choice(user, cadence)
        if choice is not None:
            choose(user=user, is_suggested=choice.is_suggested, mail="never", now=now)


def _choice(user: User, cadence: str) -> Choice | None:
    """What the person chose, if it is this digest."""
    if cadence not in DIGESTS:
        return None
    choice = choice_of(user.pk)
    return choice if choice.mail == cadence else None


def _section(user: User, notices: Sequence[Notice]) -> Section | None:
    """Invitations first, each with what for and until when; None when nothing of it waits any more."""
    if not notices:
        return None
    keys: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for notice in notices:
        keys[notice.kind].append(notice.key)
    lines = [
        _of_invitation(row)
        for row in received_invitations(user.pk)
        if row.seen_at is None and str(row.key) in keys[INVITATION]
    ]
    standing = _accepted(user, keys[ACCEPTED]) | _unread(user, keys[MESSAGE]) | _asked(keys[ADDITION])
    lines += [Line(n.message, n.url) for n in notices if (n.kind, n.key) in standing]
    if not lines:
        return None
    shown = tuple(lines[:LINES_SHOWN])
    return Section(_("Working together"), shown, len(lines) - len(shown), reverse("collaborations:inbox"))


def _of_invitation(invitation: Invitation) -> Line:
    identity = identity_of(invitation.sender_author)
    told = _("%(name)s sent you an invitation: %(purpose)s. An answer is awaited until %(day)s.") % {
        "name": identity.name if identity else _("Somebody"),
        "purpose": PURPOSES[invitation.purpose],
        "day": formats.date_format(invitation.expires_at.date()),
    }
    return Line(told, reverse("collaborations:invitation", args=[invitation.key]))


type Told = tuple[str, str]


def _accepted(user: User, keys: Sequence[str]) -> set[Told]:
    """Of the invitations that were accepted those whose conversation the person is still in. One query, none for none."""
    if not keys:
        return set()
    here = Participant.objects.filter(user=user, left_at=None, conversation__invitation__key__in=_uuids(keys))
    return {(ACCEPTED, str(key)) for key in here.values_list("conversation__invitation__key", flat=True)}


def _unread(user: User, keys: Sequence[str]) -> set[Told]:
    """Of these messages those in a conversation that has something unread. One query, none for none."""
    if not keys:
        return set()
    unread = Participant.objects.filter(
        user=user, left_at=None, is_muted=False, unread=1, conversation__messages__key__in=_uuids(keys)
    )
    return {(MESSAGE, str(key)) for key in unread.values_list("conversation__messages__key", flat=True)}


def _asked(keys: Sequence[str]) -> set[Told]:
    """Of these questions about somebody who is to join those that are still open. One query, none for none."""
    if not keys:
        return set()
    rows = Addition.objects.filter(key__in=_uuids([key.rpartition("-")[0] for key in keys]))
    return {(ADDITION, f"{key}-{state}") for key, state in rows.values_list("key", "state")}


def _uuids(keys: Sequence[str]) -> list[UUID]:
    return [UUID(key) for key in keys]
