"""What the portal holds on somebody, as a file and to the end."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.proof import proof_required
from accounts.web import current_user
from claims.selectors.ownership import owned_authors
from common import clock
from common.rate_limits import RateLimit, rate_limited
from papers.selectors.addresses import address
from profiles.forms import DeletionForm
from profiles.selectors.user_data import exported
from profiles.services.mail import tell_by_mail
from profiles.services.user_data import erase_account

EXPORTS = RateLimit("export", per_account="10/hour", per_address="30/hour", overall="60/minute", when_away="20/minute")
DELETIONS = RateLimit(
    "deletion", per_account="10/hour", per_address="20/hour", overall="60/minute", when_away="20/minute"
)


@never_cache
@login_required
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """What is held, and the ways out."""
    return render(request, "profiles/person/data.html", {"pages": _pages(current_user(request))})


@never_cache
@login_required
@require_POST
@rate_limited(EXPORTS)
@proof_required
def export(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """All of it as one JSON file."""
    text = exported(current_user(request), now=clock.now().isoformat())
    response = StreamingHttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="colophon.json"'
    return response


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@rate_limited(DELETIONS)
@proof_required
def delete(request: HttpRequest) -> HttpResponse:
    """Deletion: asked once more, done at once, and told by mail to the address that was."""
    form = DeletionForm(request.POST or None)
    user = current_user(request)
    if request.method == "POST" and user.is_superuser:
        form.add_error(
            None, _("A superuser cannot delete the account: ask another superuser to remove the role first.")
        )
    if request.method == "POST" and form.is_valid():
        email = user.email
        person = User.objects.get(pk=user.pk)
        logout(request)
        erase_account(user=person, now=clock.now())
        tell_by_mail("profiles/email/account_deleted", email, {})
        messages.success(request, _("Your account and all its data are deleted."))
        return redirect("portal:home")
    return render(request, "profiles/person/delete.html", {"form": form, "pages": _pages(user)})


def _pages(user: User) -> list[tuple[str, str]]:
    """The pages that the person looks after: (name, address)."""
    owned = owned_authors(user).order_by("name", "pk").values_list("pk", "name")[:50]
    return [(name, address("A", pk, name)) for pk, name in owned]
