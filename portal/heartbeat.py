"""Whether a worker is alive: it writes a key that Redis forgets, and readiness looks for it."""

from redis import Redis
from redis.exceptions import RedisError

KEY = "colophon:worker:heartbeat"
FORGOTTEN_AFTER_SECONDS = 20


def doorbell() -> "Redis":
    """A Redis client that gives up quickly."""
    from django.conf import settings

    return Redis.from_url(settings.REDIS_URL, socket_connect_timeout=0.5, socket_timeout=1.0)


def write_heartbeat() -> None:
    """Said by the worker's main process; silence is what Redis being away looks like."""
    try:
        with doorbell() as redis:
            redis.set(KEY, "1", ex=FORGOTTEN_AFTER_SECONDS)
    except (RedisError, OSError):
        return
