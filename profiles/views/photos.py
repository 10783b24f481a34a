"""Pictures of owners: only those that a page shows now."""

import re

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from profiles.domain.pictures import SIZES
from profiles.selectors.owner_text import is_photo_shown
from profiles.services.photo import photo_path

_NAME = re.compile(r"([0-9a-f]{32})-(\d{2,4})")


@require_safe
def photo(request: HttpRequest, name: str) -> HttpResponseBase:
    """A WebP file that can be nothing else to a browser; asked for anew each time, since a page may change hands."""
    match = _NAME.fullmatch(name)
    if match is None or int(match[2]) not in SIZES or not is_photo_shown(match[1]):
        raise Http404(name)
    etag = f'"{name}"'
    if request.headers.get("If-None-Match") == etag:
        return _described(HttpResponse(status=304), etag)
    try:
        opened = photo_path(match[1], int(match[2])).open("rb")
    except FileNotFoundError:
        raise Http404(name) from None
    return _described(FileResponse(opened, content_type="image/webp"), etag)


def _described(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["Content-Disposition"] = 'inline; filename="portrait.webp"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
