"""Sending the mails that wait, each under a lease and each handed to the mail server once.

SMTP has no way to ask a server whether it took a message. So "handed" is committed before the server is spoken to:
a sender that dies before it gives the mail back to be sent again, one that dies after it leaves a mail that is
`unknown` and stays so until somebody settles it (`unknown_delivery.py`). Nobody gets a mail twice unasked; what may not have left is on record. Where mail is kept in files a
mail that is written twice is one file, and so one of unknown delivery is simply sent again.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

import structlog
from django.core.mail import EmailMultiAlternatives, mailers
from django.core.mail.backends.base import BaseEmailBackend

from accounts.models import OutgoingMail, SuppressedAddress
from accounts.services.outgoing_mail import suppress_address

LEASE = timedelta(minutes=3)
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
MOST_ATTEMPTS = 12
State = OutgoingMail.State

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Trouble:
    """What went wrong, whether the mail was surely not taken, and whether the address is to blame for good."""

    reason: str
    was_refused: bool
    is_bounce: bool = False


def send_waiting(*, clock: Callable[[], datetime], most: int) -> int:
    """Send up to `most` mails whose turn it is; returns how many were taken up."""
    mailer: BaseEmailBackend | None = None
    taken = 0
    try:
        while taken < most and (mail := take_mail(now=clock())) is not None:
            taken += 1
            try:
                mailer = mailer or _opened()
            except (OSError, SMTPException) as error:
                _put_off(mail, _described(error), now=clock())
                return taken
            send_one(mail, mailer, clock=clock)
    finally:
        if mailer is not None:
            _close(mailer)
    return taken


def take_mail(*, now: datetime) -> OutgoingMail | None:
    """A lease on the mail that waits longest; None when none is due."""
    due = OutgoingMail.objects.filter(state=State.WAITING, not_before__lte=now).order_by("not_before", "pk")
    return due.select_related("to").take(now=now, lease=LEASE)


def send_one(mail: OutgoingMail, mailer: BaseEmailBackend, *, clock: Callable[[], datetime]) -> None:
    """Hand the mail over; its row says before and after what is known of it."""
    if reason := _unwanted(mail):
        OutgoingMail.objects.fail(mail, state=State.REFUSED, failure=reason)
        return
    message = message_of(mail)
    # From here on the mail may have left. Whoever finds it handed and its lease run out cannot know.
    if not OutgoingMail.objects.renew(mail, now=clock(), lease=LEASE, state=State.HANDED):
        return
    try:
        mailer.send_messages([message])
    except (OSError, SMTPException) as error:
        _settle(mail, _trouble(error), now=clock())
        return
    OutgoingMail.objects.give_back(mail, state=State.SENT, sent_at=clock(), failure="")


def recover_mail(*, now: datetime) -> int:
    """Take up what dead senders left: back in the queue if it surely did not leave. Returns how many now wait."""
    late = OutgoingMail.objects.expired(now=now)
    late.filter(state=State.SENDING).update(state=State.WAITING, lease_until=None)
    if is_repeatable():
        late.filter(state=State.HANDED).update(state=State.WAITING, lease_until=None)
    else:
        reason = "The sender stopped while the mail server had the mail."
        late.filter(state=State.HANDED).update(state=State.UNKNOWN, lease_until=None, failure=reason)
    return OutgoingMail.objects.filter(state=State.WAITING, not_before__lte=now).count()


def forget_texts(*, before: datetime) -> int:
    """Empty what was written in mails of long ago; the rows stay, so that none is written again."""
    done = (State.SENT, State.FAILED, State.REFUSED, State.UNKNOWN, State.DISCARDED)
    old = OutgoingMail.objects.filter(written_at__lt=before, state__in=done).exclude(text="")
    return old.update(text="", html="", subject="", headers={})


def is_repeatable() -> bool:
    """Whether the mailer makes one mail of the same mail sent twice."""
    return bool(getattr(mailers["default"], "is_repeatable", False))


def message_of(mail: OutgoingMail) -> EmailMultiAlternatives:
    """The mail as a message in text and, where it has any, HTML."""
    headers = {**mail.headers, "Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    message = EmailMultiAlternatives(mail.subject, mail.text, None, [mail.address], headers=headers)
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def _unwanted(mail: OutgoingMail) -> str:
    if not mail.to.is_active:
        return "The account is closed."
    if SuppressedAddress.objects.filter(address=mail.address.lower()).exists():
        return "Mail to this address is stopped."
    if "=?" in mail.address:
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


def _settle(mail: OutgoingMail, trouble: _Trouble, *, now: datetime) -> None:
    if trouble.is_bounce:
        suppress_address(address=mail.address, reason=trouble.reason, now=now)
        OutgoingMail.objects.fail(mail, state=State.REFUSED, failure=trouble.reason)
    elif trouble.was_refused or is_repeatable():
        _put_off(mail, trouble.reason, now=now)
    else:
        log.warning("mail_delivery_unknown", mail=mail.pk, error=trouble.reason)
        OutgoingMail.objects.fail(mail, state=State.UNKNOWN, failure=trouble.reason)


def _put_off(mail: OutgoingMail, reason: str, *, now: datetime) -> None:
    """Try again later, each time later; after the last attempt not at all."""
    pause = min(FIRST_PAUSE * 2.0 ** (mail.attempts - 1), LONGEST_PAUSE) * random.uniform(0.5, 1.5)  # noqa: S311 - jitter, no secret
    is_over = mail.attempts >= MOST_ATTEMPTS
    log.warning("mail_not_sent", mail=mail.pk, attempt=mail.attempts, error=reason)
    state = State.FAILED if is_over else State.WAITING
    OutgoingMail.objects.give_back(mail, state=state, not_before=now + pause, failure=reason)


def _described(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:500].replace("\0", "")
