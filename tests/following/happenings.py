"""Works that come into the record at a chosen moment, and what is derived from them."""

from datetime import UTC, date, datetime, timedelta

from django.db import connection

from accounts.models import User
from following.models import Event, EventLink
from following.selectors.windows import Asked
from following.services import event_generation, follows
from following.services.windows import window_of
from following.targets import BY_LETTER
from papers.models import Paper
from papers.models.identity import PublicRecord
from tests.factories.record import make_paper

START = datetime(2026, 11, 1, 8, tzinfo=UTC)
DAY = timedelta(days=1)
NEW_DATE = date(2026, 10, 30)


def follow(user: User, record: PublicRecord, at: datetime = START) -> int:
    kind = BY_LETTER[record.public_id_letter].kind
    return follows.follow(user=user, kind=kind, target_id=record.pk, now=at)


def arrive(
    title: str = "A new work", *, at: datetime = START + DAY, published: date | None = NEW_DATE, **more
) -> Paper:
    """A work that the portal first sees at this moment."""
    paper = make_paper(title, published=published, **more)
    return touch(paper, created_at=at, changed_at=at)


def touch(paper: Paper, **columns) -> Paper:
    """As an import leaves a work that it changes."""
    Paper.objects.filter(pk=paper.pk).update(**columns)
    paper.refresh_from_db()
    return paper


def derive(at: datetime = START + 2 * DAY) -> int:
    return event_generation.derive_events(now=at).links


def heard(user: User, at: datetime = START + 3 * DAY, **asked) -> list[tuple[str, str]]:
    """The kinds and titles (or words) of somebody's feed, newest first."""
    found = window_of(user.pk, Asked(**asked), now=at).found
    events = {e.pk: e for e in Event.objects.filter(pk__in=[f.event_id for f in found]).select_related("paper")}
    return [(e.kind, e.paper.title if e.paper else e.text) for e in (events[f.event_id] for f in found)]


def count_events() -> tuple[int, int]:
    return Event.objects.count(), EventLink.objects.count()


def merge_author(old, new) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE papers_author SET merged_into_id = %s WHERE id = %s", [new.pk if new else None, old.pk])
