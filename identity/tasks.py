"""Settling by night and in between, and the look at whether every decision is kept."""

import structlog
from celery import shared_task

from common import clock
from identity.services.constraints import broken_constraints, take_over_decisions
from identity.services.settling import AlreadySettling, settle
from papers.models import Authorship

log = structlog.get_logger(__name__)


MOST_MENTIONS = 30_000  # what a task can settle in its time; a larger site runs `manage.py identity_settle --marked`


@shared_task(name="identity.settle", soft_time_limit=210, time_limit=240)
def settle_marked() -> None:
    """Settle what is marked; nothing where nothing is, where a command settles already, or on a large site."""
    if Authorship.objects.all()[MOST_MENTIONS:].exists():
        log.info("identity_settles_by_command", most=MOST_MENTIONS)
        return
    try:
        settle(clock=clock.now, marked_only=True)
    except AlreadySettling:
        log.info("identity_settles_already")


@shared_task(name="identity.check_constraints", soft_time_limit=210, time_limit=240)
def check_constraints() -> int:
    """How many decisions the record does not keep: always 0; anything else is an error in the log."""
    take_over_decisions()
    broken = broken_constraints()
    if broken:
        log.error("identity_constraints_broken", constraints=broken[:50], count=len(broken))
    return len(broken)
