"""The portal's own housekeeping."""

from celery import shared_task
from django.contrib.sessions.models import Session

from common import clock
from portal.schedule import forget_old_runs


@shared_task(name="portal.tidy", soft_time_limit=120, time_limit=150)
def tidy() -> None:
    """Delete what has run out: old rows of the schedule, sessions past their date."""
    now = clock.now()
    forget_old_runs(now=now)
    Session.objects.filter(expire_date__lt=now).delete()
