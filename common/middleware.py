"""What a page answers to an address that no page of ours has given out."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

from common.db.keyset import InvalidCursor
from common.redirects import to_first_page


class NullCharacterMiddleware:
    """Nothing is at a path with a null character, which no database or file system can be asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:
            raise Http404
        return self.get_response(request)


class UnreadableCursorMiddleware:
    """A page of a list whose cursor cannot be read leads to the first page of it; the API answers by itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        is_page = request.method in ("GET", "HEAD") and isinstance(error, InvalidCursor)
        return to_first_page(request) if is_page else None
