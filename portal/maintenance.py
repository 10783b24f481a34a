"""Down for maintenance: as long as a file named `maintenance` lies in the data folder."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from portal.unavailable import unavailable

SWITCH = "maintenance"
RETRY_AFTER_SECONDS = 300

type View = Callable[[HttpRequest], HttpResponse]


class MaintenanceMiddleware:
    """Answers everything but health and static files with 503 while the switch lies there; nothing is written."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return closed(request) if is_closed() else self.get_response(request)


def is_closed() -> bool:
    """Asked at every request, so that every process closes and opens at once."""
    return (Path(settings.DATA_DIR) / SWITCH).exists()


def closed(request: HttpRequest) -> HttpResponse:
    """503 as a page, or as a problem for programs; both say when to ask again."""
    return unavailable(
        request, template="maintenance.html", title=_("Down for maintenance"), retry_after=RETRY_AFTER_SECONDS
    )
