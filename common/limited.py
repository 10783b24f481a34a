"""Pages that cost more than reading one: how often an address may ask for them."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from common import limits
from common.refusals import too_many_requests


def rate_limited[**P, R: HttpResponseBase](
    *, scope: str, setting: str
) -> Callable[[Callable[P, R]], Callable[P, HttpResponseBase]]:
    """Let an address through as often as the named setting says (`60/minute`, `none`), counted within the scope.

    Too often is 429, with the time to wait; reading goes on while Redis is away.
    """

    def wrap(view: Callable[P, R]) -> Callable[P, HttpResponseBase]:
        @wraps(view)
        def limited(*args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            request = args[0]
            assert isinstance(request, HttpRequest)
            verdict = limits.check(scope=scope, rate=getattr(settings, setting), who=limits.client_address(request))
            if not verdict.is_allowed:
                return too_many_requests(request, retry_after=verdict.retry_after)
            return view(*args, **kwargs)

        return limited

    return wrap
