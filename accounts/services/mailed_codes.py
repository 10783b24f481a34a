"""Proving an e-mail address by a code that is mailed to it: hashed, ten minutes, three tries, one use."""

import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, QuerySet
from django.utils.crypto import salted_hmac

from accounts.models import MailedCode

LIVES = timedelta(minutes=10)
MOST_TRIES = 3


class NoCode(Exception):
    """There is no code to try: it is used, too old or was tried too often."""


class WrongCode(NoCode):
    """Not the code that was mailed."""


def write_code(
    *,
    purpose: str,
    about_id: int,
    address: str,
    code: str,
    now: datetime,
    details: Mapping[str, Any] | None = None,
) -> MailedCode:
    """A row for a code that only the mail will hold. Whoever calls sends the mail."""
    return MailedCode.objects.create(
        purpose=purpose,
        about_id=about_id,
        address=address,
        code_hash=_hash(purpose, about_id, address, code),
        details=dict(details or {}),
        sent_at=now,
        expires_at=now + LIVES,
    )


def cancel_codes(codes: QuerySet[MailedCode]) -> None:
    """Make codes that were not used yet good for nothing."""
    codes.filter(used_at=None).update(tries=MOST_TRIES)


def try_code(row: MailedCode, *, code: str, now: datetime) -> None:
    """Count a try and look at the code; raises NoCode or WrongCode. Not to be called in a transaction that an error
    ends: the try counts before the code is looked at, so that a hundred at once are three, and stays counted."""
    live = MailedCode.objects.filter(pk=row.pk, used_at=None, tries__lt=MOST_TRIES)
    usable = live.filter(sent_at__lte=now, expires_at__gt=now)  # a code of a clock that went ahead opens nothing
    if not usable.update(tries=F("tries") + 1):
        raise NoCode
    if not hmac.compare_digest(row.code_hash, _hash(row.purpose, row.about_id, row.address, code)):
        raise WrongCode


def use_code(row: MailedCode, *, now: datetime) -> None:
    """Mark the code as used; in the transaction of what it is used for. Raises NoCode when it was used meanwhile."""
    if not MailedCode.objects.filter(pk=row.pk, used_at=None).update(used_at=now):
        raise NoCode
    row.used_at = now


def _hash(purpose: str, about_id: int, address: str, code: str) -> str:
    """A keyed hash: a stolen table tells no codes."""
    return salted_hmac(f"{purpose}.mail_code", f"{about_id}:{address}:{code}", algorithm="sha256").hexdigest()
