"""What every view here asks first: who is there, how often they come, and what to answer when rows are held by others."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.db import OperationalError
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from common.db.timeouts import LOCK_NOT_AVAILABLE
from common.rate_limits import RateLimit
from common.refusals import too_many_requests

DEADLOCK = "40P01"
RETRY_SECONDS = 5

INVITING = RateLimit(
    "collab-invite", per_account="20/hour", per_address="60/hour", overall="600/hour", when_away="20/minute"
)
WRITING = RateLimit(
    "collab-write",
    per_account="20/minute",
    per_address="60/minute",
    overall="1200/minute",
    when_away="20/minute",
)
DECIDING = RateLimit(
    "collab-decide",
    per_account="60/minute",
    per_address="120/minute",
    overall="2400/minute",
    when_away="20/minute",
)
REPORTING = RateLimit(
    "collab-report", per_account="20/hour", per_address="40/hour", overall="600/hour", when_away="20/minute"
)
READING = RateLimit(
    "collab-read",
    per_account="120/minute",
    per_address="300/minute",
    overall="12000/minute",
    when_away="600/minute",
    counts_reading=True,
)


def patient[**P](
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A lock that did not come free in time is "try again", not a failure."""

    @wraps(view)
    def tried(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", None) not in {LOCK_NOT_AVAILABLE, DEADLOCK}:
                raise
            return too_many_requests(request, retry_after=RETRY_SECONDS)

    return tried
