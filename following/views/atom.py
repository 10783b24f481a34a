"""Feeds for programs: of records and searches for everybody, of a reader for whoever has the secret address."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe

from common import clock
from common.rate_limits import rate_limited
from common.redirects import moved_to
from common.richtext.text import clean_line
from following.domain.atom import MEDIA_TYPE, AtomFeed, write_atom
from following.selectors import atom as selectors
from following.selectors.follows import read_target
from following.selectors.names import target_of
from following.selectors.windows import Asked
from following.services.follows import LONGEST_SEARCH
from following.services.settings import hash_of
from following.services.windows import window_of
from following.targets import BY_NAME
from following.views.limits import following_limit
from papers.selectors.records import record_at

PUBLIC = "public, max-age=900"
PRIVATE = "private, max-age=300"


@rate_limited(following_limit("atom", "120/minute", counts_reading=True))
@require_safe
def atom(request: HttpRequest, code: str) -> HttpResponse:
    """The latest works of a record; of a paper, the latest that cite it."""
    pair = read_target(code)
    model = BY_NAME[pair[0]].model if pair else None
    if pair is None or model is None:
        raise Http404(code[:24])
    try:
        record = record_at(model, code)
    except model.DoesNotExist:
        raise Http404(code[:24]) from None
    if record.pk != pair[1]:
        return moved_to(request, reverse("following:atom", args=[record.public_id]))
    target = target_of(pair[0], record.pk, record.label)
    latest = selectors.latest_of(target.kind, target.id, today=clock.today())
    return _answer(request, latest, lambda: selectors.feed_of(target, latest), PUBLIC)


@rate_limited(following_limit("atom", "120/minute", counts_reading=True))
@require_safe
def search_atom(request: HttpRequest) -> HttpResponse:
    """The latest works that a search finds."""
    words = clean_line(request.GET.get("q", "").replace("\0", ""))[:LONGEST_SEARCH].strip()
    if not words:
        raise Http404
    target = selectors.search_target(words)
    latest = selectors.latest_of("search", 0, query=words, today=clock.today())
    return _answer(request, latest, lambda: selectors.feed_of(target, latest), PUBLIC)


@rate_limited(following_limit("private-atom", "60/minute", counts_reading=True))
@require_safe
def private_atom(request: HttpRequest, token: str) -> HttpResponse:
    """A reader's own feed, for whoever knows its address."""
    user = selectors.user_of_key(hash_of(token))
    if user is None:
        raise Http404
    found = window_of(user.pk, Asked(), now=clock.now(), size=selectors.MOST_ENTRIES).found
    latest = selectors.private_latest(user, found)
    own_url = settings.BASE_URL + request.path
    response = _answer(request, latest, lambda: selectors.private_feed(latest, found, own_url=own_url), PRIVATE)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _answer(request: HttpRequest, latest: selectors.Latest, make: Callable[[], AtomFeed], caching: str) -> HttpResponse:
    """The feed, or only that it is unchanged."""
    etag, moment = quote_etag(latest.etag), int(latest.updated.timestamp())
    response = get_conditional_response(request, etag=etag, last_modified=moment)
    if not isinstance(response, HttpResponseNotModified):
        response = HttpResponse(write_atom(make()), content_type=f"{MEDIA_TYPE}; charset=utf-8")
    response["ETag"] = etag
    response["Last-Modified"] = http_date(moment)
    response["Cache-Control"] = caching
    return response
