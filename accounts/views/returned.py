"""Mail that had been stopped begins again."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.services.returned import resume_mail
from accounts.web import current_user


@login_required
@require_POST
def resume(request: HttpRequest) -> HttpResponse:
    """Somebody says that their address takes mail again."""
    if resume_mail(user=current_user(request)):
        messages.success(request, _("We send you e-mail again. Earlier messages are in your notifications."))
    return redirect("accounts:account")
