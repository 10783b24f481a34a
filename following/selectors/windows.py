"""Which events a reader hears of: read from what they follow, newest or most relevant first, by keyset.

Each thing followed gives its own latest few from one index, and the latest of those are the page's: whatever the
number of events, the work is bounded by the number of follows. docs/adr/0060-fan-out.md has the measurement.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import isfinite
from typing import Any

from django.db import connection

from common.keyset import InvalidCursor
from following.domain.kinds import EVENT_KINDS, FOLLOWABLE, WEIGHTS

SIZE = 40
# Beyond this age nothing is relevant; in the order of time everything can be reached.
RELEVANT_FOR = timedelta(days=90)
# So much later is worth as much as being reached over twice as much of what is followed.
HALVED_IN = timedelta(days=3)
LONGEST_CURSOR = 60
LOOKED_AT = 5_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader wants to see of their feed. "" and None restrict nothing.

    `kind` is a kind of event, `subject` one thing followed as (kind, id), `is_unseen` what was not seen yet.
    """

    sort: str = "newest"
    kind: str = ""
    subject: tuple[str, int] | None = None
    is_unseen: bool = False
    after: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """An event, and what the reader follows that leads to it, most telling first."""

    event_id: int
    subjects: tuple[tuple[str, int], ...]
    rank: float = 0.0

    @classmethod
    def read(cls, event_id: int, subjects: Sequence[str], rank: float = 0.0) -> "Found":
        pairs = [(kind, int(number)) for kind, _, number in (text.partition(" ") for text in subjects)]
        return cls(event_id, tuple(sorted(pairs, key=lambda pair: (-WEIGHTS[pair[0]], pair))), rank)


@dataclass(frozen=True, slots=True)
class Window:
    """A page's events; `cursor` for the next page, "" on the last. `latest_id` is the newest event of the page."""

    found: tuple[Found, ...]
    cursor: str

    @property
    def latest_id(self) -> int:
        return max((found.event_id for found in self.found), default=0)


_UNSEEN = """
(CASE WHEN %(is_unseen)s
      THEN coalesce((SELECT r.seen_event_id FROM following_reader r WHERE r.user_id = %(user)s), 0) ELSE 0 END)
"""
_MINE = """
SELECT kind, subject_id, followed_at FROM following_follow WHERE user_id = %(user)s {subject}
UNION ALL SELECT 'person', %(user)s, '-infinity' WHERE %(has_person)s
"""
# First the latest links of all, against what is followed: whoever follows much finds a page among them. The oldest
# event that was looked at may have further links, and is left out. Only if that is too little each thing is asked.
_NEWEST = f"""
WITH mine AS MATERIALIZED ({_MINE}),
latest AS MATERIALIZED (
    SELECT l.event_id, l.kind, l.subject_id, l.seen_at, l.event_kind FROM following_eventlink l
    WHERE l.event_id < %(before)s ORDER BY l.event_id DESC LIMIT %(looked)s
),
quick AS MATERIALIZED (
    SELECT l.event_id, array_agg(f.kind || ' ' || f.subject_id) AS subjects
    FROM latest l JOIN mine f ON f.kind = l.kind AND f.subject_id = l.subject_id AND l.seen_at >= f.followed_at
    WHERE l.event_id > {_UNSEEN} AND l.event_id > (SELECT min(event_id) FROM latest) {{kind}}
    GROUP BY l.event_id ORDER BY l.event_id DESC LIMIT %(size)s
)
SELECT event_id, subjects FROM quick WHERE (SELECT count(*) FROM quick) = %(size)s
UNION ALL
SELECT * FROM (
    SELECT event_id, array_agg(kind || ' ' || subject_id) FROM (
        SELECT l.event_id, f.kind, f.subject_id FROM mine f
        JOIN LATERAL (
            SELECT event_id FROM following_eventlink l
            WHERE l.kind = f.kind AND l.subject_id = f.subject_id AND l.seen_at >= f.followed_at
              AND l.event_id < %(before)s AND l.event_id > {_UNSEEN} {{kind}}
            ORDER BY l.event_id DESC LIMIT %(size)s
        ) l ON true
        WHERE (SELECT count(*) FROM quick) < %(size)s
    ) w GROUP BY event_id ORDER BY event_id DESC LIMIT %(size)s
) slow
ORDER BY event_id DESC
"""
# The rank of an event never changes, so that pages fit together: later, and over more or closer things, is higher.
# It is reckoned in floating point, and names are put together for the page alone: numeric logarithms and names for
# each of 90 days' events took nine tenths of the time. Weights are exact in binary, so their order changes nothing.
_RELEVANT = f"""
WITH mine AS MATERIALIZED (
    SELECT f.kind, f.subject_id, f.followed_at, w.weight FROM ({_MINE}) f
    JOIN unnest(%(weighed)s::text[], %(weights)s::float8[]) AS w(kind, weight) ON w.kind = f.kind
),
best AS MATERIALIZED (
    SELECT event_id, rank FROM (
        SELECT l.event_id,
               ln(sum(f.weight)) / ln(2::float8) + extract(epoch FROM min(l.seen_at))::float8 / %(halved)s AS rank
        FROM mine f
        JOIN following_eventlink l ON l.kind = f.kind AND l.subject_id = f.subject_id AND l.seen_at >= f.followed_at
            AND l.seen_at > %(oldest)s AND l.event_id > {_UNSEEN} {{kind}}
        GROUP BY l.event_id
    ) r WHERE (rank, event_id) < (%(rank)s::float8, %(before)s) ORDER BY rank DESC, event_id DESC LIMIT %(size)s
)
SELECT b.event_id, array_agg(f.kind || ' ' || f.subject_id), b.rank
FROM best b
JOIN following_eventlink l ON l.event_id = b.event_id
JOIN mine f ON f.kind = l.kind AND f.subject_id = l.subject_id AND l.seen_at >= f.followed_at
GROUP BY b.event_id, b.rank ORDER BY b.rank DESC, b.event_id DESC
"""
_ALL = 2**62


