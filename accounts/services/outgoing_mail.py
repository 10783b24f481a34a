"""Writing a mail: a row first, so that it is sent once however often somebody asks for it."""

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import render_to_string

from accounts.models import OutgoingMail, SuppressedAddress, User
from common.queue import enqueue
from common.richtext.text import clean_line

TASK = "accounts.send_outgoing_mail"
LONGEST_SUBJECT = 200

_HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}")
# What a mail says of itself; who it is from and for, and how it is built, is never a caller's to write.
_RESERVED = frozenset({"from", "to", "cc", "bcc", "sender", "subject", "date", "message-id", "mime-version"})


class UnsafeHeader(ValueError):
    """A header's name or value that could become something else than one header."""


@transaction.atomic
def write_mail(
    *,
    to: User,
    kind: str,
    key: str,
    template: str,
    context: Mapping[str, object],
    now: datetime,
    address: str | None = None,
    headers: Mapping[str, str] = {},
) -> OutgoingMail:
    """Store the mail (kind, key) and have it sent once this transaction is committed; returns the stored one.

    `template` names `<template>_subject.txt`, `_message.txt` and, if there is one, `_message.html`; they are given
    `context`, and `base_url` without a slash at its end. `address` is the person's own unless given. Written again,
    the first stands unchanged. Raises UnsafeHeader, and ValidationError for what is no address.
    """
    check_headers(headers)
    validate_email(address or to.email)
    if "=?" in (address or to.email):
        raise ValidationError("An encoded word is another address to every program that decodes it.")
    given = {**context, "base_url": settings.BASE_URL, "recipient": to}
    mail = OutgoingMail(
        kind=kind,
        key=key,
        to=to,
        address=(address or to.email).strip(),
        headers=dict(headers),
        subject=clean_line(render_to_string(f"{template}_subject.txt", given))[:LONGEST_SUBJECT],
        text=_body(f"{template}_message.txt", given).strip() + "\n",
        html=_html(template, given),
        message_id=message_id(kind, key),
        not_before=now,
        written_at=now,
    )
    OutgoingMail.objects.bulk_create([mail], ignore_conflicts=True)
    enqueue(TASK)
    return OutgoingMail.objects.select_related("to").get(kind=kind, key=key)


def check_headers(headers: Mapping[str, str]) -> None:
    """Raises UnsafeHeader for what is not one header of one line, or not a caller's to set."""
    for name, value in headers.items():
        is_ours = name.lower() in _RESERVED or name.lower().startswith("content-")
        if not _HEADER_NAME.fullmatch(name) or is_ours or not value.isprintable():
            raise UnsafeHeader(name[:60])


def message_id(kind: str, key: str) -> str:
    """The same for every attempt, so that a server or a reader that gets one twice can tell."""
    digest = hashlib.blake2b(f"{kind}\0{key}\0{settings.SECRET_KEY}".encode(), digest_size=16).hexdigest()
    return f"<{digest}@{urlsplit(settings.BASE_URL).hostname or 'localhost'}>"


@transaction.atomic
def suppress_address(*, address: str, reason: str, now: datetime) -> SuppressedAddress:
    """Send nothing more to this address; mails that wait for it are refused when their turn comes."""
    row, _ = SuppressedAddress.objects.get_or_create(
        address=address.strip().lower(), defaults={"reason": clean_line(reason)[:500], "at": now}
    )
    return row


def _body(template: str, context: Mapping[str, object]) -> str:
    """As rendered, without what somebody's words may hold and neither a database nor a mail can: a null character."""
    return render_to_string(template, context).replace("\0", "")


def _html(template: str, context: Mapping[str, object]) -> str:
    try:
        return _body(f"{template}_message.html", context)
    except TemplateDoesNotExist as missing:
        if str(missing) != f"{template}_message.html":
            raise
        return ""
