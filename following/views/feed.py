"""The feed, and its secret address for programs."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.web import current_user
from common import clock
from common.rate_limits import rate_limited
from following.selectors.feed_page import feed_page, read_feed_query
from following.services import settings as services
from following.services.windows import window_of
from following.views.limits import following_limit


@login_required
@never_cache
@rate_limited(following_limit("feed", "60/minute"))
@require_http_methods(["GET", "HEAD", "POST"])
def feed(request: HttpRequest) -> HttpResponse:
    """What happened to what one follows. Sent, everything up to an event is seen."""
    user = current_user(request)
    if request.method == "POST":
        number = request.POST.get("seen", "")
        if not (number.isascii() and number.isdigit() and len(number) < 19):
            raise BadRequest("seen")
        services.mark_feed_seen(user=user, event_id=int(number))
        return redirect("following:feed")
    asked, now = read_feed_query(request.GET), clock.now()
    page = feed_page(user, asked, window_of(user.pk, asked, now=now), today=now.date())
    return render(request, "following/feed.html", {"page": page})


@login_required
@never_cache
@rate_limited(following_limit("feed-key", "10/hour"))
@require_POST
def feed_key(request: HttpRequest) -> HttpResponse:
    """Make a secret address, shown this once, or kill the one there is."""
    user = current_user(request)
    if request.POST.get("does") == "revoke":
        services.revoke_feed_key(user=user)
        messages.success(request, _("The address no longer works. Nobody can read your feed with it."))
        return redirect("following:settings")
    token = services.make_feed_key(user=user, now=clock.now())
    url = settings.BASE_URL + reverse("following:private_atom", args=[token])
    return render(request, "following/feed_key.html", {"url": url})
