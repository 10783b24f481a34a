"""The search page, what it suggests while somebody types, and its results for reference managers."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from common import rate_limits
from common.db.keyset import InvalidCursor, unsign_cursor
from common.db.timeouts import ReadUnavailable, read_timeout
from common.rate_limits import EXPORTS, RateLimit, rate_limited
from common.redirects import to_first_page
from common.refusals import too_many_requests
from papers.selectors.citable import MEDIA_TYPES, cited_as
from search.domain.cursors import Cursor
from search.domain.queries import Query, read_query
from search.presenters.results import Links, results_context
from search.selectors.addresses import resolved
from search.selectors.csv_rows import CSV_TYPE, csv_rows
from search.selectors.pages import ResultPage, found_ids, overview, section_page
from search.selectors.suggestions import suggestions

SEARCHES = RateLimit("search", address_setting="SEARCH_RATE")
SUGGESTIONS = RateLimit("suggest", address_setting="SUGGEST_RATE", counts_reading=True)
READ_MILLISECONDS = 3_000
SUGGEST_MILLISECONDS = 500
EXPORT_MILLISECONDS = 10_000
EXPORTED = 1_000  # papers of one search
RETRY_SECONDS = 10
FORMATS = {**MEDIA_TYPES, "csv": CSV_TYPE}


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What was found, or where an identifier leads."""
    query = _query_of(request)
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
        with read_timeout(milliseconds=READ_MILLISECONDS):
            target = resolved(query.words)
            if target is not None and target.url:
                return HttpResponseRedirect(target.url)
            page = _found(query, after)
    except ReadUnavailable as failure:
        response = _page(request, query, {"failure": failure}, status=HTTPStatus.SERVICE_UNAVAILABLE)
        response["Retry-After"] = str(RETRY_SECONDS)
        return response
    unknown = target.identifier if target is not None else ""
    response = _page(request, query, {"page": page, "unknown_identifier": unknown})
    if page.failed:
        response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
        response["Retry-After"] = str(RETRY_SECONDS)
    return response


@require_safe
@rate_limited(SUGGESTIONS)
def suggest(request: HttpRequest) -> HttpResponse:
    """What may be meant by the beginning of a query: the options of the box's list, none while the database is slow.

    `of=AWTI` leaves out what is of no kind named, by the first letter of its id.
    """
    kinds = request.GET.get("of", "")
    query = _query_of(request)
    try:
        with read_timeout(milliseconds=SUGGEST_MILLISECONDS):
            options = [o for o in suggestions(query.words) if not kinds or o.public_id[0] in kinds]
    except ReadUnavailable:
        return HttpResponse(status=HTTPStatus.SERVICE_UNAVAILABLE)
    response = render(request, "search/_suggestions.html", {"options": options})
    response["Cache-Control"] = "private, max-age=60"
    patch_vary_headers(response, ["Cookie"])
    return response


@require_safe
@rate_limited(EXPORTS)
def export(request: HttpRequest, format: str) -> HttpResponseBase:
    """The first papers that a query finds, streamed."""
    query = _query_of(request)
    if format not in FORMATS or query.is_empty:
        raise Http404(format)
    try:
        with read_timeout(milliseconds=EXPORT_MILLISECONDS):
            ids = found_ids(query, most=EXPORTED)
    except ReadUnavailable:
        response = HttpResponse(status=HTTPStatus.SERVICE_UNAVAILABLE)
        response["Retry-After"] = str(RETRY_SECONDS)
        return response
    origin = request.build_absolute_uri("/").rstrip("/")
    text = csv_rows(ids, origin=origin) if format == "csv" else cited_as(ids, format=format, origin=origin)
    streamed = StreamingHttpResponse(text, content_type=f"{FORMATS[format]}; charset=utf-8")
    streamed["Content-Disposition"] = f'attachment; filename="search.{format}"'
    return streamed


def _query_of(request: HttpRequest) -> Query:
    asked = request.GET
    return read_query(asked.get("q", ""), asked.get("type", ""), asked.get("sort", ""))


def _found(query: Query, after: Cursor | None) -> ResultPage:
    today = timezone.localdate()
    if query.lists_one_kind:
        return section_page(query, after=after, today=today)
    return overview(query, today=today, milliseconds=READ_MILLISECONDS)


def _page(
    request: HttpRequest, query: Query, context: dict[str, object], *, status: int = HTTPStatus.OK
) -> HttpResponse:
    page = context.get("page")
    links = Links(query)
    return render(
        request,
        "search/results.html",
        context | results_context(query, links, page if isinstance(page, ResultPage) else None),
        status=status,
    )


def _cursor_of(request: HttpRequest, query: Query) -> Cursor | None:
    text = request.GET.get("after", "")
    if not text:
        return None
    if not query.lists_one_kind:
        raise InvalidCursor
    found_by, *key = unsign_cursor(text, of=query.signed)
    return Cursor(found_by, tuple(key))
