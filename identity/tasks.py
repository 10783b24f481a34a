"""Settling soon after something new is said of names, and the look at whether every decision is kept."""

from datetime import timedelta

import structlog
from celery import shared_task

from common import clock
from common.queue import send
from identity.models import IdentityRun
from identity.services.constraints import broken_constraints, take_over_decisions
from identity.services.marking import is_due
from identity.services.undoing import undo_asked
from papers.models import Authorship

log = structlog.get_logger(__name__)

# A settling reads the whole record first, minutes at a million works. The broker may hand the message out again
# meanwhile: the lock that a settling holds keeps a second one from it.
SOFT_LIMIT, HARD_LIMIT = 2 * 3_600, 2 * 3_600 + 60
MOST_MENTIONS = 600_000  # a larger site has it done by `manage.py identity_settle --marked` on a machine of its choice
QUIET, LONGEST = timedelta(seconds=45), timedelta(minutes=15)


@shared_task(name="identity.settle", soft_time_limit=SOFT_LIMIT, time_limit=HARD_LIMIT)
def settle_marked() -> None:
    """Settle what is marked; nothing where nothing is, or where another process settles."""
    # The learning library is large: only a worker that settles loads it.
    from identity.services.disambiguation import AlreadyRunning, settle

    try:
        settle(clock=clock.now, marked_only=True)
    except AlreadyRunning:
        log.info("identity_settles_already")


@shared_task(name="identity.undo", soft_time_limit=1_740, time_limit=1_800)
def undo() -> int:
    """Undo the runs for which a curator asked it; returns how many."""
    return undo_asked(now=clock.now())


@shared_task(name="identity.sweep", soft_time_limit=50, time_limit=60)
def sweep() -> None:
    """Have runs undone that are to be; else have names settled once an import is quiet, or has marked them for long. A
    lost message is sent again so too."""
    if IdentityRun.objects.filter(state=IdentityRun.State.UNDOING).exists():
        send("identity.undo", {})
        return
    if not is_due(now=clock.now(), quiet=QUIET, longest=LONGEST):
        return
    if Authorship.objects.all()[MOST_MENTIONS:].exists():
        log.info("identity_settles_by_command", most=MOST_MENTIONS)
        return
    send("identity.settle", {})


@shared_task(name="identity.check_constraints", soft_time_limit=210, time_limit=240)
def check_constraints() -> int:
    """How many decisions the record does not keep: always 0; anything else is an error in the log."""
    take_over_decisions()
    broken = broken_constraints()
    if broken:
        log.error("identity_constraints_broken", constraints=broken[:50], count=len(broken))
    return len(broken)
