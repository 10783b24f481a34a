"""Bells of the outbox. The letters are rows: a bell that is lost or rung twice changes nothing."""

from datetime import timedelta

from celery import shared_task

from accounts.services import sending
from common import clock
from common.queue import send

TURN = 200
TEXTS_KEPT = timedelta(days=30)


@shared_task(name="accounts.send_letters", soft_time_limit=150, time_limit=170)
def send_letters() -> None:
    """Send what waits; ring again when a turn was not enough."""
    if sending.send_waiting(clock=clock.now, most=TURN) == TURN:
        send("accounts.send_letters", {})


@shared_task(name="accounts.sweep_letters", soft_time_limit=50, time_limit=60)
def sweep_letters() -> None:
    """Find letters that a dead sender or a lost bell left behind, and forget old texts."""
    now = clock.now()
    sending.forget_texts(before=now - TEXTS_KEPT)
    if sending.recover_letters(now=now):
        send("accounts.send_letters", {})
