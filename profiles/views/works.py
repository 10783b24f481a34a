"""An owner's works: which come first, which are not theirs, which are theirs too."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.web import current_user
from claims.selectors.ownership import owning_claims
from common import clock
from common.rate_limits import RateLimit
from papers.domain import public_ids
from papers.domain.identifiers import InvalidIdentifier
from papers.models import Author, BylineDecision
from papers.selectors.cards import paper_cards
from papers.selectors.identified import read_reference, rows_referred_to
from papers.services.bylines import BylineRefused
from profiles.domain.limits import MOST_PINS
from profiles.forms import MineForm, PinForm, WorkForm
from profiles.models import AttributionRequest
from profiles.selectors.attribution import requests_of
from profiles.selectors.bylines import byline_of
from profiles.selectors.decisions import decisions_of, lost_works, name_correction
from profiles.selectors.own_works import own_works
from profiles.selectors.suggestions import suggested_works
from profiles.services.attribution import TooManyWaiting, attribute_work, refuse_work, withdraw_request
from profiles.services.decisions import disown_work, take_work_back, undo_decision
from profiles.services.owned import Disputed
from profiles.services.pins import NotTheirWork, TooManyPins, Way, move_pin, pin_work, unpin_work
from profiles.views.owned import edit_url, owner_page, section
from profiles.views.public import paper_id_at

MOVING = RateLimit(
    "owner-works",
    per_account="60/10 minutes",
    per_address="120/10 minutes",
    overall="600/minute",
    when_away="20/minute",
)


@owner_page("GET", "HEAD")
def edit_works(request: HttpRequest, author: Author) -> HttpResponse:
    """The pinned works in order, then all by date or by words of their titles."""
    return section(request, author, "edit_works", _works(request, author))


def _works(request: HttpRequest, author: Author) -> dict[str, object]:
    works = own_works(user=current_user(request), author=author, asked=request.GET, today=clock.today())
    return {"works": works, "most_pins": MOST_PINS}


@owner_page("POST")
def pin(request: HttpRequest, author: Author) -> HttpResponse:
    """Pin, unpin or move one work; with htmx the list comes back in place."""
    form = PinForm(request.POST)
    if not form.is_valid():
        raise BadRequest("action")
    paper_id = paper_id_at(form.cleaned_data["work"])
    try:
        _move(request, author, form.cleaned_data["action"], paper_id)
    except TooManyPins:
        messages.error(request, _("At most %(most)d works can be pinned.") % {"most": MOST_PINS})
    except NotTheirWork:
        raise Http404(form.cleaned_data["work"]) from None
    if request.headers.get("HX-Request") == "true":
        return render(request, "profiles/edit/_works.html", {"author": author, **_works(request, author)})
    asked = request.META.get("QUERY_STRING", "")
    return redirect(edit_url(author, "edit_works") + (f"?{asked}" if asked else ""))


def _move(request: HttpRequest, author: Author, action: str, paper_id: int) -> None:
    now = clock.now()
    ways: dict[str, Way] = {"up": "up", "down": "down", "first": "first", "last": "last"}
    if action == "pin":
        pin_work(user=current_user(request), author_id=author.pk, paper_id=paper_id, now=now)
    elif action == "unpin":
        unpin_work(user=current_user(request), author_id=author.pk, paper_id=paper_id, now=now)
    else:
        move_pin(user=current_user(request), author_id=author.pk, paper_id=paper_id, way=ways[action], now=now)


@owner_page("POST", limit=MOVING)
def disown(request: HttpRequest, author: Author) -> HttpResponse:
    """Not mine: the work goes at once, and the word can be taken back."""
    form = WorkForm(request.POST)
    if not form.is_valid():
        raise BadRequest("work")
    try:
        disown_work(
            user=current_user(request),
            author_id=author.pk,
            paper_id=paper_id_at(form.cleaned_data["work"]),
            now=clock.now(),
        )
        messages.success(request, _("The work is no longer yours. You can take this back here."))
    except (BylineRefused, Disputed) as refusal:
        messages.error(request, _refusal(refusal))
    return redirect(edit_url(author, "edit_corrections"))


@owner_page(limit=MOVING)
def edit_mine(request: HttpRequest, author: Author) -> HttpResponse:
    """Works that are theirs too: by identifier, or from what may be theirs."""
    form = MineForm(request.POST if "identifier" in request.POST else None)
    if form.is_bound and form.is_valid():
        paper_id = _named_paper(form)
        if paper_id is not None:
            query = f"?work={public_ids.encode('W', paper_id)}"
            return redirect(edit_url(author, "edit_mine") + query)
    chosen = _chosen(request, author)
    suggestions = () if chosen else suggested_works(user=current_user(request), author=author, today=clock.today())
    return section(request, author, "edit_mine", {"form": form, "chosen": chosen, "suggestions": suggestions})


def _named_paper(form: MineForm) -> int | None:
    try:
        found = rows_referred_to("W", [read_reference("W", form.cleaned_data["identifier"])])
    except InvalidIdentifier:
        form.add_error("identifier", _("This is no DOI, arXiv id or address of a work."))
        return None
    if not found:
        form.add_error("identifier", _("No work here has it. It may be imported later."))
        return None
    return found[0]


def _chosen(request: HttpRequest, author: Author) -> dict[str, object] | None:
    """The work that was named, with the names on its byline to choose from."""
    if "work" not in request.GET:
        return None
    paper_id = paper_id_at(request.GET["work"])
    cards = paper_cards([paper_id], today=clock.today())
    if not cards:
        raise Http404(request.GET["work"])
    names = byline_of(user=current_user(request), author_id=author.pk, paper_id=paper_id)
    return {"card": cards[0], "work": request.GET["work"], "names": names}


@owner_page("POST", limit=MOVING)
def attribute(request: HttpRequest, author: Author) -> HttpResponse:
    """This is me: one name on one byline."""
    form = WorkForm(request.POST)
    position = request.POST.get("position", "")
    if not form.is_valid() or not (position.isascii() and position.isdigit() and len(position) < 7):
        raise BadRequest("position")
    paper_id = paper_id_at(form.cleaned_data["work"])
    try:
        done = attribute_work(
            user=current_user(request), author_id=author.pk, paper_id=paper_id, position=int(position), now=clock.now()
        )
        if isinstance(done, AttributionRequest):
            messages.success(
                request, _("A curator compares the two records. The work is on your page once they agree.")
            )
        else:
            messages.success(request, _("The work is on your page. You can take this back here."))
    except (BylineRefused, Disputed, TooManyWaiting) as refusal:
        messages.error(request, _refusal(refusal))
    return redirect(edit_url(author, "edit_corrections"))


@owner_page("POST", limit=MOVING)
def refuse(request: HttpRequest, author: Author) -> HttpResponse:
    """Not mine, of a work that was suggested: it is never suggested again."""
    form = WorkForm(request.POST)
    if not form.is_valid():
        raise BadRequest("work")
    paper_id = paper_id_at(form.cleaned_data["work"])
    try:
        refuse_work(user=current_user(request), author_id=author.pk, paper_id=paper_id, now=clock.now())
        messages.success(request, _("You are not asked about this work again."))
    except BylineRefused as refusal:
        messages.error(request, _refusal(refusal))
    return redirect(edit_url(author, "edit_mine"))


def _refusal(refusal: Exception) -> str:
    if isinstance(refusal, Disputed):
        return _("You cannot move works while a dispute on this page is open.")
    if isinstance(refusal, TooManyWaiting):
        return _("You have %(most)s requests with our curators. Wait for their answers first.") % {"most": refusal}
    return str(refusal)


@owner_page("GET", "HEAD")
def edit_corrections(request: HttpRequest, author: Author) -> HttpResponse:
    claim = owning_claims([author.pk]).filter(user=current_user(request)).first()
    found = {
        "requests": requests_of(user=current_user(request), author_id=author.pk),
        "lost": lost_works(author_id=author.pk, before=claim.approved_at if claim else None),
        "decisions": decisions_of(user=current_user(request), author_id=author.pk),
        "name": name_correction(user=current_user(request), author_id=author.pk),
    }
    return section(request, author, "edit_corrections", found)


@owner_page("POST", limit=MOVING)
def undo(request: HttpRequest, author: Author, decision_id: int) -> HttpResponse:
    try:
        undo_decision(user=current_user(request), author_id=author.pk, decision_id=decision_id, now=clock.now())
        messages.success(request, _("Taken back."))
    except BylineDecision.DoesNotExist:
        raise Http404(str(decision_id)) from None
    except (BylineRefused, Disputed) as refusal:
        messages.error(request, _refusal(refusal))
    return redirect(reverse("profiles:edit_corrections", args=[author.public_id]))


@owner_page("POST", limit=MOVING)
def withdraw(request: HttpRequest, author: Author, request_id: int) -> HttpResponse:
    """No longer ask a curator for a work."""
    try:
        withdraw_request(user=current_user(request), author_id=author.pk, request_id=request_id, now=clock.now())
    except AttributionRequest.DoesNotExist:
        raise Http404(str(request_id)) from None
    messages.success(request, _("Your request is withdrawn."))
    return redirect(edit_url(author, "edit_corrections"))


@owner_page("POST", limit=MOVING)
def take_back(request: HttpRequest, author: Author, decision_id: int) -> HttpResponse:
    """A work that had left the record before it was this owner's comes back."""
    try:
        take_work_back(user=current_user(request), author_id=author.pk, decision_id=decision_id, now=clock.now())
        messages.success(request, _("The work is back on your page."))
    except BylineDecision.DoesNotExist:
        raise Http404(str(decision_id)) from None
    except (BylineRefused, Disputed) as refusal:
        messages.error(request, _refusal(refusal))
    return redirect(edit_url(author, "edit_corrections"))
