"""The first page, and the pages that say what went wrong."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalogue.selectors.front import front_page
from common import clock


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Search first, then what moved lately."""
    return render(
        request,
        "portal/home.html",
        {"front": front_page(today=clock.today()), "hide_masthead_search": True},
    )


def too_many_requests(request: HttpRequest, *, retry_after: int | None = None) -> HttpResponse:
    """429 in the same dress; `retry_after` in seconds, None when it is not known."""
    response = render(request, "429.html", {"retry_after": retry_after}, status=429)
    if retry_after is not None:
        response["Retry-After"] = str(retry_after)
    return response


def maintenance(request: HttpRequest) -> HttpResponse:
    """503 while the portal is being looked after."""
    response = render(request, "maintenance.html", status=503)
    response["Retry-After"] = "300"
    return response
