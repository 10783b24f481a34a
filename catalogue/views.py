"""Pages of works, topics, institutions and venues, open to everybody."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from catalogue.domain.link_headers import link_header
from catalogue.presenters.headline import entity_tiles, paper_tiles
from catalogue.presenters.numbers.explained import NUMBERS, explained_number
from catalogue.selectors.entity_pages import EntityPage, institution_page, topic_page, venue_page
from catalogue.selectors.landing import landing_facts
from catalogue.selectors.paper_page import paper_page
from catalogue.selectors.similar import SORTS, similar_cards
from catalogue.selectors.sources import sources_page
from common import clock
from common.rate_limits import EXPLANATIONS, EXPORTS, rate_limited
from common.redirects import moved_to
from papers.models import Institution, Paper, Topic, Venue
from papers.models.identity import PublicRecord
from papers.selectors.addresses import address
from papers.selectors.citable import MEDIA_TYPES, cited_as
from papers.selectors.records import record_at


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """What was imported, and whose citations are counted."""
    return render(request, "catalogue/sources.html", {"page": sources_page()})


@require_safe
def paper_detail(request: HttpRequest, public_id: str, slug: str = "") -> HttpResponse:
    """The full record of a work."""
    paper = _record_at(Paper, public_id, "venue", "primary_category")
    url = address("W", paper.pk, paper.label)
    if request.path != url:
        return moved_to(request, url)
    page = paper_page(paper, request.GET.dict(), today=clock.today())
    landing = landing_facts(page, origin=_origin(request))
    response = render(
        request, "catalogue/paper_detail.html", {"page": page, "landing": landing, "tiles": paper_tiles(page)}
    )
    response["Link"] = link_header(landing.links)
    return response


@require_safe
@rate_limited(EXPORTS)
def paper_citation(request: HttpRequest, public_id: str, slug: str, format: str) -> HttpResponseBase:
    """One work for a reference manager."""
    if format not in MEDIA_TYPES:
        raise Http404(format)
    paper = _record_at(Paper, public_id)
    url = f"{address('W', paper.pk, paper.label)}cite.{format}"
    if request.path != url:
        return moved_to(request, url)
    text = "".join(cited_as([paper.pk], format=format, origin=_origin(request)))
    response = HttpResponse(text, content_type=f"{MEDIA_TYPES[format]}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{paper.public_id}.{format}"'
    return response


@require_safe
@rate_limited(EXPLANATIONS)
def paper_number(request: HttpRequest, public_id: str, slug: str, name: str) -> HttpResponse:
    """What one of the paper's numbers is made of: a page of its own, or the part of it that a panel shows."""
    if name not in NUMBERS:
        raise Http404(name)
    paper = _record_at(Paper, public_id, "primary_category")
    subject_url = address("W", paper.pk, paper.label)
    url = f"{subject_url}numbers/{name}/"
    if request.path != url:
        return moved_to(request, url)
    explained = explained_number(paper, name)
    is_panel = request.headers.get("HX-Request") == "true"
    template = "metrics/_explanation.html" if is_panel else "metrics/explanation.html"
    context = {"explained": explained, "subject": paper.title, "subject_html": paper.title_html, "url": url}
    context |= {"subject_url": subject_url, "others": NUMBERS, "is_panel": is_panel}
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@dataclass(frozen=True, slots=True)
class _Entity[Record: (Topic, Institution, Venue)]:
    """What differs between the pages of topics, institutions and venues."""

    model: type[Record]
    page: Callable[..., EntityPage[Record]]
    template: str
    with_related: tuple[str, ...] = ()


SUBJECTS: dict[str, _Entity[Any]] = {
    "topic": _Entity(Topic, topic_page, "catalogue/topic_detail.html", ("category",)),
    "institution": _Entity(Institution, institution_page, "catalogue/institution_detail.html"),
    "venue": _Entity(Venue, venue_page, "catalogue/venue_detail.html"),
}


@require_safe
@rate_limited(EXPLANATIONS)
def similar_works(request: HttpRequest, public_id: str, slug: str) -> HttpResponse:
    """The works that are about the same, the most similar or the newest first."""
    paper = _record_at(Paper, public_id)
    url = f"{address('W', paper.pk, paper.label)}similar/"
    if request.path != url:
        return moved_to(request, url)
    asked = request.GET.get("sort", "")
    sort = asked if asked in SORTS else SORTS[0]
    cards = similar_cards(paper.pk, sort=sort, today=clock.today())
    return render(request, "catalogue/similar_works.html", {"paper": paper, "cards": cards, "sort": sort})


@require_safe
def entity_detail(request: HttpRequest, public_id: str, slug: str = "", *, kind: str) -> HttpResponse:
    """A topic, an institution or a venue: what appeared there, by whom, over time."""
    subject = SUBJECTS[kind]
    record = _record_at(subject.model, public_id, *subject.with_related)
    url = address(record.public_id_letter, record.pk, record.name)
    if request.path != url:
        return moved_to(request, url)
    page = subject.page(record, request.GET.dict(), today=clock.today())
    tiles = entity_tiles(page.works.numbers, with_citedness=page.with_citedness)
    return render(request, subject.template, {"page": page, "tiles": tiles})


def _record_at[Record: PublicRecord](model: type[Record], public_id: str, *with_related: str) -> Record:
    try:
        return record_at(model, public_id, *with_related)
    except model.DoesNotExist:
        raise Http404(public_id) from None


def _origin(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")
