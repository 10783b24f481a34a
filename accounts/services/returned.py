"""Mail that came back: nothing more goes to where it went, until its reader says that it arrives again."""

from datetime import datetime

from django.db import transaction

from accounts.domain.returned import NoReport, read_report
from accounts.models import OutgoingMail, SuppressedAddress, User
from accounts.services.outgoing_mail import suppress_address
from common.richtext.text import clean_line

# States in which a mail server may have had the mail.
_LEFT = (OutgoingMail.State.SENT, OutgoingMail.State.UNKNOWN, OutgoingMail.State.HANDED)


@transaction.atomic
def take_report(raw: bytes, *, now: datetime) -> OutgoingMail:
    """Stop mail to where a mail of ours came back from; returns that mail.

    Only who got the mail knows its Message-ID, which nobody can guess: a made-up report stops nobody's mail. Raises
    NoReport when it is none, or about a mail that is not ours. Taken again, it changes nothing.
    """
    report = read_report(raw)
    mail = OutgoingMail.objects.filter(message_id=report.message_id, state__in=_LEFT).first()
    if mail is None:
        raise NoReport("It is about a mail that this portal did not send.")
    reason = clean_line(report.reason)[:500]
    suppress_address(address=mail.address, reason=reason, now=now)
    OutgoingMail.objects.filter(pk=mail.pk).update(failure=reason)
    return mail


@transaction.atomic
def resume_mail(*, user: User) -> bool:
    """Send to the person's own address again; False when nothing had stopped it. What was refused is not made up for."""
    deleted, _ = SuppressedAddress.objects.filter(address=user.email.lower()).delete()
    return bool(deleted)
