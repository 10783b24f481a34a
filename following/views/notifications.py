"""What one is told: in the page, by mail, and how that is stopped."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.selectors.returned import stopped_mail
from accounts.services.notices import mark_seen
from accounts.web import current_user
from common import clock
from common.rate_limits import rate_limited
from following.domain.kinds import CADENCES
from following.forms import CADENCE_NAMES, SettingsForm, time_zones
from following.selectors.notices import notices_page
from following.services import digests
from following.services import settings as services
from following.views.limits import following_limit


@login_required
@never_cache
@rate_limited(following_limit("notifications", "60/minute"))
@require_http_methods(["GET", "HEAD", "POST"])
def notifications(request: HttpRequest) -> HttpResponse:
    """What one was told in the page, by day. Sent, all of it is seen."""
    user = current_user(request)
    if request.method == "POST":
        mark_seen(user=user, notice_ids=None, now=clock.now())
        return redirect("following:notifications")
    page = notices_page(user, after=request.GET.get("after", ""))
    return render(request, "following/notifications.html", {"page": page})


@login_required
@never_cache
@rate_limited(following_limit("settings", "30/minute"))
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """How often each kind of event is mailed, and by which clock."""
    user = current_user(request)
    reader = services.reader_of(user) if request.method == "POST" else services.settings_of(user)
    initial = {
        "time_zone": reader.time_zone,
        "digest_hour": reader.digest_hour,
        "digest_weekday": reader.digest_weekday,
        "shows_follows": reader.shows_follows,
        **services.cadences_of(user),
    }
    form = SettingsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.choose_times(
            user=user,
            time_zone=form.cleaned_data["time_zone"],
            hour=form.cleaned_data["digest_hour"],
            weekday=form.cleaned_data["digest_weekday"],
            shows_follows=form.cleaned_data["shows_follows"],
        )
        services.choose_cadences(user=user, cadences=form.cadences, now=clock.now())
        messages.success(request, _("Your choices are saved."))
        return redirect("following:settings")
    context = {"form": form, "reader": reader, "time_zones": time_zones(), "stopped": stopped_mail(user)}
    return render(request, "following/settings.html", context)


@login_required
@never_cache
@rate_limited(following_limit("preview", "30/minute", counts_reading=True))
@require_safe
def preview(request: HttpRequest) -> HttpResponse:
    """The next mail of a cadence, as it would be if it came now."""
    cadence = request.GET.get("cadence", "weekly")
    if cadence not in CADENCES or cadence == "never":
        raise Http404(cadence)
    contents = digests.preview(user=current_user(request), cadence=cadence, now=clock.now())
    choices = [(name, CADENCE_NAMES[name], name == cadence) for name in CADENCES if name != "never"]
    return render(request, "following/preview.html", {"contents": contents, "cadence": cadence, "choices": choices})


# No session and no token of ours goes with a mail reader's one click (RFC 8058): the address itself is the secret,
# and all that it can do is stop mail.
@csrf_exempt
@never_cache
@rate_limited(following_limit("unsubscribe", "60/minute"))
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the mail that a link came with: a reader's program does so at once, a person is asked first."""
    try:
        asked = services.read_token(token)
        if request.method == "POST":
            services.unsubscribe(token=token, now=clock.now())
    except services.UnknownToken:
        raise Http404 from None
    context = {"cadence": CADENCE_NAMES[asked.cadence], "is_done": request.method == "POST"}
    return render(request, "following/unsubscribe.html", context)
