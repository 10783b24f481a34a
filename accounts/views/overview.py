"""All of an account on one page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.allauth_internals import sync_user_email_address
from accounts.forms import NameForm
from accounts.selectors.overview import overview_of
from accounts.services.names import rename_user
from accounts.web import current_user


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Addresses, ways to log in, second factors, sessions and connections; and the name, which is set here."""
    user = current_user(request)
    form = NameForm(request.POST or None, initial={"name": user.name})
    if request.method == "POST" and form.is_valid():
        rename_user(user=user, name=form.cleaned_data["name"])
        messages.success(request, _("Your name is saved."))
        return redirect("accounts:account")
    sync_user_email_address(user)
    return render(request, "accounts/account.html", {"form": form, "overview": overview_of(user)})
