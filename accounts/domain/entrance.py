"""Which addresses of the account pages are limited, and which ask for a fresh proof of who is there."""

from dataclasses import dataclass
from enum import Enum


class Account(Enum):
    """Whose attempts are counted together, beside those of one network address and those of everybody."""

    TYPED = "the e-mail address that was typed in"
    PENDING = "the account that is half way in: a first step is done, a second awaited"
    USER = "the person who is logged in"
    CODE = "the code that was sent last to this browser"
    NOBODY = "only addresses are counted"


@dataclass(frozen=True, slots=True)
class Limit:
    """How often something may be tried; rates read like "10/15 minutes".

    `when_away` is the budget of everybody together in one process while Redis is away: small, and never none.
    """

    scope: str
    account: Account
    per_address: str
    per_account: str
    overall: str
    when_away: str = "5/minute"


PASSWORD = Limit("password", Account.TYPED, "10/minute", "10/15 minutes", "300/minute")
SEND = Limit("send", Account.TYPED, "20/10 minutes", "5/15 minutes", "120/minute")
SEND_AGAIN = Limit("send-again", Account.USER, "20/10 minutes", "5/15 minutes", "120/minute")
CODE = Limit("code", Account.CODE, "30/minute", "3/10 minutes", "300/minute")
SECOND_STEP = Limit("second-step", Account.PENDING, "10/minute", "10/15 minutes", "300/minute")
PROOF = Limit("proof", Account.USER, "20/minute", "10/15 minutes", "300/minute")
CHANGE = Limit("change", Account.USER, "30/minute", "30/15 minutes", "300/minute")
PASSKEY = Limit("passkey", Account.NOBODY, "10/minute", "", "300/minute")
PROVIDER = Limit("provider", Account.NOBODY, "20/minute", "", "300/minute")

LIMITS: dict[str, Limit] = {
    "account_login": PASSWORD,
    "account_signup": SEND,
    "account_request_login_code": SEND,
    "account_reset_password": SEND,
    "account_email": SEND_AGAIN,
    "account_confirm_login_code": CODE,
    "account_email_verification_sent": CODE,
    "account_confirm_password_reset_code": CODE,
    "account_complete_password_reset": CHANGE,
    "accounts:reauthenticate_by_code": CODE,
    "accounts:send_proof_code": SEND_AGAIN,
    "account_reauthenticate": PROOF,
    "mfa_reauthenticate": PROOF,
    "mfa_reauthenticate_webauthn": PROOF,
    "mfa_authenticate": SECOND_STEP,
    "mfa_login_webauthn": PASSKEY,
    "account_change_password": PROOF,
    "account_set_password": CHANGE,
    "accounts:account": CHANGE,
    "accounts:resume_mail": CHANGE,
    "mfa_activate_totp": PROOF,
    "mfa_deactivate_totp": CHANGE,
    "mfa_add_webauthn": CHANGE,
    "mfa_remove_webauthn": CHANGE,
    "mfa_edit_webauthn": CHANGE,
    "mfa_generate_recovery_codes": CHANGE,
    "socialaccount_signup": SEND,
    "socialaccount_connections": CHANGE,
    "openid_connect_login": PROVIDER,
    "google_login": PROVIDER,
    "github_login": PROVIDER,
    "usersessions_list": CHANGE,
}
# A provider sends people back by GET, and each such visit makes us ask the provider something.
LIMITED_WHEN_READ = {
    "openid_connect_callback": PROVIDER,
    "google_callback": PROVIDER,
    "github_callback": PROVIDER,
}

# These send a code, or a mail that none is sent: an answer must not be quicker for an address without account.
EVEN_TIMED = frozenset({"account_signup", "account_request_login_code", "account_reset_password"})

NEEDS_PROOF = frozenset(
    {
        "account_set_password",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_add_webauthn",
        "mfa_remove_webauthn",
        "mfa_edit_webauthn",
        "mfa_generate_recovery_codes",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
    }
)
NEEDS_PROOF_TO_WRITE = frozenset({"account_email", "socialaccount_connections", "usersessions_list"})

# Pages with buttons that lead to a provider: a form's answer may go there.
LEADS_TO_PROVIDERS = frozenset(
    {
        "account_login",
        "account_signup",
        "socialaccount_connections",
        "openid_connect_login",
        "google_login",
        "github_login",
    }
)

_PREFIXES = ("account_", "mfa_", "usersessions_", "socialaccount_", "openid_connect_", "google_", "github_")


def is_account_page(route: str) -> bool:
    """Whether a route, by its full name, belongs to the account pages."""
    return route.startswith(("accounts:", *_PREFIXES))
