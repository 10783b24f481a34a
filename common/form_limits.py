"""Limits on the forms of pages: how often one person, one address and everybody may send them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from common import limits
from common.limits import ALLOWED, NO_LIMIT, Verdict, client_address
from common.refusals import too_many_requests


@dataclass(frozen=True, slots=True)
class FormLimit:
    """Rates read like "10/15 minutes". `when_away`: everybody together in one process while Redis is away."""

    scope: str
    per_user: str = "60/10 minutes"
    per_address: str = "120/10 minutes"
    overall: str = "600/minute"
    when_away: str = "20/minute"
    counts_reading: bool = False


def limited[**P](
    limit: FormLimit,
) -> Callable[
    [Callable[Concatenate[HttpRequest, P], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, P], HttpResponseBase],
]:
    """Count what is sent to a view, and answer 429 once it is too much; reading is free unless the limit says so."""

    def decorate(
        view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if limit.counts_reading or request.method == "POST":
                verdict = verdict_on(request, limit)
                if not verdict.is_allowed:
                    return too_many_requests(request, retry_after=verdict.retry_after)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def verdict_on(request: HttpRequest, limit: FormLimit) -> Verdict:
    """The first limit that is reached decides."""
    if not settings.FORMS_ARE_LIMITED:
        return ALLOWED
    counted = [(f"{limit.scope}-address", limit.per_address, client_address(request), NO_LIMIT)]
    if request.user.is_authenticated:
        counted.append((f"{limit.scope}-user", limit.per_user, str(request.user.pk), NO_LIMIT))
    counted.append((f"{limit.scope}-overall", limit.overall, "everybody", limit.when_away))
    for scope, rate, who, when_away in counted:
        verdict = limits.check(scope=scope, rate=rate, who=who, when_away=when_away)
        if not verdict.is_allowed:
            return verdict
    return ALLOWED
