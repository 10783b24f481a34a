"""Events from the record: what is new in the world about something that somebody follows.

Derived from rows, again and again over the same ones if need be: what is there already is not made twice. One process
at a time derives, so that ids of links grow in the order in which they can be seen.
"""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import inf
from typing import Any, NamedTuple

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.utils import formats
from django.utils.translation import gettext as _

from accounts.services.notices import notify_many
from common.db.locks import locked, locked_if_free
from common.db.sql import fetch, fetch_column, fetch_one, fetch_value
from common.hooks import SearchAsked, on_search_asked
from common.queue import enqueue
from following.models import CHANGES, Progress
from following.services import event_sql as sql
from following.services.follow_merges import move_follows
from following.targets.search import FILTERED_SEARCHES

LOCK = "following.events"
BATCH = 5_000
MATCH_BATCH = 500
# A work counts as new in the world when it was published at most this many days before it was first seen here.
NEW_FOR_DAYS = 60
# An import may commit what it dated a little earlier: so much is looked at once more.
OVERLAP = timedelta(minutes=2)
RETRACTED = "retracted"


@dataclass(frozen=True, slots=True)
class Derived:
    """Works looked at, and events' links made."""

    works: int = 0
    links: int = 0


class _Last(NamedTuple):
    """The last work of a batch, and how many works the batch has."""

    changed_at: datetime
    id: int
    size: int


def derive_events(*, now: datetime, seconds: float = inf) -> Derived:
    """Make the events of everything that changed since the last time; in batches, each a transaction, and no further
    one after about `seconds`.

    The first time ever nothing before `now` is news.
    """
    works = links = 0
    since, after = _begin(now), 0
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with locked_if_free(LOCK) as ours:
            if not ours:
                return Derived(works, links)
            batch = _derive_batch(since, after, now)
            if batch is None:
                break
            since, after, count, made = batch
        works, links = works + count, links + made
    with locked(LOCK):
        move_follows(now=now)
    return Derived(works, links + match_searches(now=now))


def derive_again(*, now: datetime, days: int) -> Derived:
    """Look once more at what changed in the last days, for what a long transaction brought in late."""
    works = links = 0
    since, after = now - timedelta(days=days), 0
    while True:
        with locked(LOCK):
            batch = _derive_batch(since, after, now, keeps_progress=False)
        if batch is None:
            return Derived(works, links)
        since, after, count, made = batch
        works, links = works + count, links + made


def match_searches(*, now: datetime) -> int:
    """Ask the followed searches about new works whose full text is made; returns how many links that made."""
    made = 0
    while True:
        with locked_if_free(LOCK) as ours, connection.cursor() as cursor:
            if not ours or not fetch_value(sql.IS_ANY_UNMATCHED):
                return made
            cursor.execute(sql.TAKE_UNMATCHED, {"size": MATCH_BATCH})
            cursor.execute(sql.MATCH_SEARCHES)
            _match_filtered(cursor)
            made += _store(now)
            cursor.execute("DROP TABLE taken, candidates")


def _match_filtered(cursor: CursorWrapper) -> None:
    """Searches with filters are asked one by one, of the search itself."""
    searches = fetch(FILTERED_SEARCHES)
    taken = fetch_column(sql.TAKEN) if searches else []
    for search_id, query in searches:
        for _app, ids in on_search_asked.answers(SearchAsked(query, most=MATCH_BATCH, among=taken)):
            if ids:
                cursor.execute(sql.ADD_MATCHES, {"search": search_id, "ids": list(ids)})


def _begin(now: datetime) -> datetime:
    progress, _new = Progress.objects.get_or_create(name=CHANGES, defaults={"changed_at": now})
    since = progress.changed_at
    _known, is_first = Progress.objects.get_or_create(name=RETRACTED, defaults={"changed_at": since})
    if is_first:
        with connection.cursor() as cursor:
            cursor.execute(sql.RETRACTIONS_BEFORE, [since])
    return since - OVERLAP


def _derive_batch(
    since: datetime, after: int, now: datetime, *, keeps_progress: bool = True
) -> tuple[datetime, int, int, int] | None:
    """One batch of works changed after (since, after); the place of its last, its size and the links made."""
    given: dict[str, Any] = {"since": since, "after": after, "now": now, "days": NEW_FOR_DAYS, "size": BATCH}
    with connection.cursor() as cursor:
        cursor.execute(sql.BATCH, given)
        last = fetch_one(_Last, sql.LAST_OF_BATCH)
        if last is None:
            cursor.execute("DROP TABLE changed_batch")
            return None
        for statement in sql.FOLLOW_MERGED_PAPERS:
            cursor.execute(statement)
        for statement in sql.FIND:
            cursor.execute(statement, given)
        made = _store(now)
        cursor.execute(sql.RETRACTIONS_UNHEARD, given)
        cursor.execute("DROP TABLE changed_batch, candidates")
    if keeps_progress:
        Progress.objects.filter(name=CHANGES, changed_at__lt=last.changed_at).update(changed_at=last.changed_at)
    return *last, made


def _store(now: datetime) -> int:
    """Store what the candidates say that is not stored yet, and tell those who hear of it."""
    if not fetch_value("SELECT EXISTS (SELECT FROM candidates)"):
        return 0
    with connection.cursor() as cursor:
        cursor.execute(sql.STORE_EVENTS)
    made = fetch_column(sql.STORE_LINKS)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE candidates")
    if made:
        notify_followers(first=min(made), last=max(made), now=now)
        enqueue("following.plan_digests")
    return len(made)


def notify_followers(*, first: int, last: int, now: datetime) -> None:
    """One notice a day, a person and a kind, however much there is: the feed has the rest."""
    followers: dict[str, list[int]] = {}
    for kind, user_id in fetch(sql.FOLLOWERS_TO_NOTIFY, {"first": first, "last": last}):
        followers.setdefault(kind, []).append(user_id)
    day = now.astimezone(UTC).date()
    for kind, user_ids in sorted(followers.items()):
        notify_many(
            user_ids=sorted(user_ids),
            kind=f"following.{kind}",
            key=day.isoformat(),
            message=f"{notice_text(kind)}, {formats.date_format(day)}",
            url=f"/feed/?kind={kind}",
            now=now,
        )


def notice_text(kind: str) -> str:
    """What a notice of the day says of a kind of event."""
    match kind:
        case "work":
            return _("New work from what you follow")
        case "citation":
            return _("New citations of papers that you follow")
        case "page_news":
            return _("Updates on pages of people you follow")
        case "retraction":
            return _("A work from what you follow was retracted")
        case _:
            return _("A record you follow was merged into another")
