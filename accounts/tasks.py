"""Tasks of the outbox. The mails are rows: a message that is lost or delivered twice changes nothing."""

from datetime import timedelta

from celery import shared_task

from accounts.services import sending
from common import clock
from common.queue import send

TURN = 200
TEXTS_KEPT = timedelta(days=30)


@shared_task(name="accounts.send_outgoing_mail", soft_time_limit=150, time_limit=170)
def send_outgoing_mail() -> None:
    """Send what waits; enqueue again when a turn was not enough."""
    if sending.send_waiting(clock=clock.now, most=TURN) == TURN:
        send("accounts.send_outgoing_mail", {})


@shared_task(name="accounts.sweep_outgoing_mail", soft_time_limit=50, time_limit=60)
def sweep_outgoing_mail() -> None:
    """Find mails that a dead sender or a lost message left behind, and forget old texts."""
    now = clock.now()
    sending.forget_texts(before=now - TEXTS_KEPT)
    if sending.recover_mail(now=now):
        send("accounts.send_outgoing_mail", {})
