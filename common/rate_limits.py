"""How often something may be done: counted in Redis over a sliding window, in one step that no other enters.

While Redis is away reading is allowed, since it is not worth refusing for want of a counter. What is worth it
(logging in, sending) names a small budget of the process for that time.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache, wraps
from math import ceil
from typing import Concatenate

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from limits import RateLimitItem, parse
from limits.errors import StorageError
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import MovingWindowRateLimiter, SlidingWindowCounterRateLimiter

from common.refusals import too_many_requests
from common.web import client_address

NONE = "none"
# The first requests of each visitor are counted together apart from all others, and more of them pass: a few dozen
# addresses that use up what everybody has together do not close it for those who have not tried yet.
FIRST_REQUESTS = "3/15 minutes"
FIRST_TIMES_OVERALL = 5
REDIS_WAIT_SECONDS = 0.25
# After a failure reading goes on uncounted for this long before Redis is asked again.
REDIS_REST_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class RateLimit:
    """How often something may be done. Rates read like "10/15 minutes"; "none" is no limit.

    per_address: of each network address; `address_setting` names a setting that holds this rate instead.
    per_account: of each account: the user who is logged in, or the account that the caller names.
    per_visitor: of each user who is logged in, and of each address of strangers.
    overall: of everybody together; see FIRST_REQUESTS.
    when_away: of everybody together in one process while Redis is away.
    counts_reading: whether the decorator counts GET too, and not POST alone.
    """

    scope: str
    per_address: str = NONE
    per_account: str = NONE
    per_visitor: str = NONE
    overall: str = NONE
    when_away: str = NONE
    counts_reading: bool = False
    address_setting: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a request may pass; if not, the whole seconds until one may, and whose rate was reached."""

    is_allowed: bool
    retry_after: int = 0
    reached: str = ""


ALLOWED = Verdict(is_allowed=True)


class _Redis:
    """When Redis was last away, so that its absence costs one failed call in a while and not one a request."""

    away_until = 0.0


EXPORTS = RateLimit("export", address_setting="EXPORT_RATE", counts_reading=True)
EXPLANATIONS = RateLimit("explanation", address_setting="EXPLANATION_RATE", counts_reading=True)
PICTURES = RateLimit("graph", address_setting="GRAPH_RATE", counts_reading=True)


def rate_limited[**P, R: HttpResponseBase](
    limit: RateLimit,
) -> Callable[[Callable[Concatenate[HttpRequest, P], R]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]]:
    """Count what is sent to a view, and answer 429 once it is too much; reading is free unless the limit says so."""

    def decorate(
        view: Callable[Concatenate[HttpRequest, P], R],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if limit.counts_reading or request.method == "POST":
                verdict = check(request, limit)
                if not verdict.is_allowed:
                    return too_many_requests(request, retry_after=verdict.retry_after)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def check(request: HttpRequest, limit: RateLimit, *, account: str | None = None, known_device: str = "") -> Verdict:
    """Count one request; the first rate that is reached decides.

    `account` None is the user who is logged in, "" nobody. A `known_device` has the account's rate for itself and is
    counted by nothing else, so that no stranger can use up what its owner has.
    """
    if not settings.RATE_LIMITED:
        return ALLOWED
    if known_device:
        return hit(f"{limit.scope}-device", limit.per_account, known_device, when_away=limit.when_away)
    user = str(request.user.pk) if request.user.is_authenticated else ""
    address = client_address(request)
    per_address = getattr(settings, limit.address_setting) if limit.address_setting else limit.per_address
    whose = user if account is None else account
    counted = [("address", per_address, address), ("visitor", limit.per_visitor, user or address)]
    for name, rate, who in counted:
        verdict = hit(f"{limit.scope}-{name}", rate, who)
        if not verdict.is_allowed:
            return replace(verdict, reached=name)
    verdict = _check_overall(limit, visitor=user or address)
    if not verdict.is_allowed:
        return replace(verdict, reached="overall")
    if whose and not (verdict := hit(f"{limit.scope}-account", limit.per_account, whose)).is_allowed:
        return replace(verdict, reached="account")
    return ALLOWED


def _check_overall(limit: RateLimit, *, visitor: str) -> Verdict:
    if limit.overall == NONE:
        return hit(f"{limit.scope}-overall", NONE, "everybody", when_away=limit.when_away)
    is_first = hit(f"{limit.scope}-first", FIRST_REQUESTS, visitor).is_allowed
    scope = f"{limit.scope}-overall-{'first' if is_first else 'later'}"
    times = FIRST_TIMES_OVERALL if is_first else 1
    return hit(scope, limit.overall, "everybody", when_away=limit.when_away, times=times)


def hit(scope: str, rate: str, who: str, *, when_away: str = NONE, times: int = 1) -> Verdict:
    """Count one request of `who` in `scope` against `times` a rate such as "60/minute"; "none" is no limit.

    `when_away` is the rate of everybody together in this process while Redis is away.
    """
    if time.monotonic() < _Redis.away_until:
        return _hit_locally(scope, when_away)
    if rate == NONE:
        return ALLOWED
    item = _parsed_rate(rate, times)
    limiter = _limiter(settings.REDIS_URL)
    try:
        if limiter.hit(item, scope, who):
            return ALLOWED
        stats = limiter.get_window_stats(item, scope, who)
    except StorageError:
        _Redis.away_until = time.monotonic() + REDIS_REST_SECONDS
        return _hit_locally(scope, when_away)
    return Verdict(is_allowed=False, retry_after=max(1, ceil(stats.reset_time - time.time())))


def _hit_locally(scope: str, rate: str) -> Verdict:
    if rate == NONE:
        return ALLOWED
    item = _parsed_rate(rate, 1)
    if _budget().hit(item, scope):
        return ALLOWED
    stats = _budget().get_window_stats(item, scope)
    return Verdict(is_allowed=False, retry_after=max(1, ceil(stats.reset_time - time.time())))


@lru_cache(maxsize=1)
def _budget() -> MovingWindowRateLimiter:
    return MovingWindowRateLimiter(MemoryStorage())


@lru_cache(maxsize=128)
def _parsed_rate(rate: str, times: int) -> RateLimitItem:
    item = parse(rate)
    return type(item)(item.amount * times, item.multiples)


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
