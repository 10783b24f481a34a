"""Mails that a mail server may have taken or not: what somebody who can find out does about them, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import OutgoingMail, User
from accounts.services.outgoing_mail import TASK
from common.queue import enqueue


@dataclass(frozen=True, slots=True)
class Settled:
    """The mails that are settled, and how many of those asked for stay as they are."""

    ids: tuple[int, ...]
    left: int


@transaction.atomic
def send_again(*, mail_ids: Sequence[int], reason: str, by: User, now: datetime) -> Settled:
    """Put mails of unknown delivery back in the queue, with all their attempts; who got one may get it twice.

    Left as they are: mails whose delivery is known (by now), and those whose text was forgotten with time.
    """
    mails = _of_unknown_delivery(mail_ids)
    kept = [mail for mail in mails if mail.text]
    _move(kept, state=OutgoingMail.State.WAITING, attempts=0, not_before=now, failure="")
    _log(kept, by, _("Sent again: %(reason)s") % {"reason": reason})
    if kept:
        enqueue(TASK)
    return Settled(tuple(mail.pk for mail in kept), len(set(mail_ids)) - len(kept))


@transaction.atomic
def discard(*, mail_ids: Sequence[int], reason: str, by: User) -> Settled:
    """Ask no more whether mails of unknown delivery left. Left as they are: those whose delivery is known (by now)."""
    mails = _of_unknown_delivery(mail_ids)
    _move(mails, state=OutgoingMail.State.DISCARDED)
    _log(mails, by, _("Discarded: %(reason)s") % {"reason": reason})
    return Settled(tuple(mail.pk for mail in mails), len(set(mail_ids)) - len(mails))


def _of_unknown_delivery(mail_ids: Sequence[int]) -> list[OutgoingMail]:
    rows = OutgoingMail.objects.select_for_update().filter(pk__in=mail_ids, state=OutgoingMail.State.UNKNOWN)
    return list(rows.order_by("pk"))


def _move(mails: list[OutgoingMail], **values: object) -> None:
    OutgoingMail.objects.filter(pk__in=[mail.pk for mail in mails]).update(**values)


def _log(mails: list[OutgoingMail], by: User, message: str) -> None:
    if mails:
        LogEntry.objects.log_actions(by.pk, mails, CHANGE, change_message=message)
