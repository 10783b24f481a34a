"""What feeds for programs hold: the latest works of something, or a reader's own feed."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from common.db.sql import fetch, fetch_as
from common.hooks import SearchAsked, on_search_asked
from following.domain.atom import AtomEntry, AtomFeed, tag
from following.models import Reader
from following.selectors.names import Target, target_of, targets_named
from following.selectors.windows import Found
from following.targets import BY_NAME
from following.targets.search import SEARCH, has_filters
from papers.domain.public_ids import encode
from papers.selectors.addresses import address

MOST_ENTRIES = 50
MOST_NAMES = 20
LONGEST_SUMMARY = 2_000
_EARLY = datetime(2000, 1, 1, tzinfo=UTC)

_ENTRIES = """
SELECT p.id, p.title, p.abstract, p.changed_at, p.published_date, p.language,
       array(SELECT a.shown_name FROM shown_authorship a
             WHERE a.paper_id = p.id AND a.position <= %(names)s ORDER BY a.position) AS names
FROM papers_paper p WHERE p.id = ANY(%(ids)s)
"""


@dataclass(frozen=True, slots=True)
class Latest:
    """The ids of a feed's works in order, when one of them last changed, and a mark of exactly this content."""

    ids: tuple[int, ...]
    updated: datetime
    etag: str


def latest_of(kind: str, target_id: int, *, query: str = "", today: date) -> Latest:
    """What a feed holds now; one cheap query, for a search with filters one more for each. `today` keeps works dated far
    ahead out."""
    if kind == SEARCH.kind and has_filters(query):
        return _latest(_found(query), f"{kind} {target_id} {query}")
    asked: dict[str, Any] = {
        "id": target_id,
        "most": MOST_ENTRIES,
        "query": query,
        "latest": today.replace(year=today.year + 1, day=1),
    }
    rows = fetch(
        f"""WITH latest AS MATERIALIZED (SELECT id, row_number() OVER () AS row FROM ({BY_NAME[kind].latest}) l(id))
            SELECT p.id, p.changed_at FROM latest l JOIN papers_paper p ON p.id = l.id ORDER BY l.row""",
        asked,
    )
    once = [(pk, changed_at) for pk, changed_at in dict(rows).items()]
    return _latest(once, f"{kind} {target_id} {query}")


def _found(query: str) -> list[tuple[int, datetime]]:
    """The ids of the latest works that a search with filters finds, in order, and when each last changed."""
    asked = SearchAsked(query, most=MOST_ENTRIES)
    ids = [pk for _app, found in on_search_asked.answers(asked) for pk in found]
    changed = dict(fetch("SELECT id, changed_at FROM papers_paper WHERE id = ANY(%s)", [ids]))
    return [(pk, changed[pk]) for pk in ids]


def feed_of(target: Target, latest: Latest) -> AtomFeed:
    """The feed of a record's works, or of the works that cite a paper. One query."""
    is_cited = bool(BY_NAME[target.kind].citations)
    about = "cited by" if is_cited else "works"
    is_search = target.kind == SEARCH.kind
    query = urlencode({"q": target.name})
    own = f"{reverse('following:search_atom')}?{query}" if is_search else reverse("following:atom", args=[target.code])
    name = f"search/{hashlib.sha256(target.name.encode()).hexdigest()[:32]}" if is_search else target.code
    prefix = f"{target.code}/cited-by/" if is_cited else ""
    return AtomFeed(
        id=_tag(f"feed/{name}"),
        title=f"{target.name}: {about}",
        url=settings.BASE_URL + target.url,
        own_url=settings.BASE_URL + own,
        updated=latest.updated,
        entries=tuple(_entry(row, prefix) for row in _rows(latest.ids)),
    )


def search_target(query: str) -> Target:
    return target_of(SEARCH.kind, 0, query)


def user_of_key(key_hash: str) -> User | None:
    """Whose feed a secret address is; None for one that is unknown, revoked or of a closed account."""
    reader = Reader.objects.filter(feed_key_hash=key_hash, user__is_active=True).select_related("user").first()
    return reader.user if reader else None


def private_latest(user: User, found: Sequence[Found]) -> Latest:
    """What a reader's own feed holds: these, the latest of it."""
    return _latest([(one.event_id, one.seen_at) for one in found], f"private {user.pk}")


def private_feed(latest: Latest, found: Sequence[Found], *, own_url: str) -> AtomFeed:
    """A reader's own feed. Two queries."""
    papers = {row.id: row for row in _rows([one.paper_id for one in found if one.paper_id])}
    names = targets_named(pair for one in found for pair in one.targets)
    entries = [_event_entry(one, papers, [names[pair].name for pair in one.targets if pair in names]) for one in found]
    url = settings.BASE_URL + reverse("following:feed")
    return AtomFeed(
        id=_tag(f"private/{hashlib.sha256(own_url.encode()).hexdigest()[:32]}"),
        title="Colophon: what you follow",
        url=url,
        own_url=own_url,
        updated=latest.updated,
        entries=tuple(entries),
    )


def _latest(rows: Sequence[tuple[int, datetime]], about: str) -> Latest:
    said = f"{about} {settings.BASE_URL} {[(pk, moment.timestamp()) for pk, moment in rows]}"
    updated = max((moment for _pk, moment in rows), default=_EARLY)
    return Latest(tuple(pk for pk, _ in rows), updated, hashlib.sha256(said.encode()).hexdigest()[:32])


class _Row(NamedTuple):
    """A work as an entry needs it."""

    id: int
    title: str
    abstract: str
    changed_at: datetime
    published_date: date | None
    language: str
    names: list[str]


def _rows(ids: Sequence[int]) -> list[_Row]:
    rows = {row.id: row for row in fetch_as(_Row, _ENTRIES, {"ids": list(ids), "names": MOST_NAMES})}
    return [rows[pk] for pk in ids if pk in rows]


def _entry(row: _Row, prefix: str) -> AtomEntry:
    language = row.language
    return AtomEntry(
        id=_tag(prefix + encode("W", row.id)),
        title=row.title,
        url=settings.BASE_URL + address("W", row.id, row.title),
        updated=row.changed_at,
        authors=tuple(row.names),
        summary=row.abstract[:LONGEST_SUMMARY],
        published=row.published_date,
        language=language if language.isascii() and language.replace("-", "").isalnum() else "",
    )


def _event_entry(event: Found, papers: dict[int, _Row], reasons: Sequence[str]) -> AtomEntry:
    row = papers.get(event.paper_id or 0)
    because = "; ".join(reasons)
    return AtomEntry(
        id=_tag(f"event/{event.event_id}"),
        title=row.title if row else event.text,
        url=settings.BASE_URL + (address("W", row.id, row.title) if row else event.url or "/feed/"),
        updated=event.seen_at,
        authors=tuple(row.names) if row else (),
        category=event.kind,
        summary=" – ".join(part for part in (because, row.abstract[:LONGEST_SUMMARY] if row else "") if part),
    )


def _tag(name: str) -> str:
    return tag(urlsplit(settings.BASE_URL).hostname or "localhost", name)
