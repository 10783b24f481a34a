"""What is answered when the portal cannot do its work just now: 503 with the time to ask again, never a 500."""

import errno
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from common.openalex_api.problems import problem

DATABASE_RETRY_SECONDS = 10


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler of uncaught exceptions, for pages, the API and the admin.

    A database that is away, out of space or too slow, or a full disk, is no fault of this request: that is 503. All
    else is 500.
    """
    if _will_pass(sys.exception()):
        return unavailable(
            request, template="unavailable.html", title=_("Not available"), retry_after=DATABASE_RETRY_SECONDS
        )
    if request.path_info.startswith("/api/"):
        return problem(500, "Something went wrong here. The error was logged.")
    return HttpResponse(render_to_string("500.html"), status=500)


def _will_pass(error: BaseException | None) -> bool:
    if isinstance(error, OSError):
        return error.errno in {errno.ENOSPC, errno.EDQUOT}
    return isinstance(error, OperationalError | InterfaceError)


def unavailable(request: HttpRequest, *, template: str, title: str, retry_after: int) -> HttpResponse:
    """503 as a page, or as a problem for programs; both say in how many seconds to ask again.

    The page is rendered without the request, so that nothing asks the database who is logged in.
    """
    if request.path_info.startswith("/api/"):
        response = problem(503, title)
    else:
        response = HttpResponse(render_to_string(template), status=503)
    response["Retry-After"] = str(retry_after)
    response["Cache-Control"] = "no-store"
    return response
