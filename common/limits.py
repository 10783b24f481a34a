"""How often somebody may do something: counted in Redis over a sliding window, in one step that no other enters.

When Redis is away reading is allowed, since it is not worth refusing for want of a counter. What is worth it
(logging in) names a small budget of the process for that time.
"""

import time
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from math import ceil

from django.conf import settings
from django.http import HttpRequest
from limits import RateLimitItem, parse
from limits.errors import StorageError
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import MovingWindowRateLimiter, SlidingWindowCounterRateLimiter

NO_LIMIT = "none"
REDIS_WAIT_SECONDS = 0.25
REDIS_REST_SECONDS = 5.0  # after a failure reading goes on uncounted for this long before Redis is asked again


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a request may pass; if not, the whole seconds until one may."""

    is_allowed: bool
    retry_after: int = 0


ALLOWED = Verdict(is_allowed=True)


class _Redis:
    """When Redis was last away, so that its absence costs one failed call in a while and not one a request."""

    away_until = 0.0


def remote_address(request: HttpRequest) -> str:
    """The address that a request comes from, as text; "" when it comes by a socket that has none.

    `X-Forwarded-For` counts only for as many proxies as TRUSTED_PROXY_COUNT says stand in front of the portal:
    what a client writes into the header itself stands further left and is not read.
    """
    address: str = request.META.get("REMOTE_ADDR", "")
    proxies: int = settings.TRUSTED_PROXY_COUNT
    if proxies > 0:
        hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
        if len(hops) >= proxies:
            address = hops[-proxies]
    parsed = _parsed(address)
    return str(parsed) if parsed else ""


def client_address(request: HttpRequest) -> str:
    """Who asks, as far as a limit goes: an IPv4 address, or an IPv6 network of 64 bits."""
    return _counted_as(remote_address(request))


def check(*, scope: str, rate: str, who: str, when_away: str = NO_LIMIT) -> Verdict:
    """Count one request of `who` in `scope` against a rate such as "60/minute"; "none" is no limit.

    `when_away` is the rate of everybody together in this process while Redis is away.
    """
    if rate == NO_LIMIT:
        return ALLOWED
    if time.monotonic() < _Redis.away_until:
        return _local(scope, when_away)
    item = _rate(rate)
    limiter = _limiter(settings.REDIS_URL)
    try:
        if limiter.hit(item, scope, who):
            return ALLOWED
        stats = limiter.get_window_stats(item, scope, who)
    except StorageError:
        _Redis.away_until = time.monotonic() + REDIS_REST_SECONDS
        return _local(scope, when_away)
    return Verdict(is_allowed=False, retry_after=max(1, ceil(stats.reset_time - time.time())))


def _local(scope: str, rate: str) -> Verdict:
    if rate == NO_LIMIT:
        return ALLOWED
    item = _rate(rate)
    if _budget().hit(item, scope):
        return ALLOWED
    stats = _budget().get_window_stats(item, scope)
    return Verdict(is_allowed=False, retry_after=max(1, ceil(stats.reset_time - time.time())))


@lru_cache(maxsize=1)
def _budget() -> MovingWindowRateLimiter:
    return MovingWindowRateLimiter(MemoryStorage())


@lru_cache(maxsize=64)
def _rate(rate: str) -> RateLimitItem:
    return parse(rate)


@lru_cache(maxsize=4)
def _limiter(redis_url: str) -> SlidingWindowCounterRateLimiter:
    storage = RedisStorage(
        redis_url,
        key_prefix="limits",
        wrap_exceptions=True,
        socket_timeout=REDIS_WAIT_SECONDS,
        socket_connect_timeout=REDIS_WAIT_SECONDS,
    )
    return SlidingWindowCounterRateLimiter(storage)


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    """An address, also with the port that some proxies write behind it."""
    host = text
    if text.startswith("["):
        host = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        host = text.partition(":")[0]
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _counted_as(text: str) -> str:
    address = _parsed(text)
    if isinstance(address, IPv6Address):
        return str(ip_network((address, 64), strict=False))
    return str(address) if address else "unknown"
