"""How often an address may read: counted in Redis over a sliding window, and allowed when Redis is away.

Reading is not worth refusing for want of a counter; what is (logging in) counts elsewhere.
"""

import time
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil

from django.conf import settings
from django.http import HttpRequest
from limits import RateLimitItem, parse
from limits.errors import StorageError
from limits.storage import RedisStorage
from limits.strategies import SlidingWindowCounterRateLimiter

NO_LIMIT = "none"
REDIS_WAIT_SECONDS = 0.25
REDIS_REST_SECONDS = (
    5.0  # after a failure reading goes on uncounted for this long before Redis is asked again
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a request may pass; if not, the whole seconds until one may."""

    is_allowed: bool
    retry_after: int = 0


ALLOWED = Verdict(is_allowed=True)


class _Redis:
    """When Redis was last away, so that its absence costs one failed call in a while and not one a request."""

    away_until = 0.0


def client_address(request: HttpRequest) -> str:
    """Who asks, as far as a limit goes: an IPv4 address, or an IPv6 network of 64 bits.

    `X-Forwarded-For` counts only for as many proxies as TRUSTED_PROXY_COUNT says stand in front of the portal.
    """
    address = request.META.get("REMOTE_ADDR", "")
    proxies: int = settings.TRUSTED_PROXY_COUNT
    if proxies > 0:
        hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
        if len(hops) >= proxies:
            address = hops[-proxies]
    return _counted_as(address)


def check(*, scope: str, rate: str, who: str) -> Verdict:
    """Count one request of `who` in `scope` against a rate such as "60/minute"; "none" is no limit."""
    if rate == NO_LIMIT or time.monotonic() < _Redis.away_until:
        return ALLOWED
    item = _rate(rate)
    limiter = _limiter(settings.REDIS_URL)
    try:
        if limiter.hit(item, scope, who):
            return ALLOWED
        stats = limiter.get_window_stats(item, scope, who)
    except StorageError:
        _Redis.away_until = time.monotonic() + REDIS_REST_SECONDS
        return ALLOWED
    return Verdict(is_allowed=False, retry_after=max(1, ceil(stats.reset_time - time.time())))


@lru_cache(maxsize=16)
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


def _counted_as(text: str) -> str:
    try:
        address = ip_address(text)
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ip_network((address, 64), strict=False))
    return str(address)
