"""What is done behind the pages of owners."""

from celery import shared_task

from common import clock
from profiles.services.cleanup import tidy as tidy_up
from profiles.services.former_owners import settle_former_owners as settle
from profiles.services.new_owners import welcome_new_owners as welcome
from profiles.services.opt_outs_by_mail import grant_due
from profiles.services.page_updates import announce_owners as tell


@shared_task(name="profiles.settle_former_owners", soft_time_limit=100, time_limit=120)
def settle_former_owners() -> int:
    return settle(now=clock.now())


@shared_task(name="profiles.tell_of_owners", soft_time_limit=100, time_limit=120)
def tell_of_owners() -> int:
    return tell(now=clock.now())


@shared_task(name="profiles.welcome_new_owners", soft_time_limit=100, time_limit=120)
def welcome_new_owners() -> int:
    """Pages of new owners are shown, and they hear which works had left them."""
    return welcome(now=clock.now())


@shared_task(name="profiles.grant_opt_outs", soft_time_limit=100, time_limit=120)
def grant_opt_outs() -> int:
    """Grant what was asked by mail and nobody objected to."""
    return grant_due(now=clock.now())


@shared_task(name="profiles.tidy", soft_time_limit=100, time_limit=120)
def tidy() -> int:
    return tidy_up(now=clock.now())
