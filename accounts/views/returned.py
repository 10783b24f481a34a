"""Mail that had been stopped begins again."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.services.returned import resume_mail


@login_required
@require_POST
def resume(request: HttpRequest) -> HttpResponse:
    """Somebody says that their address takes mail again."""
    assert isinstance(request.user, User)
    if resume_mail(user=request.user):
        messages.success(request, _("Mail is sent to you again. What came meanwhile is in your notifications."))
    return redirect("accounts:account")
