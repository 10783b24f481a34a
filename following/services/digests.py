"""Digests: planned once a period as rows, each made into a mail in one transaction.

A maker that is killed leaves its row waiting and nothing else; the mail is sent by the outbox, once. That an event
stands in one mail to a person at most is a constraint of the database (`MailedEvent`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Min
from django.urls import reverse

from accounts.models import User
from accounts.services.outgoing_mail import write_mail
from common.db.sql import fetch, fetch_column
from common.queue import enqueue
from following.domain.kinds import DEFAULT_CADENCE, EVENT_KINDS
from following.domain.mail import Section
from following.domain.periods import began, latest_day, latest_week
from following.models import Digest, EventLink, Follow, Preference, Reader
from following.selectors.bundles import Bundle, bundles_of
from following.selectors.windows import found_events
from following.services.mail_sources import sources
from following.services.settings import unsubscribe_token

# A first digest reaches back so far, later ones to the one before; when the follow and the mail began bounds both.
REACH = timedelta(days=14)
# How long after it was seen an event still makes a mail at once, if planning stood still.
AT_ONCE_FOR = timedelta(hours=6)
SHOWN = 40
KEPT = timedelta(days=400)
PLANNED_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Contents:
    """What a digest says: at most SHOWN of `total` events, bundled, newest first; and what else waits, first of all."""

    bundles: tuple[Bundle, ...]
    total: int
    sections: tuple[Section, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.total or self.sections)

    @property
    def more(self) -> int:
        return self.total - sum(len(bundle.entries) for bundle in self.bundles)


_PREFERENCE = """
SELECT k.kind AS event_kind, coalesce(p.cadence, k.cadence) AS cadence, coalesce(p.mails_since, '-infinity') AS since
FROM unnest(%(kinds)s::text[], %(defaults)s::text[]) AS k(kind, cadence)
LEFT JOIN following_preference p ON p.user_id = {user} AND p.event_kind = k.kind
"""
# What a person has to hear in one mail, whatever it is about: of the kinds mailed at this cadence, never mailed.
_UNMAILED = f"""
WITH kinds AS MATERIALIZED (SELECT * FROM ({_PREFERENCE.format(user="%(user)s")}) c WHERE cadence = %(cadence)s),
mine AS (
    SELECT kind, target_id, followed_at FROM following_follow WHERE user_id = %(user)s
    UNION ALL SELECT 'person', %(user)s, '-infinity'
)
SELECT l.event_id FROM mine f
JOIN following_eventlink l ON l.kind = f.kind AND l.target_id = f.target_id AND l.seen_at >= f.followed_at
JOIN kinds k ON k.event_kind = l.event_kind AND l.seen_at >= k.since
WHERE l.id > %(from)s AND l.id <= %(through)s
  AND NOT EXISTS (SELECT FROM following_mailedevent m WHERE m.user_id = %(user)s AND m.event_id = l.event_id)
GROUP BY l.event_id
"""
_TAKE = f"""
WITH taken AS (
    INSERT INTO following_mailedevent (user_id, event_id, digest_id)
    SELECT %(user)s, event_id, %(digest)s FROM ({_UNMAILED}) u ORDER BY event_id
    ON CONFLICT DO NOTHING RETURNING event_id
)
SELECT (SELECT count(*) FROM taken), array(SELECT event_id FROM taken ORDER BY event_id DESC LIMIT %(shown)s)
"""
_PEEK = f"""
SELECT count(*), (array_agg(event_id ORDER BY event_id DESC))[1:%(shown)s] FROM ({_UNMAILED}) u
"""
# People for whom a link of the last minutes is something to hear at once.
_HEAR_AT_ONCE = f"""
SELECT DISTINCT f.user_id FROM following_eventlink l
JOIN LATERAL (
    SELECT user_id FROM following_follow w
    WHERE w.kind = l.kind AND w.target_id = l.target_id AND w.followed_at <= l.seen_at
    UNION ALL SELECT l.target_id WHERE l.kind = 'person'
) f ON true
JOIN LATERAL ({_PREFERENCE.format(user="f.user_id")}) c ON c.event_kind = l.event_kind AND c.cadence = 'at_once'
WHERE l.seen_at > %(since)s AND l.id <= %(through)s
  AND NOT EXISTS (SELECT FROM following_mailedevent m WHERE m.user_id = f.user_id AND m.event_id = l.event_id)
