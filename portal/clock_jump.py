"""When the machine's clock goes back: what was written for a time that is now far ahead would wait for it."""

from datetime import datetime, timedelta

import structlog
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from redis.exceptions import RedisError

from common.redis_client import redis_client

WAITING_COLUMNS = ("lease_until", "not_before")
LONGEST_WAIT = timedelta(hours=12)  # of any lease or pause; mail that is put off waits nine
LONGEST_KEPT = timedelta(days=40)  # of any key in Redis
SKEW = timedelta(minutes=5)  # between the clocks of several machines

log = structlog.get_logger(__name__)


def bring_back(*, now: datetime) -> int:
    """Let leases and pauses that end too far ahead end now, and forget such keys of Redis and sessions that would live
    too long, with the codes that wait in them; returns how many.

    Found by the names of the columns, so that no model has to be listed here.
    """
    changed = 0
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if field.name in WAITING_COLUMNS:
                late = model._default_manager.filter(**{f"{field.name}__gt": now + LONGEST_WAIT})
                changed += late.update(**{field.name: now})
    longest = now + timedelta(seconds=settings.SESSION_COOKIE_AGE) + SKEW
    changed += Session.objects.filter(expire_date__gt=longest).delete()[0]
    changed += _forget_keys()
    log.warning("clock_went_back", now=now.isoformat(), brought_back=changed)
    return changed


def _forget_keys() -> int:
    """Redis keeps until when a key lives, not how long: counters of limits would live for as long as the jump."""
    try:
        client = redis_client()
        late = [key for key in client.scan_iter(count=1000) if client.ttl(key) > LONGEST_KEPT.total_seconds()]
        return int(client.delete(*late)) if late else 0
    except (RedisError, OSError):
        return 0
