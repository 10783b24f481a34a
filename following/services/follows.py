"""Following and not following any more."""

from datetime import datetime

from django.db import connection, transaction

from accounts.models import User
from common.db.sql import fetch_value
from common.richtext.text import clean_line
from following.models import CHANGES, Follow, Progress, Reader, SavedSearch
from following.targets import FOLLOWABLE

MOST_FOLLOWS = 10_000
LONGEST_SEARCH = 200


class TooManyFollows(Exception):
    """Somebody follows as much as one person may."""


class EmptySearch(ValueError):
    """Words of which nothing is left to search for."""


_LOCK = """
INSERT INTO following_followed (kind, target_id, followers_count) VALUES (%s, %s, 0)
ON CONFLICT (kind, target_id) DO UPDATE SET kind = excluded.kind
"""
_RECOUNT = """
UPDATE following_followed f SET followers_count =
    (SELECT count(*) FROM following_follow w WHERE w.kind = f.kind AND w.target_id = f.target_id)
WHERE f.kind = %s AND f.target_id = %s RETURNING followers_count
"""


def follow(*, user: User, kind: str, target_id: int, now: datetime, shows: bool | None = None) -> int:
    """Follow a record or a saved search; returns how many follow it now. Doing it twice changes nothing.

    `shows`: None takes what the person chose for all. Raises TooManyFollows.
    """
    assert kind in FOLLOWABLE
    with transaction.atomic():
        lock_target(kind=kind, target_id=target_id)
        mine = Follow.objects.filter(user=user)
        has_all = mine[:MOST_FOLLOWS].count() == MOST_FOLLOWS
        if has_all and not mine.filter(kind=kind, target_id=target_id).exists():
            raise TooManyFollows
        Progress.objects.get_or_create(name=CHANGES, defaults={"changed_at": now})
        if shows is None:
            shows = Reader.objects.filter(user=user, shows_follows=True).exists()
        Follow.objects.bulk_create(
            [Follow(user=user, kind=kind, target_id=target_id, shows=shows, followed_at=now)],
            ignore_conflicts=True,
        )
        return recount(kind=kind, target_id=target_id)


def unfollow(*, user: User, kind: str, target_id: int) -> int:
    """Follow no more; returns how many still do. Whoever did not follow changes nothing."""
    with transaction.atomic():
        lock_target(kind=kind, target_id=target_id)
        Follow.objects.filter(user=user, kind=kind, target_id=target_id).delete()
        return recount(kind=kind, target_id=target_id)


@transaction.atomic
def show_follow(*, user: User, follow_id: int, shows: bool) -> bool:
    """Let the owner of what is followed see who follows, or not; False when this is not the person's follow."""
    return Follow.objects.filter(pk=follow_id, user=user).update(shows=shows) == 1


@transaction.atomic
def saved_search(*, query: str, now: datetime) -> SavedSearch:
    """The row of this query, made if need be. Raises EmptySearch."""
    plain = clean_line(query.replace("\0", ""))[:LONGEST_SEARCH].strip()
    if not plain:
        raise EmptySearch
    search, _ = SavedSearch.objects.get_or_create(query=plain, defaults={"created_at": now})
    return search


def lock_target(*, kind: str, target_id: int) -> None:
    """Until the transaction ends nobody else changes who follows this."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [kind, target_id])


def recount(*, kind: str, target_id: int) -> int:
    """Count the followers anew, under the lock."""
    return int(fetch_value(_RECOUNT, [kind, target_id]) or 0)
