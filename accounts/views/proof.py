"""Proving again who one is by a code by mail, for those who have neither a password nor a second factor."""

from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm
from allauth.account.models import EmailAddress
from allauth.account.utils import get_next_redirect_url, passthrough_next_redirect_url
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.allauth_internals import AbstractCodeVerificationProcess, record_authentication, resume_request

PROOF_SESSION_KEY = "accounts_proof_code"


class ProofByCode(AbstractCodeVerificationProcess):
    """A code on its way to the person who is logged in, kept in their session: three tries, ten minutes, one use."""

    def __init__(self, request: HttpRequest, state: dict[str, Any]) -> None:
        self.request = request
        super().__init__(
            max_attempts=app_settings.LOGIN_BY_CODE_MAX_ATTEMPTS,
            timeout=app_settings.LOGIN_BY_CODE_TIMEOUT,
            state=state,
            user=request.user,  # type: ignore[arg-type]  # the views are for those who are logged in
        )

    @classmethod
    def begun(cls, request: HttpRequest) -> "ProofByCode | None":
        """The code that is awaited; None when there is none, or no longer."""
        state = request.session.get(PROOF_SESSION_KEY)
        process = cls(request, state) if state else None
        if process is not None and not process.is_valid():
            process.abort()
            return None
        return process

    @classmethod
    def begin(cls, request: HttpRequest) -> "ProofByCode":
        email = EmailAddress.objects.get_primary_email(request.user)  # type: ignore[arg-type]  # as above
        process = cls(request, cls.initial_state(user=None, email=email))
        process.send()
        process.persist()
        return process

    def send(self) -> None:
        adapter = get_adapter()
        self.state["code"] = adapter.generate_login_code()
        told = {"request": self.request, "code": self.code}
        adapter.send_mail("accounts/email/proof_code", self.state["email"], told)

    def persist(self) -> None:
        self.request.session[PROOF_SESSION_KEY] = self.state

    def abort(self) -> None:
        self.request.session.pop(PROOF_SESSION_KEY, None)

    def finish(self) -> None:
        self.abort()
        record_authentication(self.request, self.user, method="code", reauthenticated=True, email=self.state["email"])


def _is_for(request: HttpRequest) -> bool:
    methods = get_adapter().get_reauthentication_methods(request.user)
    return [method["id"] for method in methods] == ["code"]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reauthenticate_by_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code; whoever has a stronger way to prove themselves is sent there."""
    if not _is_for(request):
        return redirect(passthrough_next_redirect_url(request, reverse("account_reauthenticate"), "next"))
    process = ProofByCode.begun(request)
    form = ConfirmLoginCodeForm(request.POST or None, code=process.code if process else "")
    if process and request.method == "POST":
        if form.is_valid():
            process.finish()
            return resume_request(request) or redirect("accounts:account")
        if not process.record_invalid_attempt():
            messages.error(request, _("The code was wrong three times. Ask for a new one."))
            return HttpResponseRedirect(request.get_full_path())
    told = {"form": form, "is_sent": process is not None, "next": get_next_redirect_url(request) or ""}
    return render(request, "accounts/reauthenticate_by_code.html", told)


@login_required
@require_POST
def send_proof_code(request: HttpRequest) -> HttpResponse:
    if _is_for(request):
        ProofByCode.begin(request)
    target = reverse("accounts:reauthenticate_by_code")
    return HttpResponseRedirect(passthrough_next_redirect_url(request, target, "next"))
