"""Errors as RFC 9457 problems that name the parameter at fault and say what is allowed.

Each also carries `error` and `message`, the two members by which OpenAlex's clients read an error.
"""

from collections.abc import Sequence
from http import HTTPStatus
from math import ceil
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from orjson import dumps
from rest_framework.exceptions import APIException, NotFound
from rest_framework.exceptions import PermissionDenied as Denied

from common.db.timeouts import ReadUnavailable

PROBLEM_TYPE = "application/problem+json"
SLOW_RETRY_SECONDS = 10
MAX_ECHOED_CHARS = 120


class InvalidParameter(APIException):
    """A parameter that this list does not take, or a value that the parameter does not."""

    status_code = HTTPStatus.BAD_REQUEST

    def __init__(self, parameter: str, detail: str, *, allowed: Sequence[str] = ()) -> None:
        self.parameter = parameter
        self.allowed = list(allowed)
        super().__init__(detail)


class InvalidValue(ValueError):
    """A value that a field does not take: `str()` is a sentence; the parser of the parameter names the rest."""

    def __init__(self, why: str, *, allowed: Sequence[str] = ()) -> None:
        self.allowed = list(allowed)
        super().__init__(why)


def echoed(value: str) -> str:
    """A value as an error repeats it: quoted, printable and short."""
    return ascii(value[:MAX_ECHOED_CHARS])


def problem(status: int, detail: str, **members: Any) -> HttpResponse:
    """An answer in application/problem+json."""
    phrase = HTTPStatus(status).phrase
    error = "Invalid query parameters error." if status == HTTPStatus.BAD_REQUEST else phrase
    body = {"type": "about:blank", "title": phrase, "status": int(status), "detail": detail}
    body |= members | {"error": error, "message": detail}
    return HttpResponse(dumps(body), content_type=PROBLEM_TYPE, status=status)


def handle(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """REST framework's exception handler; None for what is not an answer but a fault of ours."""
    if isinstance(error, ReadUnavailable):
        return _unavailable(error)
    if isinstance(error, Http404):
        error = NotFound()
    elif isinstance(error, PermissionDenied):
        error = Denied()
    if not isinstance(error, APIException):
        return None
    members: dict[str, Any] = {}
    if isinstance(error, InvalidParameter):
        members["parameter"] = error.parameter
        if error.allowed:
            members["allowed"] = error.allowed
    response = problem(error.status_code, str(error.detail), **members)
    wait: float | None = getattr(error, "wait", None)  # set by REST framework on Throttled
    if wait is not None:
        response["Retry-After"] = str(ceil(wait))
    if getattr(error, "auth_header", None):
        response["WWW-Authenticate"] = error.auth_header  # type: ignore[attr-defined]  # set by REST framework
    return response


def _unavailable(error: ReadUnavailable) -> HttpResponse:
    if not error.is_slow:
        return problem(HTTPStatus.SERVICE_UNAVAILABLE, "An index that this needs is damaged and has to be rebuilt.")
    response = problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "This took longer than a read may take. Ask for less: a narrower filter, another sort, or fewer fields.",
    )
    response["Retry-After"] = str(SLOW_RETRY_SECONDS)
    return response