"""


def plan_digests(*, now: datetime) -> int:
    """Rows for every period that has become due, once each; returns how many are new."""
    through = EventLink.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    planned = _plan_at_once(through, now)
    readers = Reader.objects.in_bulk()
    daily = set(Preference.objects.filter(cadence="daily").values_list("user_id", flat=True))
    begun = Follow.objects.order_by("user_id").values("user_id").annotate(since=Min("followed_at"))
    chunk: list[Digest] = []
    for row in begun.iterator(chunk_size=PLANNED_AT_ONCE):
        reader = readers.get(row["user_id"]) or Reader(user_id=row["user_id"])
        due = _due(reader, row["since"], now, has_daily=reader.user_id in daily)
        chunk += [Digest(through_link_id=through, created_at=now, **about) for about in due]
        if len(chunk) >= PLANNED_AT_ONCE:
            planned += _store(chunk, now)
            chunk = []
    planned += _store(chunk, now) + _plan_waiting(readers, through, now)
    if Digest.objects.filter(state=Digest.State.WAITING).exists():
        enqueue("following.write_digests")
    return planned


def _plan_waiting(readers: Mapping[int, Reader], through: int, now: datetime) -> int:
    """Digests of people for whom something else waits, whether they follow anything or not."""
    due = []
    for waiting in (one for source in sources() for one in source.waiting()):
        reader = readers.get(waiting.user_id) or Reader(user_id=waiting.user_id)
        periods = _due(reader, waiting.since, now, has_daily=waiting.cadence == "daily")
        due += [about for about in periods if about["cadence"] == waiting.cadence]
    return _store([Digest(through_link_id=through, created_at=now, **about) for about in due], now)


def _due(reader: Reader, since: datetime, now: datetime, *, has_daily: bool) -> list[dict[str, Any]]:
    """The latest periods that a person's digests are due for; none that began before `since`."""
    zone, hour = reader.time_zone, reader.digest_hour
    periods = {"weekly": latest_week(now=now, zone=zone, hour=hour, weekday=reader.digest_weekday)}
    if has_daily:
        periods["daily"] = latest_day(now=now, zone=zone, hour=hour)
    return [
        {"user_id": reader.user_id, "cadence": cadence, "period": day.isoformat()}
        for cadence, day in periods.items()
        if began(day=day, zone=zone, hour=hour) > since
    ]


def _plan_at_once(through: int, now: datetime) -> int:
    params: dict[str, Any] = {**_kinds(), "since": now - AT_ONCE_FOR, "through": through}
    user_ids = fetch_column(_HEAR_AT_ONCE, params)
    period = now.astimezone(UTC).isoformat(timespec="seconds")
    return _store(
        [
            Digest(user_id=pk, cadence="at_once", period=period, through_link_id=through, created_at=now)
            for pk in user_ids
        ],
        now,
    )


@transaction.atomic
def _store(digests: list[Digest], now: datetime) -> int:
    """Store those whose period is new; each begins where the one before of its cadence ended."""
    fresh = _without_known(digests)
    if not fresh:
        return 0
    first = EventLink.objects.filter(seen_at__gte=now - REACH).order_by("pk").values_list("pk", flat=True).first()
    before = _ends_before(fresh)
    for digest in fresh:
        default = first - 1 if first else digest.through_link_id
        start = before.get((digest.user_id, digest.cadence), default)
        digest.from_link_id = min(start, digest.through_link_id)
    made = Digest.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(made)


