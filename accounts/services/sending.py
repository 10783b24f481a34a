"""Sending the letters that wait, each under a lease and each handed to the mail server once.

SMTP has no way to ask a server whether it took a message. So "handed" is committed before the server is spoken to:
a sender that dies before it gives the letter back to be sent again, one that dies after it leaves a letter that is
`unsure` and stays so until somebody settles it (`unknown_delivery.py`). Nobody gets a mail twice unasked; what may not have left is on record. Where mail is kept in files a
letter that is written twice is one file, and so an unsure one is simply sent again.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

import structlog
from django.core.mail import EmailMultiAlternatives, mailers
from django.core.mail.backends.base import BaseEmailBackend

from accounts.models import Letter, SuppressedAddress
from accounts.services.letters import suppress_address

LEASE = timedelta(minutes=3)
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
MOST_ATTEMPTS = 12
State = Letter.State

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Trouble:
    """What went wrong, whether the letter was surely not taken, and whether the address is to blame for good."""

    reason: str
    was_refused: bool
    is_bounce: bool = False


def send_waiting(*, clock: Callable[[], datetime], most: int) -> int:
    """Send up to `most` letters whose turn it is; returns how many were taken up."""
    mailer: BaseEmailBackend | None = None
    taken = 0
    try:
        while taken < most and (letter := take_letter(now=clock())) is not None:
            taken += 1
            try:
                mailer = mailer or _opened()
            except (OSError, SMTPException) as error:
                _put_off(letter, _described(error), now=clock())
                return taken
            send_one(letter, mailer, clock=clock)
    finally:
        if mailer is not None:
            _close(mailer)
    return taken


def take_letter(*, now: datetime) -> Letter | None:
    """A lease on the letter that waits longest; None when none is due."""
    due = Letter.objects.filter(state=State.WAITING, not_before__lte=now).order_by("not_before", "pk")
    return due.select_related("to").take(now=now, lease=LEASE)


def send_one(letter: Letter, mailer: BaseEmailBackend, *, clock: Callable[[], datetime]) -> None:
    """Hand the letter over; its row says before and after what is known of it."""
    if reason := _unwanted(letter):
        Letter.objects.fail(letter, state=State.REFUSED, failure=reason)
        return
    message = message_of(letter)
    # From here on the letter may have left. Whoever finds it handed and its lease run out cannot know.
    if not Letter.objects.renew(letter, now=clock(), lease=LEASE, state=State.HANDED):
        return
    try:
        mailer.send_messages([message])
    except (OSError, SMTPException) as error:
        _settle(letter, _trouble(error), now=clock())
        return
    Letter.objects.give_back(letter, state=State.SENT, sent_at=clock(), failure="")


def recover_letters(*, now: datetime) -> int:
    """Take up what dead senders left: back in the queue if it surely did not leave. Returns how many now wait."""
    late = Letter.objects.expired(now=now)
    late.filter(state=State.SENDING).update(state=State.WAITING, lease_until=None)
    if is_repeatable():
        late.filter(state=State.HANDED).update(state=State.WAITING, lease_until=None)
    else:
        reason = "The sender stopped while the mail server had the letter."
        late.filter(state=State.HANDED).update(state=State.UNSURE, lease_until=None, failure=reason)
    return Letter.objects.filter(state=State.WAITING, not_before__lte=now).count()


def forget_texts(*, before: datetime) -> int:
    """Empty what was written in letters of long ago; the rows stay, so that none is written again."""
    done = (State.SENT, State.FAILED, State.REFUSED, State.UNSURE, State.LET_GO)
    old = Letter.objects.filter(written_at__lt=before, state__in=done).exclude(text="")
    return old.update(text="", html="", subject="", headers={})


def is_repeatable() -> bool:
    """Whether the mailer makes one letter of the same letter sent twice."""
    return bool(getattr(mailers["default"], "is_repeatable", False))


def message_of(letter: Letter) -> EmailMultiAlternatives:
    """The letter as a message in text and, where it has any, HTML."""
    headers = {**letter.headers, "Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"}
    message = EmailMultiAlternatives(letter.subject, letter.text, None, [letter.address], headers=headers)
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    return message


def _unwanted(letter: Letter) -> str:
    if not letter.to.is_active:
        return "The account is closed."
    if SuppressedAddress.objects.filter(address=letter.address.lower()).exists():
        return "Mail to this address is stopped."
    if "=?" in letter.address:
        return "An encoded word is no address."
    return ""


def _opened() -> BaseEmailBackend:
    mailer: BaseEmailBackend = mailers["default"]
    mailer.open()
    return mailer


def _close(mailer: BaseEmailBackend) -> None:
    try:
        mailer.close()
    except (OSError, SMTPException) as error:
        log.info("mail_server_left_early", error=str(error))


def _trouble(error: OSError | SMTPException) -> _Trouble:
    """A clear no is one; silence or a broken line after the hand-over leaves it open."""
    if isinstance(error, SMTPRecipientsRefused):
        codes = [code for code, _text in error.recipients.values()]
        return _Trouble(_described(error), was_refused=True, is_bounce=all(500 <= code < 600 for code in codes))
    return _Trouble(_described(error), was_refused=isinstance(error, SMTPResponseException))


def _settle(letter: Letter, trouble: _Trouble, *, now: datetime) -> None:
    if trouble.is_bounce:
        suppress_address(address=letter.address, reason=trouble.reason, now=now)
        Letter.objects.fail(letter, state=State.REFUSED, failure=trouble.reason)
    elif trouble.was_refused or is_repeatable():
        _put_off(letter, trouble.reason, now=now)
    else:
        log.warning("letter_unsure", letter=letter.pk, error=trouble.reason)
        Letter.objects.fail(letter, state=State.UNSURE, failure=trouble.reason)


def _put_off(letter: Letter, reason: str, *, now: datetime) -> None:
    """Try again later, each time later; after the last attempt not at all."""
    pause = min(FIRST_PAUSE * 2.0 ** (letter.attempts - 1), LONGEST_PAUSE) * random.uniform(0.5, 1.5)  # noqa: S311 - jitter, no secret
    is_over = letter.attempts >= MOST_ATTEMPTS
    log.warning("letter_not_sent", letter=letter.pk, attempt=letter.attempts, error=reason)
    state = State.FAILED if is_over else State.WAITING
    Letter.objects.give_back(letter, state=state, not_before=now + pause, failure=reason)


def _described(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:500].replace("\0", "")
