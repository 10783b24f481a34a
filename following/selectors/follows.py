"""Who follows what: for the follower, and in numbers for everybody else."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from accounts.models import User
from common.db.keyset import read_row_id
from common.db.sql import fetch_as
from following.models import Follow, Followed
from following.selectors.names import Target, targets_named
from following.targets import BY_LETTER
from papers.domain import public_ids

PAGE_SIZE = 50
_STATE = """
SELECT coalesce((SELECT followers_count FROM following_followed WHERE kind = %(kind)s AND target_id = %(id)s), 0)
           AS followers,
       EXISTS (SELECT FROM following_follow WHERE user_id = %(user)s AND kind = %(kind)s AND target_id = %(id)s)
           AS is_following
"""


class FollowState(NamedTuple):
    """How many follow something, and whether the person asked about does."""

    followers: int
    is_following: bool


@dataclass(frozen=True, slots=True)
class FollowRow:
    id: int
    target: Target
    followed_at: datetime
    shows: bool


@dataclass(frozen=True, slots=True)
class FollowsPage:
    rows: tuple[FollowRow, ...]
    next_cursor: str


@dataclass(frozen=True, slots=True)
class KnownFollowers:
    """All followers in number, and the names of those who let themselves be seen, latest first; no more than 200."""

    total: int
    names: tuple[str, ...]

    @property
    def hidden(self) -> int:
        return self.total - len(self.names)


def read_target(code: str) -> tuple[str, int] | None:
    """A public id, or the letter of a kind without any and a number, as (kind, id); None for anything else."""
    target = BY_LETTER.get(code[:1])
    if target is None:
        return None
    if target.model is None:
        number = code[1:]
        return (target.kind, int(number)) if number.isascii() and number.isdigit() and len(number) < 17 else None
    known = public_ids.decode(code[:24])
    return (target.kind, known[1]) if known else None


def follow_state_of(kind: str, target_id: int, *, user_id: int | None) -> FollowState:
    """One query."""
    (state,) = fetch_as(FollowState, _STATE, {"kind": kind, "id": target_id, "user": user_id})
    return state


def followers_count(kind: str, target_id: int) -> int:
    row = Followed.objects.filter(kind=kind, target_id=target_id).values_list("followers_count", flat=True).first()
    return row or 0


def follows_of(user: User, *, after: str = "", kind: str = "") -> FollowsPage:
    """A page of what somebody follows, latest first. Two queries. Raises InvalidCursor."""
    rows = Follow.objects.filter(user=user)
    if kind:
        rows = rows.filter(kind=kind)
    if after:
        rows = rows.filter(pk__lt=read_row_id(after))
    found = list(rows.order_by("-pk")[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    names = targets_named((row.kind, row.target_id) for row in shown)
    return FollowsPage(
        tuple(
            FollowRow(row.pk, names[row.kind, row.target_id], row.followed_at, row.shows)
            for row in shown
            if (row.kind, row.target_id) in names
        ),
        str(shown[-1].pk) if len(found) > PAGE_SIZE else "",
    )


def known_followers(author_id: int) -> KnownFollowers:
    """For the owner of an author's page, and nobody else. Two queries."""
    rows = Follow.objects.filter(kind="author", target_id=author_id, shows=True, user__is_active=True)
    names = rows.exclude(user__name="").order_by("-pk").values_list("user__name", flat=True)[:200]
    return KnownFollowers(followers_count("author", author_id), tuple(names))
