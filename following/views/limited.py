"""Limits of the forms: a person's and an address's."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from common import limits
from common.limits import client_address
from common.refusals import too_many_requests

# While Redis is away so much of everybody's writing goes through in one process.
WHEN_AWAY = "120/minute"


def limited[**P](
    scope: str, rate: str, *, counts_reading: bool = False
) -> Callable[
    [Callable[Concatenate[HttpRequest, P], HttpResponse]], Callable[Concatenate[HttpRequest, P], HttpResponse]
]:
    """At most `rate` of each person, or of each address for strangers; reading is free unless it counts too."""

    def decorate(
        view: Callable[Concatenate[HttpRequest, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if settings.ACCOUNT_PAGES_ARE_LIMITED and (counts_reading or request.method == "POST"):
                who = f"user {request.user.pk}" if request.user.is_authenticated else client_address(request)
                verdict = limits.check(scope=f"following-{scope}", rate=rate, who=who, when_away=WHEN_AWAY)
                if not verdict.is_allowed:
                    return too_many_requests(request, retry_after=verdict.retry_after)
            return view(request, *args, **kwargs)

        return guarded

    return decorate
