"""The forms of the account pages, where they are not allauth's own."""

import hashlib
from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.webauthn import forms as webauthn
from allauth.socialaccount import forms as social
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.services.names import LONGEST_NAME, clean_name
from common import rate_limits

# Longer than an authenticator's code is good for (30 s): whatever was typed once is not taken a second time.
CODE_LIVES = "1/2 minutes"


class NameField(forms.CharField):
    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "name"})
        super().__init__(label=_("Your name"), max_length=LONGEST_NAME, required=False, widget=widget, **options)

    def clean(self, value: Any) -> str:
        return clean_name(super().clean(value) or "")


class NameForm(forms.Form):
    name = NameField(help_text=_("How we address you. It is shown to nobody until you claim a page."))


class SignUpForm(account.SignupForm):
    """An e-mail address and a name. A password comes later if it is wanted: before the address is proved
    there is nothing that somebody else could leave behind in the account."""

    name = NameField()
    field_order = ("email", "name")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password1"]


class ProviderSignUpForm(social.SignupForm):
    name = NameField()
    field_order = ("email", "name")


class OnceOnlyCode:
    """A code of an authenticator or a recovery code: what was tried once is refused the second time.

    allauth remembers used codes in the cache, which forgets while Redis is away.
    """

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]  # type: ignore[attr-defined]  # mixed into a form
        who = f"{self.user.pk}:{code.strip().lower()}"  # type: ignore[attr-defined]  # mixed into allauth's form
        scope = f"once-{hashlib.sha256(who.encode()).hexdigest()}"
        verdict = rate_limits.hit(scope, CODE_LIVES, "", when_away=CODE_LIVES)
        if not verdict.is_allowed:
            raise forms.ValidationError(_("This code was used already. Wait for the next one."))
        checked: str = super().clean_code()  # type: ignore[misc]  # allauth's form has it
        return checked


class AuthenticateForm(OnceOnlyCode, mfa.AuthenticateForm):
    pass


class ReauthenticateForm(OnceOnlyCode, mfa.ReauthenticateForm):
    pass


class AddPasskeyForm(webauthn.AddWebAuthnForm):
    name = forms.CharField(label=_("Name"), required=False, max_length=100)
    passwordless = forms.BooleanField(
        label=_("Log in with it alone"),
        required=False,
        initial=True,
        help_text=_("Then it needs no password beside it, and asks for your fingerprint, face or PIN."),
    )


class EditPasskeyForm(webauthn.EditWebAuthnForm):
    name = forms.CharField(label=_("Name"), max_length=100)
