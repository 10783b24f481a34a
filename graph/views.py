"""The research graph: the slice that pages load after themselves, the explorer, and its files."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.db.timeouts import ReadUnavailable, read_timeout
from common.rate_limits import EXPORTS, PICTURES, rate_limited
from graph.domain.files import Damaged
from graph.domain.state import InvalidState, State, read_node
from graph.presenters.drawing import NARROW, WIDE, drawn
from graph.presenters.explorer import explorer_page, found_for, read_request
from graph.presenters.files import FORMATS, file_of
from graph.presenters.lists import grouped
from graph.presenters.wording import kind_counts
from graph.selectors.network import present_network
from graph.selectors.pictures import Composed, composed
from graph.selectors.records import canonical_nodes

READ_MILLISECONDS = 5_000
RETRY_SECONDS = 20
KEPT_SECONDS = 300


@require_safe
@rate_limited(PICTURES)
def around(request: HttpRequest, public_id: str) -> HttpResponse:
    """The part of a record's page that shows it in context: a picture, a sentence, and a list."""
    try:
        focus = canonical_nodes([read_node(public_id)])
    except InvalidState:
        raise Http404(public_id) from None
    if not focus:
        raise Http404(public_id)
    try:
        picture = _composed(State(focus=focus))
    except (ReadUnavailable, Damaged):
        return _unavailable(request, "graph/_around_unavailable.html")
    context = {
        "picture": picture,
        "subject": picture.records[focus[0]],
        "counts": kind_counts(picture),
        "drawings": [drawn(picture, WIDE), drawn(picture, NARROW)],
        "groups": list(grouped(picture)),
    }
    response = render(request, "graph/_around.html", context)
    response["Cache-Control"] = "private, no-cache"
    return response


@require_safe
@rate_limited(PICTURES)
def explore(request: HttpRequest) -> HttpResponse:
    """The explorer: what the address names, as a list and a picture."""
    try:
        state, gone = read_request(request.GET)
    except InvalidState as error:
        raise Http404(str(error)) from None
    query = request.GET.get("q", "").strip()[:200]
    try:
        with read_timeout(milliseconds=READ_MILLISECONDS):
            found = found_for(query, state, today=timezone.localdate()) if query else None
            picture = composed(present_network(), state) if state.focus else None
            page = explorer_page(state, picture, query=query, found=found, gone=gone)
    except (ReadUnavailable, Damaged):
        return _unavailable(request, "graph/unavailable.html")
    status = HTTPStatus.NOT_FOUND if gone and not state.focus and not query else HTTPStatus.OK
    return render(request, "graph/explore.html", {"page": page}, status=status)


@require_safe
@rate_limited(EXPORTS)
def export(request: HttpRequest, format: str) -> HttpResponse:
    """The picture of an address as a file."""
    if format not in FORMATS:
        raise Http404(format)
    try:
        state, _gone = read_request(request.GET)
    except InvalidState as error:
        raise Http404(str(error)) from None
    if not state.focus:
        raise Http404("nothing in focus")
    try:
        picture = _composed(state)
    except (ReadUnavailable, Damaged):
        return _unavailable(request, "graph/unavailable.html")
    kind, content = file_of(picture, format, origin=request.build_absolute_uri("/").rstrip("/"))
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="colophon-graph.{format}"'
    return response


def _composed(state: State) -> Composed:
    with read_timeout(milliseconds=READ_MILLISECONDS):
        return composed(present_network(), state)


def _unavailable(request: HttpRequest, template: str) -> HttpResponse:
    response = render(request, template, {}, status=HTTPStatus.SERVICE_UNAVAILABLE)
    response["Retry-After"] = str(RETRY_SECONDS)
    return response
