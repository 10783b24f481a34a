"""Where allauth asks how this portal does things."""

from smtplib import SMTPException
from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import Login
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base.provider import Provider
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from accounts import known_devices
from accounts.allauth_internals import filter_users_by_email
from accounts.auth_policy import RIGHT_PASSWORD
from accounts.models import User
from accounts.proof import is_proved
from accounts.services.names import clean_name
from common import rate_limits
from common.refusals import too_many_requests
from common.web import remote_address

log = structlog.get_logger(__name__)

# Whoever asked for these, the account's owner reads them, and can make their browser known by a link in them.
CODE_MAILS = frozenset({"account/email/login_code", "account/email/password_reset_code"})
NO_ADDRESS = "::"  # the session's row wants an address, and a socket without one has none


class AccountAdapter(DefaultAccountAdapter):
    def get_client_ip(self, request: HttpRequest) -> str:
        return remote_address(request) or NO_ADDRESS

    def is_safe_url(self, url: str) -> bool:
        """Only addresses of the very host that was asked: allauth also follows every other allowed host."""
        request = context.request
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )

    def save_user(
        self, request: HttpRequest, user: AbstractBaseUser, form: BaseForm, commit: bool = True
    ) -> AbstractBaseUser:
        if isinstance(user, User):
            user.name = form.cleaned_data.get("name") or user.name
        return super().save_user(request, user, form, commit)

    def clean_email(self, email: str) -> str:
        """An encoded word ("=?utf-8?…?=@x.org") is another address to every program that decodes it: refused."""
        cleaned: str = super().clean_email(email)
        if "=?" in cleaned:
            raise ValidationError(_("Enter a valid email address."))
        return cleaned

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that is away is said to whoever waits for the mail, and breaks nothing."""
        if template_prefix in CODE_MAILS and (users := filter_users_by_email(email, is_active=True)):
            context = context | {"device_link": known_devices.device_link(users[0].pk)}
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException, ValueError) as error:  # ValueError: an encoded word is no address
            log.error("mail_not_sent", template=template_prefix, error=str(error))
            text = _("Our mail could not be sent just now. Wait a few minutes and try again.")
            messages.error(self.request, text)

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **how: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **how)
        known_devices.remember_device(request, response, user.pk)
        return response

    def is_login_by_code_required(self, login: Login) -> bool:
        """Beside the right password, when strangers have used up the tries with the account."""
        request = context.request
        if not getattr(request, "login_needs_code", 0):
            return False
        assert login.user is not None
        verdict = rate_limits.check(request, RIGHT_PASSWORD, account=str(login.user.pk))
        if not verdict.is_allowed:
            raise ImmediateHttpResponse(too_many_requests(request, retry_after=verdict.retry_after))
        return True

    def get_reauthentication_methods(self, user: AbstractBaseUser | AnonymousUser) -> list[dict[str, Any]]:
        """A code by mail is the way for those who have neither a password nor a second factor, and only for them."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if methods or not user.is_authenticated:
            return methods
        url = reverse("accounts:reauthenticate_by_code")
        return [{"id": "code", "description": _("Use a code by e-mail"), "url": url}]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not for five minutes after logging in either: who has just come in has shown who they are."""
        is_wanted: bool = super().is_reauthentication_required(app=app, **kwargs)
        return is_wanted and not is_proved(context.request)


class SocialAdapter(DefaultSocialAccountAdapter):
    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """What ORCID says of e-mail addresses is not proved to us, whatever it may say."""
        if sociallogin.account.provider == "orcid":
            for address in sociallogin.email_addresses:
                address.verified = False

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Provider,
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """The person is told that it failed; why stands in the log, without what the provider sent."""
        cause = f"{type(exception).__name__}: {exception}"[:300] if exception else error
        log.warning("provider_login_failed", provider=provider.id, error=cause)

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> AbstractBaseUser:
        user: AbstractBaseUser = super().populate_user(request, sociallogin, data)
        if isinstance(user, User):
            parts = (str(data.get("first_name") or ""), str(data.get("last_name") or ""))
            user.name = clean_name(str(data.get("name") or "") or " ".join(parts))
            user.first_name = user.last_name = ""
        return user

    def get_signup_form_initial_data(self, sociallogin: SocialLogin) -> dict[str, Any]:
        initial: dict[str, Any] = super().get_signup_form_initial_data(sociallogin)
        return initial | {"name": getattr(sociallogin.user, "name", "")}
