"""Letters that a mail server may have taken or not: what somebody who can find out does about them, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Letter, User
from accounts.services.letters import TASK
from common.queue import enqueue


@dataclass(frozen=True, slots=True)
class Settled:
    """The letters that are settled, and how many of those asked for stay as they are."""

    ids: tuple[int, ...]
    left: int


@transaction.atomic
def send_again(*, letter_ids: Sequence[int], reason: str, by: User, now: datetime) -> Settled:
    """Put unsure letters back in the queue, with all their attempts; who got one may get it twice.

    Left as they are: letters that are not unsure (any more), and those whose text was forgotten with time.
    """
    letters = _of_unknown_delivery(letter_ids)
    kept = [letter for letter in letters if letter.text]
    _move(kept, state=Letter.State.WAITING, attempts=0, not_before=now, failure="")
    _log(kept, by, _("Sent again: %(reason)s") % {"reason": reason})
    if kept:
        enqueue(TASK)
    return Settled(tuple(letter.pk for letter in kept), len(set(letter_ids)) - len(kept))


@transaction.atomic
def discard(*, letter_ids: Sequence[int], reason: str, by: User) -> Settled:
    """Ask no more whether unsure letters left. Left as they are: those that are not unsure (any more)."""
    letters = _of_unknown_delivery(letter_ids)
    _move(letters, state=Letter.State.LET_GO)
    _log(letters, by, _("Discarded: %(reason)s") % {"reason": reason})
    return Settled(tuple(letter.pk for letter in letters), len(set(letter_ids)) - len(letters))


def _of_unknown_delivery(letter_ids: Sequence[int]) -> list[Letter]:
    rows = Letter.objects.select_for_update().filter(pk__in=letter_ids, state=Letter.State.UNSURE)
    return list(rows.order_by("pk"))


def _move(letters: list[Letter], **values: object) -> None:
    Letter.objects.filter(pk__in=[letter.pk for letter in letters]).update(**values)


def _log(letters: list[Letter], by: User, message: str) -> None:
    if letters:
        LogEntry.objects.log_actions(by.pk, letters, CHANGE, change_message=message)
