"""Events that other apps tell of, since no row of the record shows them."""

from datetime import UTC, datetime

from common.db.locks import locked
from common.queue import enqueue
from common.richtext.text import clean_line
from following.models import Event, EventLink
from following.services.event_generation import LOCK, notify_followers


def record_page_news(*, author_id: int, key: str, text: str, url: str, now: datetime) -> Event:
    """An owner changed their page: tell those who follow the author, once for each `key`.

    `text` is one line of plain text, `url` a path of the portal. Told again, the first stands.
    """
    with locked(LOCK):
        event, is_new = Event.objects.get_or_create(
            kind="page_news",
            key=f"{author_id}:{key}"[:120],
            defaults={"seen_at": now, "day": now.astimezone(UTC).date(), "text": clean_line(text)[:300], "url": url},
        )
        if is_new:
            link = EventLink.objects.create(
                event=event, kind="author", target_id=author_id, event_kind="page_news", seen_at=now
            )
            notify_followers(first=link.pk, last=link.pk, now=now)
            enqueue("following.plan_digests")
    return event
