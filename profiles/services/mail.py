"""Mail to people who have no account, once what it is about is committed."""

from collections.abc import Mapping
from functools import partial
from smtplib import SMTPException

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string

log = structlog.get_logger(__name__)


def tell_by_mail(template: str, address: str, context: Mapping[str, object]) -> None:
    """Send `<template>_subject.txt` and `_message.txt` after the transaction; a mail server that is away is logged."""
    given = {**context, "base_url": settings.BASE_URL}
    subject = " ".join(render_to_string(f"{template}_subject.txt", given).split())
    message = EmailMessage(subject, render_to_string(f"{template}_message.txt", given).strip() + "\n", to=[address])
    transaction.on_commit(partial(_send, message, template))


def _send(message: EmailMessage, template: str) -> None:
    try:
        message.send()
    except (OSError, SMTPException, ValueError) as error:  # ValueError: what cannot be an address after all
        log.error("mail_not_sent", template=template, error=str(error))
