"""What an owner says about themselves: words, picture, names, and whether they want to be asked; and who follows them."""

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.web import current_user
from claims.selectors.ownership import owning_claims
from claims.services.confirm_profile import confirm_profile
from collaborations.selectors.preferences import preference_of
from collaborations.services.preferences import set_preference
from common import clock
from common.rate_limits import RateLimit
from common.richtext.user_text import typed_html
from following.selectors.follows import known_followers
from papers.models import Author
from papers.selectors.addresses import address
from profiles.domain.pictures import InvalidPicture
from profiles.forms import AboutForm, NamesForm, PhotoForm, PreferenceForm
from profiles.selectors.owner_text import links_of
from profiles.selectors.ownership import access_author, profile_of
from profiles.services.about import clean_bio, set_about
from profiles.services.names import ForeignName, set_names
from profiles.services.owned import Disputed
from profiles.services.page_updates import announce_preference, announce_texts
from profiles.services.photo import remove_photo, set_photo
from profiles.views.owned import edit_url, owner_page, section
from profiles.views.public import author_detail

UPLOADS = RateLimit(
    "owner-photo", per_account="20/hour", per_address="60/hour", overall="60/minute", when_away="20/minute"
)


@require_safe
def edit(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The area's door. Somebody may be called Edit: their page has this very address."""
    if request.user.is_authenticated:
        try:
            return redirect(edit_url(access_author(current_user(request), public_id)))
        except Author.DoesNotExist:
            pass
    response = author_detail(request, public_id, "edit")
    if response.status_code == 301:
        raise Http404(public_id)
    return response


@owner_page()
def edit_about(request: HttpRequest, author: Author) -> HttpResponse:
    """Bio, affiliation and links; shown below the form first if asked."""
    profile = profile_of(user=current_user(request), author_id=author.pk)
    known = {"bio": profile.bio, "affiliation": profile.affiliation} if profile else {}
    form = AboutForm(request.POST or None, initial=known, links=links_of(profile.links) if profile else ())
    shown = None
    if request.method == "POST" and form.is_valid():
        if "preview" in request.POST:
            shown = typed_html(clean_bio(form.cleaned_data["bio"]))
        else:
            values = {name: form.cleaned_data[name] for name in ("bio", "affiliation", "links")}
            set_about(user=current_user(request), author_id=author.pk, now=clock.now(), **values)
            announce_texts(author=author, now=clock.now())
            messages.success(request, _("Saved. Visitors see it now."))
            return redirect(edit_url(author))
    return section(request, author, "edit_about", {"form": form, "profile": profile, "shown": shown})


@owner_page("POST")
def confirm(request: HttpRequest, author: Author) -> HttpResponse:
    claim = owning_claims([author.pk]).filter(user=current_user(request)).first()
    if claim is not None:
        confirm_profile(claim_id=claim.pk, by=current_user(request), now=clock.now())
    messages.success(request, _("Thank you. The page says when you last looked at it."))
    return redirect(edit_url(author))


@owner_page(limit=UPLOADS)
def edit_photo(request: HttpRequest, author: Author) -> HttpResponse:
    form = PhotoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and "remove" in request.POST:
        remove_photo(user=current_user(request), author_id=author.pk, now=clock.now())
        messages.success(request, _("The picture is gone."))
        return redirect(edit_url(author, "edit_photo"))
    if request.method == "POST" and form.is_valid():
        try:
            set_photo(
                user=current_user(request), author_id=author.pk, content=form.cleaned_data["photo"], now=clock.now()
            )
            messages.success(request, _("Your picture is on the page."))
            return redirect(edit_url(author, "edit_photo"))
        except InvalidPicture as error:
            form.add_error("photo", _why_no_picture(str(error)))
    profile = profile_of(user=current_user(request), author_id=author.pk)
    return section(request, author, "edit_photo", {"form": form, "profile": profile})


def _why_no_picture(why: str) -> str:
    return {
        "bytes": _("The picture has more than 5 MB."),
        "pixels": _("The picture has more than 40 million pixels."),
        "small": _("The picture is smaller than 120 pixels."),
    }.get(why, _("This file is no JPEG, PNG or WebP picture, or it is damaged."))


@owner_page()
def edit_names(request: HttpRequest, author: Author) -> HttpResponse:
    profile = profile_of(user=current_user(request), author_id=author.pk)
    known = {
        "name": author.name,
        "names": "\n".join(profile.names) if profile else "",
        "is_private": author.has_private_names,
    }
    form = NamesForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            set_names(user=current_user(request), author_id=author.pk, now=clock.now(), **form.cleaned_data)
            messages.success(request, _("Saved. Lists and search update within a minute."))
            return redirect(edit_url(author, "edit_names"))
        except Disputed:
            form.add_error(None, _("You cannot change names while a dispute on this page is open."))
        except ForeignName:
            form.add_error(
                None,
                _("A name must share a word with one of the record's names. A curator can set others."),
            )
    printed = author.names.exclude(name=author.name).order_by("name", "pk").values_list("name", flat=True)[:50]
    return section(request, author, "edit_names", {"form": form, "printed": printed})


@owner_page()
def edit_preference(request: HttpRequest, author: Author) -> HttpResponse:
    known = preference_of(current_user(request))
    initial = {"is_open": known.is_open, "purposes": known.purposes, "note": known.note} if known else {}
    form = PreferenceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        set_preference(user=current_user(request), **form.cleaned_data)
        if form.cleaned_data["is_open"] and not (known and known.is_open):
            announce_preference(author=author, now=clock.now())
        messages.success(request, _("Saved. Visitors see it now."))
        return redirect(edit_url(author, "edit_preference"))
    return section(request, author, "edit_preference", {"form": form})


@owner_page("GET", "HEAD")
def edit_followers(request: HttpRequest, author: Author) -> HttpResponse:
    """How many, and the names of those who let themselves be seen."""
    return section(request, author, "edit_followers", {"known": known_followers(author.pk)})


@owner_page("GET", "HEAD")
def preview(request: HttpRequest, author: Author) -> HttpResponseBase:
    """The page as somebody sees it who is not logged in."""
    request.user = AnonymousUser()
    request.preview_of = edit_url(author)  # type: ignore[attr-defined]  # the page's template asks for it
    request.path = request.path_info = address("A", author.pk, author.name)
    response = author_detail(request, author.public_id, "")
    response["X-Robots-Tag"] = "noindex"
    return response
