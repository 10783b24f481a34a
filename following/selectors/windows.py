"""Which events a reader hears of: read from what they follow, newest or most relevant first, by keyset."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from common.db.keyset import sign_cursor, unsign_cursor
from common.db.sql import fetch_as
from following.selectors import window_sql as sql

SIZE = 40
# Beyond this age nothing is relevant; in the order of time everything can be reached.
RELEVANT_FOR = timedelta(days=90)
# So many new links are merged into a kept list as it is read; after more it is made anew.
MOST_FRESH = 5_000
# So many events of a list may be too old, or gone, before it is made anew for a page.
SPARE = 20
LONGEST_LIST = 10_000
_ALL = 2**62


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader wants to see of their feed. "" and None restrict nothing.

    `kind` is a kind of event, `target` one thing followed as (kind, id), `is_unseen` what was not seen yet.
    """

    sort: str = "newest"
    kind: str = ""
    target: tuple[str, int] | None = None
    is_unseen: bool = False
    after: str = ""

    @property
    def is_filtered(self) -> bool:
        return bool(self.kind or self.target or self.is_unseen)


class EventRow(NamedTuple):
    """An event as the statements of `window_sql` give it: `reasons` are targets as "kind id", joined by commas.

    `is_whole`: nothing follows on what a kept list gave. Such a list that gave nothing has one row without an event.
    """

    is_whole: bool
    event_id: int
    kind: str
    paper_id: int | None
    text: str
    url: str
    day: date
    seen_at: datetime
    is_new: bool
    reasons: str
    number: int
    rank: float


@dataclass(frozen=True, slots=True)
class Found:
    """An event and the most telling of what the reader follows that leads to it: a few of `targets_count`.

    `paper_id` is None for events without a paper; those have `text` and `url`. `is_new`: not seen in the feed yet.
    """

    event_id: int
    kind: str
    paper_id: int | None
    text: str
    url: str
    day: date
    seen_at: datetime
    is_new: bool
    targets: tuple[tuple[str, int], ...]
    targets_count: int
    rank: float = 0.0

    @classmethod
    def read(cls, row: EventRow) -> "Found":
        pairs = [text.partition(" ") for text in row.reasons.split(",")]
        return cls(
            event_id=row.event_id,
            kind=row.kind,
            paper_id=row.paper_id,
            text=row.text,
            url=row.url,
            day=row.day,
            seen_at=row.seen_at,
            is_new=row.is_new,
            targets=tuple([(kind, int(pk)) for kind, _, pk in pairs]),
            targets_count=row.number,
            rank=row.rank,
        )


@dataclass(frozen=True, slots=True)
class Window:
    """A page's events; `cursor` for the next page, "" on the last. `latest_id` is the newest event of the page."""

    found: tuple[Found, ...]
    cursor: str

    @property
    def latest_id(self) -> int:
        return max((found.event_id for found in self.found), default=0)


def kept_window(user_id: int, asked: Asked, *, now: datetime, size: int = SIZE) -> Window | None:
    """A page from the list that is kept of the reader's feed, with what came since; one query.

    None when no list holds the page, or one that is no longer true of it. Raises InvalidCursor.
    """
    params = values_of(user_id, asked, now=now, size=size)
    if asked.target is not None:
        return None
    considered = LONGEST_LIST if asked.kind else params["size"] + SPARE
    values = {**params, "most_fresh": MOST_FRESH, "considered": considered}
    rows = fetch_as(EventRow, sql.KEPT[asked.sort], values, is_prepared=True)
    is_whole = any(row.is_whole for row in rows)
    found = [row for row in rows if row.event_id is not None]
    if not rows or (len(found) <= size and not is_whole):
        return None
    return window_from(found, asked, size=size)


def values_of(user_id: int, asked: Asked, *, now: datetime, size: int) -> dict[str, Any]:
    """What the statements of this page ask with. Raises InvalidCursor."""
    is_relevant = asked.sort == "relevant"
    rank, before = _read_cursor(asked.after, is_relevant=is_relevant)
    kind, target_id = asked.target or ("", 0)
    return {
        "user": user_id,
        "sort": asked.sort,
        "before": before,
        "rank": rank,
        "size": size + 1,
        "event_kind": asked.kind,
        "is_unseen": asked.is_unseen,
        "kind": kind,
        "target_id": target_id,
        "oldest": now - RELEVANT_FOR if is_relevant else "-infinity",
    }


def window_from(rows: Sequence[EventRow], asked: Asked, *, size: int) -> Window:
    """The page that starts with these rows; one more than its size says that there is another."""
    found = tuple([Found.read(row) for row in rows[:size]])
    if len(rows) <= size:
        return Window(found, "")
    last = found[-1]
    is_relevant = asked.sort == "relevant"
    place = (last.rank if is_relevant else 0.0, last.event_id)
    return Window(found, sign_cursor(place, of=_list_of(is_relevant=is_relevant)))


def found_events(user_id: int, event_ids: Sequence[int]) -> list[Found]:
    """These events with what of them the person follows, newest first; those of which nothing is are left out."""
    values: Mapping[str, Any] = {"user": user_id, "events": list(event_ids)}
    return [Found.read(row) for row in fetch_as(EventRow, sql.FOUND, values)]


def _read_cursor(text: str, *, is_relevant: bool) -> tuple[float, int]:
    """The place after which a page begins; raises InvalidCursor."""
    if not text:
        return 1e300, _ALL
    rank, row_id = unsign_cursor(text, of=_list_of(is_relevant=is_relevant))
    return rank, row_id


def _list_of(*, is_relevant: bool) -> str:
    return "feed.relevant" if is_relevant else "feed.newest"
