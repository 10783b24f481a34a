"""Why a work stands on a page, and what may be the author's besides: open to everybody."""

from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from common import clock
from common.rate_limits import EXPLANATIONS, rate_limited
from common.redirects import moved_to
from identity import reason_text
from identity.reason_text import Reason, reasons_of
from identity.selectors.why import Why, possibly_theirs, why
from papers.models import Author
from papers.selectors.addresses import address
from papers.selectors.cards import PaperCard, paper_cards
from profiles.views.public import author_at, gone_when_unlisted, paper_id_at


class Other(NamedTuple):
    """Another author, with a link; `chance` in whole percent."""

    name: str
    url: str
    chance: int


class Possible(NamedTuple):
    """A work that may be theirs. `holder` is the record on which it stands now."""

    card: PaperCard
    printed_name: str
    chance: int
    reasons: list[Reason]
    holder: Other


@require_safe
@rate_limited(EXPLANATIONS)
@gone_when_unlisted
def author_why(request: HttpRequest, public_id: str, slug: str, work: str) -> HttpResponse:
    """Why one work stands on the page: a page of its own, or the part of it that a panel shows."""
    author = author_at(public_id)
    url = f"{address('A', author.pk, author.name)}why/{work}/"
    if request.path != url:
        return moved_to(request, url)
    paper_id = paper_id_at(work)
    found = why(author_id=author.pk, paper_id=paper_id)
    cards = paper_cards([paper_id], today=clock.today(), page_author_id=author.pk)
    if found is None or not cards:
        raise Http404(work)
    is_panel = request.headers.get("HX-Request") == "true"
    context = {**explain(found), "card": cards[0], "author": author, "author_url": url.removesuffix(f"why/{work}/")}
    template = "profiles/_why.html" if is_panel else "profiles/why.html"
    response = render(request, template, {**context, "url": url, "is_panel": is_panel})
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
@rate_limited(EXPLANATIONS)
@gone_when_unlisted
def author_possible(request: HttpRequest, public_id: str, slug: str) -> HttpResponse:
    """Works that may be theirs and count in no number."""
    author = author_at(public_id)
    url = f"{address('A', author.pk, author.name)}possibly/"
    if request.path != url:
        return moved_to(request, url)
    context = {"author": author, "author_url": url.removesuffix("possibly/"), "possible": _possible(author), "url": url}
    return render(request, "profiles/possible.html", context)


def explain(found: Why) -> dict[str, object]:
    """A reason as templates and the API say it."""
    return {
        "why": found,
        "headline": reason_text.headline(found),
        "confidence": reason_text.confidence(found),
        "is_apart": reason_text.is_apart(found),
        "reasons": reasons_of(found.facts),
        "others": _others(found.others),
    }


def _others(others: tuple[tuple[int, float], ...]) -> list[Other]:
    names = dict(Author.objects.listed().filter(pk__in=[pk for pk, _ in others]).values_list("pk", "name"))
    return [Other(names[pk], address("A", pk, names[pk]), round(100 * chance)) for pk, chance in others if pk in names]


def _possible(author: Author) -> list[Possible]:
    asked = possibly_theirs(author_id=author.pk)
    cards = {card.id: card for card in paper_cards([one.paper_id for one in asked], today=clock.today())}
    listed = Author.objects.listed().filter(pk__in=[one.holder_id for one in asked])
    holders = {pk: Other(name, address("A", pk, name), 0) for pk, name in listed.values_list("pk", "name")}
    nobody = Other("", "", 0)
    return [
        Possible(
            cards[one.paper_id],
            one.printed_name,
            round(100 * one.probability),
            reasons_of(one.facts),
            holders.get(one.holder_id, nobody),
        )
        for one in asked
        if one.paper_id in cards
    ]
