"""The page that says too much was asked."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def too_many_requests(request: HttpRequest, *, retry_after: int) -> HttpResponse:
    """429 in the dress of every page; `retry_after` in seconds."""
    response = render(request, "429.html", {"retry_after": retry_after}, status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(retry_after)
    return response
