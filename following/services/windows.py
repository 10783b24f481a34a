"""A page of somebody's feed, and the lists that make it quick (docs/adr/0060-fan-out.md)."""

from datetime import datetime, timedelta

from common.db.sql import fetch_as
from following.models import KeptFeed
from following.selectors import window_sql as sql
from following.selectors.windows import SIZE, Asked, EventRow, Window, kept_window, values_of, window_from

# Six pages; what lies deeper is found as if there were no list.
KEPT_EVENTS = 6 * SIZE
# Who follows less and hears little is found as fast without a list.
WORTH_KEEPING = 100
LOOKED_AT = 1_000
KEPT_FOR = timedelta(days=30)


def window_of(user_id: int, asked: Asked, *, now: datetime, size: int = SIZE) -> Window:
    """One page of a feed, in one query from a kept list, else in two. Raises InvalidCursor."""
    kept = kept_window(user_id, asked, now=now, size=size)
    return kept or _ranked_window(user_id, asked, now=now, size=size)


def forget_unread(*, now: datetime) -> int:
    """Delete lists that nobody needed to have made anew for long; returns how many."""
    deleted, _ = KeptFeed.objects.filter(made_at__lt=now - KEPT_FOR).delete()
    return deleted


def _ranked_window(user_id: int, asked: Asked, *, now: datetime, size: int) -> Window:
    """The page from everything the reader follows; its beginning is kept for the next time."""
    params = values_of(user_id, asked, now=now, size=size)
    keeps = not asked.is_filtered and not asked.after
    params |= {
        "keeps": keeps,
        "most": KEPT_EVENTS if keeps else size + 1,
        "kept": KEPT_EVENTS,
        "worth": WORTH_KEEPING,
        "looked": LOOKED_AT,
        "now": now,
    }
    return window_from(fetch_as(EventRow, sql.RANKED[asked.sort], params, is_prepared=True), asked, size=size)
