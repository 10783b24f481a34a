"""Whether a worker is alive: it writes a key that Redis forgets, and readiness looks for it."""

from redis.exceptions import RedisError

from common.redis_client import redis_client

KEY = "colophon:worker:heartbeat"
FORGOTTEN_AFTER_SECONDS = 20


def write_heartbeat() -> None:
    """Said by the worker's main process; silence is what Redis being away looks like."""
    try:
        redis_client().set(KEY, "1", ex=FORGOTTEN_AFTER_SECONDS)
    except (RedisError, OSError):
        return
