"""Follows that go along when records are merged, and back when a merge is undone."""

from datetime import UTC, datetime

from django.db import connection, models, transaction
from django.utils.translation import gettext as _

from accounts.services.notices import notify_many
from common.db.sql import fetch
from common.richtext.text import clean_line
from following.domain.kinds import PERSON
from following.models import Event, EventLink, Follow
from following.services.follows import lock_target, recount
from following.targets import BY_NAME, TARGET_KINDS
from papers.domain.public_ids import encode

# Followed records that another took the place of, and records that stand again whose follows had moved away.
_MOVED = """
SELECT w.target_id, r.merge_target_id FROM following_followed w JOIN canonical_{kind} r ON r.id = w.target_id
WHERE w.kind = %(kind)s AND w.followers_count > 0 AND NOT r.is_canonical
ORDER BY 1
"""
_BACK = """
SELECT DISTINCT f.target_id, f.moved_from_id FROM following_follow f JOIN canonical_{kind} r ON r.id = f.moved_from_id
WHERE f.kind = %(kind)s AND f.moved_from_id IS NOT NULL AND r.is_canonical
ORDER BY 1, 2
"""


def move_follows(*, now: datetime) -> int:
    """Let every follow stand on a record that stands; returns how many moves that took."""
    moves = 0
    for kind in [target.kind for target in TARGET_KINDS if target.model]:
        away = fetch(_MOVED.format(kind=kind), {"kind": kind})
        back = fetch(_BACK.format(kind=kind), {"kind": kind})
        for old, new in away:
            _move(kind, old, new, Follow.objects.filter(kind=kind, target_id=old), now)
        for old, new in back:
            returning = Follow.objects.filter(kind=kind, target_id=old, moved_from_id=new)
            _move(kind, old, new, returning, now, is_return=True)
        moves += len(away) + len(back)
    return moves


@transaction.atomic
def _move(
    kind: str, old: int, new: int, follows: models.QuerySet[Follow], now: datetime, *, is_return: bool = False
) -> None:
    for target_id in sorted((old, new)):
        lock_target(kind=kind, target_id=target_id)
    has_both = set(Follow.objects.filter(kind=kind, target_id=new).values_list("user_id", flat=True))
    user_ids = list(follows.values_list("user_id", flat=True))
    staying = follows.filter(user_id__in=has_both)
    staying.delete()
    follows.update(target_id=new, moved_from_id=None if is_return else old)
    # The event that `_tell` makes is also the sign for kept feeds that links are others' now: none without the other.
    if user_ids and not is_return:
        _move_links(kind, old, new)
    recount(kind=kind, target_id=old)
    recount(kind=kind, target_id=new)
    _tell(kind, old, new, user_ids, now)


def _move_links(kind: str, old: int, new: int) -> None:
    """What happened to the record that is gone happened to the one that stands."""
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE following_eventlink l SET target_id = %(new)s WHERE kind = %(kind)s AND target_id = %(old)s
               AND NOT EXISTS (SELECT FROM following_eventlink o WHERE o.event_id = l.event_id
                               AND o.kind = l.kind AND o.target_id = %(new)s)""",
            {"kind": kind, "old": old, "new": new},
        )


def _tell(kind: str, old: int, new: int, user_ids: list[int], now: datetime) -> None:
    """One event for all whose follow moved, linked to each of them alone."""
    if not user_ids:
        return
    target = BY_NAME[kind]
    named = fetch(f"SELECT id, {target.name} FROM {target.table} WHERE id IN (%s, %s)", [old, new])
    names = {pk: clean_line(name) for pk, name in named}
    text = f"{names.get(old, '')[:140]} → {names.get(new, '')[:140]}"
    url = target.url(new, names.get(new, ""))
    key = f"{encode(target.letter, old)}-{encode(target.letter, new)}-{now.astimezone(UTC):%Y%m%d%H%M%S%f}"
    event = Event.objects.create(kind="moved", key=key, seen_at=now, day=now.astimezone(UTC).date(), text=text, url=url)
    EventLink.objects.bulk_create(
        [EventLink(event=event, kind=PERSON, target_id=pk, event_kind="moved", seen_at=now) for pk in sorted(user_ids)],
        batch_size=2_000,
    )
    told = _("%(old)s was merged into %(new)s. You now follow %(new)s.")
    message = told % {"old": names.get(old, "")[:140], "new": names.get(new, "")[:140]}
    notify_many(user_ids=user_ids, kind="following.moved", key=key, message=message, url=url, now=now)
