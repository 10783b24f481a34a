"""The search page."""

from http import HTTPStatus
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from common import rate_limits
from common.bounded import ReadUnavailable, bounded_reads
from common.rate_limits import RateLimit
from common.redirects import to_first_page
from common.refusals import too_many_requests
from search.domain.cursors import Cursor, InvalidCursor, read_cursor, write_cursor
from search.domain.queries import SECTIONS, Query, read_query
from search.selectors.addresses import resolved
from search.selectors.pages import ResultPage, overview, section_page

SEARCHES = RateLimit("search", address_setting="SEARCH_RATE")
READ_MILLISECONDS = 3_000
RETRY_SECONDS = 10


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What was found, or where an identifier leads."""
    query = read_query(request.GET.get("q", ""), request.GET.get("type", ""))
    try:
        after = _cursor_of(request, query)
    except InvalidCursor:
        return to_first_page(request)
    if query.is_empty:
        return _page(request, query, {})
    verdict = rate_limits.check(request, SEARCHES)
    if not verdict.is_allowed:
        return too_many_requests(request, retry_after=verdict.retry_after)
    try:
        with bounded_reads(milliseconds=READ_MILLISECONDS):
            target = resolved(query.words)
            if target is not None and target.url:
                return HttpResponseRedirect(target.url)
            page = _found(query, after)
    except ReadUnavailable as failure:
        response = _page(request, query, {"failure": failure}, status=HTTPStatus.SERVICE_UNAVAILABLE)
        response["Retry-After"] = str(RETRY_SECONDS)
        return response
    unknown = target.identifier if target is not None else ""
    return _page(request, query, {"page": page, "unknown_identifier": unknown, "more": _more(query, page)})


def _found(query: Query, after: Cursor | None) -> ResultPage:
    today = timezone.localdate()
    return section_page(query, after=after, today=today) if query.section else overview(query, today=today)


def _page(
    request: HttpRequest, query: Query, context: dict[str, object], *, status: int = HTTPStatus.OK
) -> HttpResponse:
    tabs = [(name, _address(query.words, name), name == query.section) for name in ("", *SECTIONS)]
    context |= {"query": query.words, "section": query.section, "tabs": tabs}
    return render(request, "search/results.html", context, status=status)


def _cursor_of(request: HttpRequest, query: Query) -> Cursor | None:
    text = request.GET.get("after", "")
    if not text:
        return None
    if not query.section:
        raise InvalidCursor
    return read_cursor(text, query=_signed(query), secret=settings.SECRET_KEY)


def _more(query: Query, page: ResultPage) -> str:
    """The address of the next page, "" on the last one and where each kind has only its best."""
    following = page.sections[0].hits.next if query.section and page.sections else None
    if following is None:
        return ""
    cursor = write_cursor(following, query=_signed(query), secret=settings.SECRET_KEY)
    return f"{_address(query.words, query.section)}&{urlencode({'after': cursor})}"


def _signed(query: Query) -> str:
    return f"{query.section}\0{query.words}"


def _address(words: str, section: str) -> str:
    given = {"q": words} | ({"type": section} if section else {})
    return f"{reverse('search:search')}?{urlencode(given)}"
