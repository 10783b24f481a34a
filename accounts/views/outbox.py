"""Mail that never left, for whoever runs the portal on a machine of their own."""

from ipaddress import ip_address

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.mail import kept_mails

LOOPBACK_NAMES = {"localhost", "127.0.0.1", "[::1]"}


@require_safe
@never_cache
def outbox(request: HttpRequest) -> HttpResponse:
    """The latest mails, newest first; nothing for anybody who does not sit at this machine."""
    if not _is_local(request):
        raise Http404
    return render(request, "accounts/outbox.html", {"mails": kept_mails(most=50)})


def _is_local(request: HttpRequest) -> bool:
    """By loopback and straight: no proxy passed it on, and no other name was made to point here."""
    if any(name in request.META for name in ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")):
        return False
    host = request.get_host()
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    try:
        is_loopback = ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
    return is_loopback and name in LOOPBACK_NAMES
