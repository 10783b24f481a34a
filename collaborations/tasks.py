"""Bells of invitations. What is due stands in rows: a bell that is lost or rung twice changes nothing."""

from celery import shared_task

from collaborations.services.delivery import deliver_waiting, sweep_waiting
from collaborations.services.participants import expire_additions
from collaborations.services.responses import expire_invitations
from common import clock


@shared_task(name="collaborations.expire", soft_time_limit=50, time_limit=60)
def expire() -> None:
    """End what was not answered in time."""
    now = clock.now()
    while expire_invitations(now=now):
        pass
    expire_additions(now=now)


@shared_task(name="collaborations.deliver_waiting", soft_time_limit=50, time_limit=60)
def deliver(*, author_id: int) -> None:
    """Hand over what waits for an author whose claim was approved."""
    deliver_waiting(author_id=author_id, now=clock.now())


@shared_task(name="collaborations.sweep_waiting", soft_time_limit=100, time_limit=120)
def sweep() -> None:
    """Deliver to everybody who claimed a page since, whatever became of the bell."""
    sweep_waiting(now=clock.now())
