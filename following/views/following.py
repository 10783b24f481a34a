"""Following: the button's form, and the list of what one follows."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.web import current_user
from common import clock
from common.rate_limits import rate_limited
from following.selectors.follows import FollowState, follows_of, read_target
from following.selectors.names import Target, target_of, targets_named
from following.services import follows
from following.targets import BY_NAME, FOLLOWABLE
from following.views.limits import following_limit


@login_required
@never_cache
@rate_limited(following_limit("follow", "40/minute"))
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Follow one thing or no more; read, it asks whether to, for whoever comes from logging in."""
    user = current_user(request)
    given = request.POST if request.method == "POST" else request.GET
    words, code = given.get("words", ""), given.get("target", "")
    if request.method != "POST":
        target = target_of("search", 0, words[: follows.LONGEST_SEARCH]) if words.strip() else _target(code)
        heard_of = BY_NAME[target.kind].heard_of
        return render(request, "following/follow.html", {"target": target, "words": words, "heard_of": heard_of})
    target = _searched(words) if words else _target(code)
    follows_now = given.get("wants") != "unfollow"
    try:
        count = _toggle(user, target, follows_now=follows_now)
    except follows.TooManyFollows:
        messages.error(
            request, _("You have reached the limit of what one person can follow. Unfollow something first.")
        )
        return _back(request, target)
    if request.headers.get("HX-Request") == "true":
        context = {
            "target_code": code,
            "words": words,
            "state": FollowState(count, follows_now),
            "next": _next(request),
        }
        return render(request, "following/_follow_button.html", context)
    told = _("You follow %(name)s.") if follows_now else _("You no longer follow %(name)s.")
    messages.success(request, told % {"name": target.name})
    return _back(request, target)


@login_required
@never_cache
@rate_limited(following_limit("following", "60/minute"))
@require_http_methods(["GET", "HEAD", "POST"])
def following(request: HttpRequest) -> HttpResponse:
    """What one follows; each can be given up, or shown to its owner, here."""
    user = current_user(request)
    if request.method == "POST":
        number = request.POST.get("follow", "")
        shows = request.POST.get("shows") == "1"
        is_number = number.isascii() and number.isdigit() and len(number) < 19
        if not is_number or not follows.show_follow(user=user, follow_id=int(number), shows=shows):
            raise Http404(number)
        return redirect(_next(request) or "following:following")
    kind = request.GET.get("kind", "")
    page = follows_of(user, after=request.GET.get("after", ""), kind=kind if kind in FOLLOWABLE else "")
    context = {"page": page, "kind": kind if kind in FOLLOWABLE else "", "kinds": ("", *FOLLOWABLE)}
    return render(request, "following/following.html", context)


def _toggle(user: User, target: Target, *, follows_now: bool) -> int:
    if follows_now:
        return follows.follow(user=user, kind=target.kind, target_id=target.id, now=clock.now())
    return follows.unfollow(user=user, kind=target.kind, target_id=target.id)


def _searched(query: str) -> Target:
    try:
        search = follows.saved_search(query=query, now=clock.now())
    except follows.EmptySearch:
        raise Http404 from None
    return target_of("search", search.pk, search.query)


def _target(code: str) -> Target:
    """What a code names, if it is there. Raises Http404."""
    pair = read_target(code)
    found = targets_named([pair]).get(pair) if pair else None
    if found is None:
        raise Http404(code[:24])
    return found


def _next(request: HttpRequest) -> str:
    """Where the reader came from, if that is a page of ours."""
    url = request.POST.get("next", "")
    return url if url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None) else ""


def _back(request: HttpRequest, target: Target) -> HttpResponse:
    return HttpResponseRedirect(_next(request) or target.url or reverse("following:following"))
