"""The clock. Views, tasks and commands read it once and pass the time on; services never do."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """The present moment, in UTC."""
    return timezone.now()


def today() -> date:
    """The present date, in UTC."""
    return timezone.now().date()