def window_of(user_id: int, asked: Asked, *, now: datetime, size: int = SIZE) -> Window:
    """One page of a feed, in one query. Raises InvalidCursor."""
    is_relevant = asked.sort == "relevant"
    rank, before = _read_cursor(asked.after, is_relevant=is_relevant)
    params: dict[str, Any] = {
        "user": user_id, "before": before, "rank": rank, "size": size + 1, "event_kind": asked.kind,
        "is_unseen": asked.is_unseen, "has_person": asked.subject is None,
        "halved": HALVED_IN.total_seconds(), "oldest": now - RELEVANT_FOR,
        "looked": LOOKED_AT, "weighed": list(WEIGHTS), "weights": list(WEIGHTS.values()),
    }  # fmt: skip
    subject = ""
    if asked.subject is not None:
        subject = "AND kind = %(subject_kind)s AND subject_id = %(subject_id)s"
        params |= {"subject_kind": asked.subject[0], "subject_id": asked.subject[1]}
    kind = "AND l.event_kind = %(event_kind)s" if asked.kind else ""
    with connection.cursor() as cursor:
        cursor.execute((_RELEVANT if is_relevant else _NEWEST).format(subject=subject, kind=kind), params)
        found = [Found.read(*row) for row in cursor.fetchall()]
    more = found[:size]
    if len(found) <= size:
        return Window(tuple(more), "")
    last = more[-1]
    return Window(tuple(more), f"{last.rank!r}~{last.event_id}" if is_relevant else f"~{last.event_id}")


def found_events(user_id: int, event_ids: Sequence[int]) -> list[Found]:
    """These events with what of them the person follows, newest first; those of which nothing is are left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT l.event_id, array_agg(l.kind || ' ' || l.subject_id)
               FROM following_eventlink l LEFT JOIN following_follow f
               ON f.user_id = %(user)s AND f.kind = l.kind AND f.subject_id = l.subject_id
               WHERE l.event_id = ANY(%(events)s)
                 AND (f.id IS NOT NULL OR (l.kind = 'person' AND l.subject_id = %(user)s))
               GROUP BY 1 ORDER BY 1 DESC""",
            {"user": user_id, "events": list(event_ids)},
        )
        return [Found.read(*row) for row in cursor.fetchall()]


def is_event_kind(text: str) -> bool:
    return text in EVENT_KINDS


def is_followable(text: str) -> bool:
    return text in FOLLOWABLE


def _read_cursor(text: str, *, is_relevant: bool) -> tuple[float, int]:
    """The place after which a page begins; raises InvalidCursor."""
    if not text:
        return 1e300, _ALL
    raw, sign, number = text[:LONGEST_CURSOR].partition("~")
    try:
        rank = float(raw) if is_relevant else 0.0
        row_id = int(number)
    except ValueError:
        raise InvalidCursor(text[:LONGEST_CURSOR]) from None
    if not sign or not isfinite(rank) or not 0 <= row_id < 2**62 or (raw and not is_relevant):
        raise InvalidCursor(text[:LONGEST_CURSOR])
    return rank, row_id
