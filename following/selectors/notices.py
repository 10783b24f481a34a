"""Notices as their page shows them: by day, the unseen ones first in sight."""

from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import Notice, User
from common.db.keyset import Order, page_of, read_cursor

PAGE_SIZE = 50
NEWEST = Order("created_at", "id", datetime.fromisoformat)


@dataclass(frozen=True, slots=True)
class Day:
    """A day's notices, newest first."""

    day: date
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class NoticesPage:
    days: tuple[Day, ...]
    unseen: int
    next_cursor: str


def notices_page(user: User, *, after: str = "") -> NoticesPage:
    """A page of what somebody was told. Three queries. Raises InvalidCursor."""
    rows = Notice.objects.filter(user=user)
    page = page_of(rows, order=NEWEST, cursor=read_cursor(NEWEST, after=after), size=PAGE_SIZE)
    found = rows.in_bulk(page.ids)
    days: dict[date, list[Notice]] = {}
    for pk in page.ids:
        days.setdefault(found[pk].created_at.date(), []).append(found[pk])
    return NoticesPage(
        tuple(Day(day, tuple(notices)) for day, notices in days.items()),
        rows.filter(seen_at=None).count(),
        page.next_cursor,
    )
