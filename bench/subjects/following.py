"""Staying in touch: the feed of somebody who follows 5,000 authors, and 100,000 events on their way to digests."""

import resource
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

import psycopg

from bench.people import planted
from bench.registry import Line, at_most, benchmark, ratio_at_most
from bench.session import Session
from bench.timing import interleaved

FOLLOWS = 5_000
EVENTS = 100_000
READERS = 1_000
FOLLOWS_OF_READERS = 40
READER = "feed@bench.example"

_CLEAR = """
TRUNCATE following_mailedevent, following_digest, following_eventlink, following_event, following_follow,
         following_followed, following_keptfeed, following_preference, following_reader, accounts_outgoingmail,
         accounts_notice CASCADE;
DELETE FROM accounts_user WHERE email LIKE '%@bench.example';
"""
_PEOPLE = """
INSERT INTO accounts_user (password, is_superuser, first_name, last_name, is_staff, is_active, date_joined, email, name)
SELECT '!', false, '', '', false, true, now() - interval '1 year', n || '@bench.example', 'Reader ' || n
FROM (SELECT 'feed' AS n UNION ALL SELECT generate_series(1, %s)::text) names
"""
# Authors of the latest works, so that what happens happens to what is followed.
_EVENTS = """
WITH latest AS (SELECT id FROM papers_paper WHERE merged_into_id IS NULL ORDER BY id DESC LIMIT %(events)s),
made AS (
    INSERT INTO following_event (kind, paper_id, key, seen_at, day, text, url)
    SELECT 'work', id, '', now() - interval '1 hour', now()::date, '', '' FROM latest RETURNING id, paper_id
)
INSERT INTO following_eventlink (event_id, kind, target_id, event_kind, seen_at)
SELECT DISTINCT m.id, 'author', s.author_id, 'work', now() - interval '1 hour'
FROM made m JOIN papers_authorship s ON s.paper_id = m.paper_id
"""
_TARGETS = """
CREATE TEMP TABLE targets AS SELECT target_id, row_number() OVER (ORDER BY target_id) - 1 AS place
FROM (SELECT DISTINCT target_id FROM following_eventlink) s;
CREATE INDEX ON targets (place); ANALYZE targets;
"""
_MORE_EVENTS = """
WITH made AS (
    INSERT INTO following_event (kind, paper_id, key, seen_at, day, text, url)
    SELECT 'page_news', NULL, 'bench-' || n, now() - interval '1 hour', now()::date, 'News ' || n, '/'
    FROM generate_series(1, %(events)s - (SELECT count(*) FROM following_event)) n RETURNING id
)
INSERT INTO following_eventlink (event_id, kind, target_id, event_kind, seen_at)
SELECT m.id, 'author', a.target_id, 'page_news', now() - interval '1 hour'
FROM made m JOIN targets a ON a.place = m.id %% (SELECT count(*) FROM targets)
"""
_FOLLOWS = """
INSERT INTO following_follow (user_id, kind, target_id, shows, followed_at)
SELECT u.id, 'author', a.target_id, false, now() - interval '30 days'
FROM accounts_user u
CROSS JOIN LATERAL generate_series(1, CASE WHEN u.email = %(reader)s THEN %(most)s ELSE %(few)s END) n
JOIN targets a ON a.place = (u.id * 7919 + n * 13) %% (SELECT count(*) FROM targets)
WHERE u.email LIKE '%%@bench.example' ON CONFLICT DO NOTHING
"""
_COUNTS = """
INSERT INTO following_followed (kind, target_id, followers_count)
SELECT kind, target_id, count(*) FROM following_follow GROUP BY 1, 2
"""


@benchmark("following")
def following(session: Session) -> Iterator[Line]:
    """The feed against the floor view; then every reader's digest, in bounded memory."""
    some = planted(session.database())[1]
    with session.database().connect() as link:
        fill(link)
    with session.server() as server:
        cookie = log_in()
        pages = [partial(server.get, some.floor)]
        pages += [partial(server.get, path, cookie=cookie) for path in ("/feed/", "/feed/?sort=relevant")]
        floor, newest, relevant = interleaved(pages)
    yield Line("following.feed_5000.p50", newest.p50, "ms", floor.p50, ratio_at_most(10))
    yield Line("following.feed_5000_relevant.p50", relevant.p50, "ms", floor.p50, ratio_at_most(10))
    yield from digests()
    with session.database().connect() as link:
        link.execute(_CLEAR)


def fill(link: psycopg.Connection) -> None:
    """Readers, what they follow and what happened to it."""
    link.execute(_CLEAR)
    link.execute(_PEOPLE, [READERS])
    link.execute(_EVENTS, {"events": EVENTS})
    link.execute(_TARGETS)
    link.execute(_MORE_EVENTS, {"events": EVENTS})
    link.execute(_FOLLOWS, {"reader": READER, "most": FOLLOWS, "few": FOLLOWS_OF_READERS})
    link.execute(_COUNTS)
    link.execute("VACUUM (ANALYZE) following_event, following_eventlink, following_follow, following_followed")


def log_in() -> str:
    """A session of the one who follows most, as a cookie."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from accounts.models import User

    user = User.objects.get(email=READER)
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    # The server that is measured runs with the settings of production, whose cookie has another name.
    return f"{settings.SESSION_COOKIE_NAME}={store.session_key}; __Host-sessionid={store.session_key}"


def digests() -> Iterator[Line]:
    """Plan and write all digests in this process, as a worker would."""
    from following.models import MailedEvent
    from following.services import digests as services

    now = datetime.now(UTC) + timedelta(days=8)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.perf_counter()
    services.plan_digests(now=now)
    written = services.write_digests(now=now, most=10 * READERS)
    seconds = time.perf_counter() - started
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    mailed = MailedEvent.objects.count()
    yield Line("following.digests.events", mailed, "events")
    yield Line("following.digests.mails", written / seconds, "digests/s")
    yield Line("following.digests.rate", mailed / seconds, "events/s")
    yield Line("following.digests.memory", grown, "MB", reach=at_most(100, "MB"))
