"""What is done behind the pages of owners."""

from celery import shared_task

from common import clock
from profiles.services.news import tell_of_owners as tell
from profiles.services.settling import settle_former_owners as settle
from profiles.services.tidying import tidy as tidy_up
from profiles.services.work_notices import notify_new_owners as notify_owners


@shared_task(name="profiles.settle_former_owners", soft_time_limit=100, time_limit=120)
def settle_former_owners() -> int:
    return settle(now=clock.now())


@shared_task(name="profiles.tell_of_owners", soft_time_limit=100, time_limit=120)
def tell_of_owners() -> int:
    return tell(now=clock.now())


@shared_task(name="profiles.notify_new_owners", soft_time_limit=100, time_limit=120)
def notify_new_owners() -> int:
    """Tell new owners which works had left their record; found by the claims of the last days."""
    return notify_owners(now=clock.now())


@shared_task(name="profiles.tidy", soft_time_limit=100, time_limit=120)
def tidy() -> int:
    return tidy_up(now=clock.now())
