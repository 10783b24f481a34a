"""Mail that came back: nothing more goes to where it went, until its reader says that it arrives again."""

from datetime import datetime

from django.db import transaction

from accounts.domain.returned import NoReport, read_report
from accounts.models import Letter, SuppressedAddress, User
from accounts.services.letters import suppress_address
from common.text import clean_line

# States in which a mail server may have had the letter.
_LEFT = (Letter.State.SENT, Letter.State.UNSURE, Letter.State.HANDED)


@transaction.atomic
def take_report(raw: bytes, *, now: datetime) -> Letter:
    """Stop mail to where a mail of ours came back from; returns that mail.

    Only who got the mail knows its Message-ID, which nobody can guess: a made-up report stops nobody's mail. Raises
    NoReport when it is none, or about a mail that is not ours. Taken again, it changes nothing.
    """
    report = read_report(raw)
    letter = Letter.objects.filter(message_id=report.message_id, state__in=_LEFT).first()
    if letter is None:
        raise NoReport("It is about a mail that this portal did not send.")
    reason = clean_line(report.reason)[:500]
    suppress_address(address=letter.address, reason=reason, now=now)
    Letter.objects.filter(pk=letter.pk).update(failure=reason)
    return letter


@transaction.atomic
def resume_mail(*, user: User) -> bool:
    """Send to the person's own address again; False when nothing had stopped it. What was refused is not made up for."""
    deleted, _ = SuppressedAddress.objects.filter(address=user.email.lower()).delete()
    return bool(deleted)
