"""Which digest is due, by the reader's own clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


class UnknownZone(ValueError):
    """No time zone has this name."""


def zone_of(name: str) -> ZoneInfo:
    """Raises UnknownZone."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UnknownZone(name[:64]) from None


def latest_day(*, now: datetime, zone: str, hour: int) -> date:
    """The reader's day whose daily digest is due at `now`: today from `hour` o'clock on, else yesterday."""
    local = now.astimezone(zone_of(zone))
    return local.date() if local.hour >= hour else local.date() - timedelta(days=1)


def latest_week(*, now: datetime, zone: str, hour: int, weekday: int) -> date:
    """The day on which the latest weekly digest became due; `weekday` 0 is Monday."""
    day = latest_day(now=now, zone=zone, hour=hour)
    return day - timedelta(days=(day.weekday() - weekday) % 7)


def began(*, day: date, zone: str, hour: int) -> datetime:
    """The moment, in UTC, at which that day's digest became due."""
    return datetime.combine(day, time(hour), tzinfo=zone_of(zone)).astimezone(UTC)
