"""Bells of following. What is to be done stands in rows: a bell that is lost or rung twice changes nothing."""

from celery import shared_task

from common import clock
from common.queue import send
from following.services import digests, event_generation, windows

TURN = 300
TURN_SECONDS = 100.0


@shared_task(name="following.derive_events", soft_time_limit=210, time_limit=240)
def derive_events() -> int:
    """Make the events of what changed; returns the works looked at."""
    return event_generation.derive_events(now=clock.now(), seconds=TURN_SECONDS).works


@shared_task(name="following.derive_again", soft_time_limit=210, time_limit=240)
def derive_again() -> None:
    """Once more over the last days, and old rows away."""
    event_generation.derive_again(now=clock.now(), days=3)
    digests.forget_old_digests(now=clock.now())
    windows.forget_unread(now=clock.now())


@shared_task(name="following.plan_digests", soft_time_limit=100, time_limit=120)
def plan_digests() -> None:
    """Rows for the digests that have become due."""
    digests.plan_digests(now=clock.now())


@shared_task(name="following.write_digests", soft_time_limit=150, time_limit=170)
def write_digests() -> None:
    """Make the mails of planned digests; enqueue again when a turn was not enough."""
    if digests.write_digests(now=clock.now(), most=TURN) == TURN:
        send("following.write_digests", {})
