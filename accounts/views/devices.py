"""A browser that the owner of an account made known by a link in a mail."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.known_devices import remember_device, user_of_link


@require_safe
def know_device(request: HttpRequest, token: str) -> HttpResponse:
    """From now on what others try with the account does not keep this browser from logging in."""
    user_id = user_of_link(token)
    if user_id is None:
        raise Http404
    messages.success(request, _("You can log in from this browser even if your address is locked."))
    response = redirect("account_request_login_code")
    remember_device(request, response, user_id)
    return response
