"""What every view here asks first: who is there, how often they come, and what to answer when rows are held by others."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.db import OperationalError
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from accounts.models import User
from common.bounded import LOCK_NOT_AVAILABLE
from common.form_limits import FormLimit
from common.refusals import too_many_requests

DEADLOCK = "40P01"
RETRY_SECONDS = 5

INVITING = FormLimit("collab-invite", "20/hour", "60/hour", "600/hour")
WRITING = FormLimit("collab-write", "20/minute", "60/minute", "1200/minute")
DECIDING = FormLimit("collab-decide", "60/minute", "120/minute", "2400/minute")
REPORTING = FormLimit("collab-report", "20/hour", "40/hour", "600/hour")
READING = FormLimit(
    "collab-read", "120/minute", "300/minute", "12000/minute", when_away="600/minute", counts_reading=True
)


def user_of(request: HttpRequest) -> User:
    """The person behind a request that login_required let through."""
    assert isinstance(request.user, User)
    return request.user


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
