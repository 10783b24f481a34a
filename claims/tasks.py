"""Tasks of claims. What is to be done stands in rows."""

from celery import shared_task

from claims.services.checks import due_checks
from claims.services.checks import run_check as check_outside
from claims.services.notifications import remind_curators
from common import clock
from common.queue import send


@shared_task(name="claims.run_check", soft_time_limit=50, time_limit=60)
def run_check(*, check_id: int) -> None:
    """Ask another server what a claim wants to know of it."""
    check_outside(check_id=check_id, now=clock.now())


@shared_task(name="claims.sweep_checks", soft_time_limit=50, time_limit=60)
def sweep_checks() -> None:
    """Enqueue checks that are due and that no worker has."""
    for check_id in due_checks(now=clock.now()):
        send("claims.run_check", {"check_id": check_id})


@shared_task(name="claims.remind_curators", soft_time_limit=50, time_limit=60)
def remind() -> None:
    """Tell curators of claims that are nearly due."""
    remind_curators(now=clock.now())
