"""The one way from an old address of a record to the one that stands."""

from django.http import HttpRequest, HttpResponsePermanentRedirect


def moved_to(request: HttpRequest, url: str) -> HttpResponsePermanentRedirect:
    """A 301 to the address that stands, which keeps what was asked of the page. `url` is a path made by us."""
    asked = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{url}?{asked}" if asked else url)
