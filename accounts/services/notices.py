"""Telling people something in the page."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import Notice, User
from accounts.selectors.notices import unmailed_of
from common.richtext.text import clean_line

LONGEST = 500


class ForeignAddress(ValueError):
    """A notice leads to a page of this portal, by a path."""


@transaction.atomic
def notify(*, user: User, kind: str, key: str, message: str, url: str, now: datetime) -> Notice:
    """Tell `user` once for (kind, key): a second call changes nothing. `url` is a path. Raises ForeignAddress."""
    _check(url)
    notice, _ = Notice.objects.get_or_create(
        user=user,
        kind=kind,
        key=key,
        defaults={"message": clean_line(message)[:LONGEST], "url": url[:LONGEST], "created_at": now},
    )
    return notice


@transaction.atomic
def notify_many(*, user_ids: Sequence[int], kind: str, key: str, message: str, url: str, now: datetime) -> None:
    """The same for many people at once. Raises ForeignAddress."""
    _check(url)
    line = clean_line(message)[:LONGEST]
    rows = [Notice(user_id=pk, kind=kind, key=key, message=line, url=url[:LONGEST], created_at=now) for pk in user_ids]
    Notice.objects.bulk_create(rows, ignore_conflicts=True, batch_size=2_000)


@transaction.atomic
def mark_seen(*, user: User, notice_ids: Sequence[int] | None, now: datetime) -> int:
    """Mark these notices of the person as seen, or all when `notice_ids` is None; returns how many were not."""
    unseen = Notice.objects.filter(user=user, seen_at=None)
    if notice_ids is not None:
        unseen = unseen.filter(pk__in=notice_ids)
    return unseen.update(seen_at=now)


@transaction.atomic
def take_unmailed(*, user: User, kinds: Sequence[str], since: datetime | None, now: datetime) -> list[Notice]:
    """What a mail is to say now, oldest first: told, neither seen nor mailed. From now on it is."""
    taken = list(unmailed_of(user, kinds, since=since).select_for_update())
    Notice.objects.filter(pk__in=[notice.pk for notice in taken]).update(mailed_at=now)
    return taken


@transaction.atomic
def mark_mailed(*, notice: Notice, now: datetime) -> None:
    """A mail has said it."""
    Notice.objects.filter(pk=notice.pk, mailed_at=None).update(mailed_at=now)


def _check(url: str) -> None:
    if not url.startswith("/") or not url_has_allowed_host_and_scheme(url, allowed_hosts=None):
        raise ForeignAddress(url[:100])
