"""Redirects from an address that does not stand to one that does."""

from django.http import HttpRequest, HttpResponsePermanentRedirect, HttpResponseRedirect

LONGEST_ADDRESS = 1_000
CURSORS = ("after", "before")


def moved_to(request: HttpRequest, url: str) -> HttpResponsePermanentRedirect:
    """A 301 to the address that stands, which keeps what was asked of the page. `url` is a path made by us."""
    asked = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{url}?{asked}" if asked else url)


def to_first_page(request: HttpRequest) -> HttpResponseRedirect:
    """From a page of a list whose cursor cannot be read, to the first page of the same list."""
    asked = request.GET.copy()
    for name in CURSORS:
        asked.pop(name, None)
    return HttpResponseRedirect(short_enough(f"{request.path}?{asked.urlencode()}" if asked else request.path))


def short_enough(url: str) -> str:
    """An address that browsers and Django take, cut behind its path where it is too long for them."""
    return url if len(url) <= LONGEST_ADDRESS else url.partition("?")[0]
