"""What a person is told in the page."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from accounts.models import Notice, User
from common.db.sql import fetch_value

MOST_COUNTED = 100
_UNSEEN = """
SELECT count(*) FROM (
    SELECT FROM accounts_notice WHERE user_id = %(user)s AND seen_at IS NULL LIMIT %(most)s
) unseen
"""


def unseen_count(user: User) -> int:
    """How many notices the person has not seen, up to 100. One query, on a small index."""
    return int(fetch_value(_UNSEEN, {"user": user.pk, "most": MOST_COUNTED}, is_prepared=True))


def unmailed(kinds: Collection[str]) -> QuerySet[Notice]:
    """What people were told, have not seen, and no mail has said, of everybody."""
    return Notice.objects.filter(kind__in=kinds, seen_at=None, mailed_at=None)


def unmailed_of(user: User, kinds: Collection[str], *, since: datetime | None) -> QuerySet[Notice]:
    """The same of one person, oldest first; `since` None is since ever."""
    rows = unmailed(kinds).filter(user=user)
    return (rows if since is None else rows.filter(created_at__gte=since)).order_by("created_at", "pk")
