"""The cache on Redis that does without Redis when it is away: pages are slower then, and still served."""

import time
from collections.abc import Callable
from itertools import islice
from typing import Any

import structlog
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)

PAUSE_SECONDS = 5.0


class PatientRedisCache(RedisCache):
    """Every read is a miss and every write is dropped while Redis is away.

    After a failure Redis is left alone for PAUSE_SECONDS, so that a page with ten cache reads waits for one
    time-out and not for ten. What must hold without Redis (rows, locks, limits on logging in) is not kept here.
    """

    _silent_until = 0.0

    def _attempt(self, action: Callable[[], Any], otherwise: Any) -> Any:
        if time.monotonic() < type(self)._silent_until:
            return otherwise
        try:
            return action()
        except (RedisError, OSError) as error:
            type(self)._silent_until = time.monotonic() + PAUSE_SECONDS
            log.warning("cache_away", error=str(error), pause_seconds=PAUSE_SECONDS)
            return otherwise

    def add(self, key: Any, value: Any, timeout: Any = ..., version: Any = None) -> bool:
        options = {} if timeout is ... else {"timeout": timeout}
        return bool(
            self._attempt(lambda: super(PatientRedisCache, self).add(key, value, version=version, **options), True)
        )

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        return self._attempt(lambda: super(PatientRedisCache, self).get(key, default, version), default)

    def set(self, key: Any, value: Any, timeout: Any = ..., version: Any = None) -> None:
        options = {} if timeout is ... else {"timeout": timeout}
        self._attempt(lambda: super(PatientRedisCache, self).set(key, value, version=version, **options), None)

    def touch(self, key: Any, timeout: Any = ..., version: Any = None) -> bool:
        options = {} if timeout is ... else {"timeout": timeout}
        return bool(self._attempt(lambda: super(PatientRedisCache, self).touch(key, version=version, **options), False))

    def delete(self, key: Any, version: Any = None) -> bool:
        return bool(self._attempt(lambda: super(PatientRedisCache, self).delete(key, version), False))

    def get_many(self, keys: Any, version: Any = None) -> dict[Any, Any]:
        found = self._attempt(lambda: super(PatientRedisCache, self).get_many(keys, version), {})
        return dict(found)

    def has_key(self, key: Any, version: Any = None) -> bool:
        return bool(self._attempt(lambda: super(PatientRedisCache, self).has_key(key, version), False))

    def incr(self, key: Any, delta: int = 1, version: Any = None) -> int:
        """Away, the count is taken to be `delta`: a limit that must hold without Redis is not kept in this cache."""
        return int(self._attempt(lambda: super(PatientRedisCache, self).incr(key, delta, version), delta))

    def set_many(self, data: Any, timeout: Any = ..., version: Any = None) -> list[Any]:
        options = {} if timeout is ... else {"timeout": timeout}
        failed = self._attempt(
            lambda: super(PatientRedisCache, self).set_many(data, version=version, **options), list(data)
        )
        return list(failed)

    def delete_many(self, keys: Any, version: Any = None) -> None:
        self._attempt(lambda: super(PatientRedisCache, self).delete_many(keys, version), None)

    def clear(self) -> None:
        """Forget what this cache holds, and only that: the task queue may live in the same Redis database."""
        self._attempt(self._delete_own_keys, None)

    def _delete_own_keys(self) -> None:
        client = self._cache.get_client(None, write=True)
        keys = client.scan_iter(match=f"{self.key_prefix}:*", count=1000)
        while batch := list(islice(keys, 1000)):
            client.unlink(*batch)