def _without_known(digests: list[Digest]) -> list[Digest]:
    user_ids = {digest.user_id for digest in digests}
    periods = {digest.period for digest in digests}
    known = set(
        Digest.objects.filter(user_id__in=user_ids, period__in=periods).values_list("user_id", "cadence", "period")
    )
    return [d for d in digests if (d.user_id, d.cadence, d.period) not in known]


def _ends_before(digests: list[Digest]) -> dict[tuple[int, str], int]:
    ends = fetch(
        "SELECT user_id, cadence, max(through_link_id) FROM following_digest WHERE user_id = ANY(%s) GROUP BY 1, 2",
        [[digest.user_id for digest in digests]],
    )
    return {(user_id, cadence): end for user_id, cadence, end in ends}


def write_digests(*, now: datetime, most: int) -> int:
    """Make mails of up to `most` planned digests, each in a transaction of its own; returns how many were made."""
    made = 0
    while made < most and write_next(now=now):
        made += 1
    return made


@transaction.atomic
def write_next(*, now: datetime) -> bool:
    """Make the next waiting digest's mail; False when none waits that nobody else has."""
    digest = (
        Digest.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(state=Digest.State.WAITING)
        .select_related("user")
        .order_by("pk")
        .first()
    )
    if digest is None:
        return False
    ((total, event_ids),) = fetch(_TAKE, _params(digest) | {"digest": digest.pk})
    sections = [source.take(user=digest.user, cadence=digest.cadence, now=now) for source in sources()]
    contents = _contents(digest.user, total, event_ids, sections, now)
    if not contents.is_empty:
        _write(digest, contents, now)
    digest.state = Digest.State.EMPTY if contents.is_empty else Digest.State.WRITTEN
    digest.events_count = total
    digest.save(update_fields=["state", "events_count"])
    return True


def preview(*, user: User, cadence: str, now: datetime) -> Contents:
    """What the next mail of this cadence would say if it came now; nothing is marked."""
    through = EventLink.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    first = EventLink.objects.filter(seen_at__gte=now - REACH).order_by("pk").values_list("pk", flat=True).first()
    digest = Digest(user=user, cadence=cadence, from_link_id=first - 1 if first else through, through_link_id=through)
    ((total, event_ids),) = fetch(_PEEK, _params(digest))
    sections = [source.peek(user=user, cadence=cadence) for source in sources()]
    return _contents(user, total, event_ids or [], sections, now)


def _contents(
    user: User, total: int, event_ids: Sequence[int], sections: Sequence[Section | None], now: datetime
) -> Contents:
    bundles = bundles_of(found_events(user.pk, event_ids), today=now.date()) if total else ()
    return Contents(bundles, total, tuple(section for section in sections if section))


def forget_old_digests(*, now: datetime) -> int:
    """Delete rows of long ago, with what they say was mailed: nothing so old is mailed again."""
    deleted, _ = Digest.objects.filter(created_at__lt=now - KEPT).delete()
    return deleted


def _write(digest: Digest, contents: Contents, now: datetime) -> None:
    token = unsubscribe_token(user_id=digest.user_id, cadence=digest.cadence)
    stop_url = settings.BASE_URL + reverse("following:unsubscribe", args=[token])
    write_mail(
        to=digest.user,
        kind="digest",
        key=str(digest.pk),
        template="following/email/digest",
        now=now,
        context={"contents": contents, "cadence": digest.cadence, "stop_url": stop_url},
        headers={"List-Unsubscribe": f"<{stop_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )


def _params(digest: Digest) -> dict[str, Any]:
    return {
        **_kinds(),
        "user": digest.user_id,
        "cadence": digest.cadence,
        "from": digest.from_link_id,
        "through": digest.through_link_id,
        "shown": SHOWN,
    }


def _kinds() -> dict[str, list[str]]:
    return {"kinds": list(EVENT_KINDS), "defaults": [DEFAULT_CADENCE[kind] for kind in EVENT_KINDS]}
