"""Pages are served without Redis, only slower."""

import pytest
from django.core.cache import caches

from common.cache import PatientRedisCache


@pytest.fixture
def away(monkeypatch):
    monkeypatch.setattr(PatientRedisCache, "_silent_until", 0.0)
    return PatientRedisCache("unix:///nonexistent/redis.sock", {"KEY_PREFIX": "away"})


def test_without_redis_reads_miss_and_writes_are_dropped(away):
    away.set("key", 1)
    away.set_many({"a": 1})
    away.delete("key")
    away.clear()
    assert away.get("key", "nothing") == "nothing"
    assert away.get_many(["a"]) == {}
    assert away.get_or_set("key", lambda: 5) == 5
    assert "key" not in away


def test_after_a_failure_redis_is_left_alone_for_a_while(away, monkeypatch):
    away.get("key")
    asked = []
    monkeypatch.setattr(away._cache, "get", lambda *args: asked.append(args))
    assert away.get("key", "nothing") == "nothing"
    assert asked == []


def test_clearing_the_cache_leaves_everything_else_in_redis():
    cache = caches["default"]
    client = cache._cache.get_client(None, write=True)
    client.set("a-waiting-message", "1")
    cache.set("page", "html")
    cache.clear()
    assert cache.get("page") is None
    assert client.get("a-waiting-message") == b"1"
    client.delete("a-waiting-message")
