"""The first page."""

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
