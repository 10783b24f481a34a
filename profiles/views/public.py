"""The researcher's page and its exports, open to everybody."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from claims.selectors.author_claims import claim_on_page
from common import clock
from common.rate_limits import EXPLANATIONS, EXPORTS, rate_limited
from common.redirects import moved_to
from identity.selectors.why import doubt_of
from papers.domain import public_ids
from papers.models import Author, Paper
from papers.selectors.addresses import address
from papers.selectors.citable import MEDIA_TYPES, cited_as
from papers.selectors.records import Unlisted, record_at
from profiles.presenters.author_page import present_author
from profiles.presenters.numbers.explained import NUMBERS, explained_number
from profiles.selectors.author_page import author_page
from profiles.selectors.owner_text import owner_text
from profiles.selectors.works import work_ids_of, works_page, works_query


def gone_when_unlisted[**P](
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Answer 410 where a person asked for no page: it is gone for good reasons, and says nothing of them."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Unlisted as unlisted:
            back = reverse("profiles:listing_ask", args=[str(unlisted)])
            urls = {"back_url": back, "claim_url": reverse("claims:start", args=[str(unlisted)])}
            return render(request, "profiles/unlisted.html", urls, status=HTTPStatus.GONE)

    return guarded


@require_safe
@gone_when_unlisted
def author_detail(request: HttpRequest, public_id: str, slug: str = "") -> HttpResponse:
    """The page of an author record."""
    author = author_at(public_id)
    url = address("A", author.pk, author.name)
    if request.path != url:
        return moved_to(request, url)
    query = works_query(request.GET)
    today = clock.today()
    if request.headers.get("HX-Request") == "true" and "after" in request.GET:
        owner = owner_text(author.pk)
        pinned = owner.pinned if owner else ()
        works = works_page(author.pk, query, today=today, pinned=pinned)
        response = render(request, "profiles/_works.html", {"works": works, "author_url": url})
    else:
        claim = claim_on_page(author.pk, public_id, request.user)
        facts = author_page(author, query, is_claimed=claim.is_claimed, today=today)
        page = present_author(facts, claim=claim, today=today)
        told = {"page": page, "works": page.works, "claim": claim, "author_url": url}
        told["doubt"] = doubt_of(author_id=author.pk)
        response = render(request, "profiles/author_detail.html", told)
    patch_vary_headers(response, ["HX-Request", "Cookie"])
    return response


@require_safe
@rate_limited(EXPORTS)
@gone_when_unlisted
def author_export(request: HttpRequest, public_id: str, slug: str, format: str) -> HttpResponseBase:
    """All works of an author, streamed, for reference managers."""
    if format not in MEDIA_TYPES:
        raise Http404(format)
    author = author_at(public_id)
    url = f"{address('A', author.pk, author.name)}works.{format}"
    if request.path != url:
        return moved_to(request, url)
    origin = request.build_absolute_uri("/").rstrip("/")
    text = cited_as(work_ids_of(author.pk), format=format, origin=origin)
    response = StreamingHttpResponse(text, content_type=f"{MEDIA_TYPES[format]}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{public_id}.{format}"'
    return response


@require_safe
@rate_limited(EXPLANATIONS)
@gone_when_unlisted
def author_number(request: HttpRequest, public_id: str, slug: str, name: str) -> HttpResponse:
    """What one of the author's numbers is made of: a page of its own, or the part of it that a panel shows."""
    if name not in NUMBERS:
        raise Http404(name)
    author = author_at(public_id)
    url = f"{address('A', author.pk, author.name)}numbers/{name}/"
    if request.path != url:
        return moved_to(request, url)
    explained = explained_number(author, name, today=clock.today())
    context = {
        "explained": explained,
        "subject": author.name,
        "subject_url": address("A", author.pk, author.name),
    }
    is_panel = request.headers.get("HX-Request") == "true"
    template = "metrics/_explanation.html" if is_panel else "metrics/explanation.html"
    response = render(request, template, {**context, "url": url, "others": NUMBERS, "is_panel": is_panel})
    patch_vary_headers(response, ["HX-Request"])
    return response


def author_at(public_id: str) -> Author:
    """The author of an address; raises Http404, Unlisted."""
    try:
        return record_at(Author, public_id)
    except Unlisted:
        raise
    except Author.DoesNotExist:
        raise Http404(public_id) from None


def paper_id_at(public_id: str) -> int:
    """The row id of a work's public id; raises Http404."""
    known = public_ids.decode(public_id)
    if known is None or known[0] != "W" or not Paper.objects.filter(pk=known[1]).exists():
        raise Http404(public_id)
    return known[1]
