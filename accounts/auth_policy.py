"""Which of the account pages are limited and how, and which ask people to authenticate again."""

from dataclasses import dataclass, replace
from enum import Enum

from common.rate_limits import NONE, RateLimit


class Account(Enum):
    """Whose attempts are counted together, beside those of one network address and those of everybody."""

    TYPED = "the e-mail address that was typed in"
    PENDING = "the account that is half way in: a first step is done, a second awaited"
    USER = "the person who is logged in"
    CODE = "the code that was sent last to this browser"
    NOBODY = "only addresses are counted"


@dataclass(frozen=True, slots=True)
class Guard:
    """The limit of a route and whose attempts it counts.

    `field` is the field of the route's own form in which an e-mail address is typed: what is sent under another name
    counts for nothing. `mails_to_field`: a mail goes to that address, whose limit is SEND's as well.
    """

    limit: RateLimit
    account: Account
    field: str = "email"
    mails_to_field: bool = False

    @property
    def reads_address(self) -> bool:
        return self.account is Account.TYPED or self.mails_to_field


def _limit(scope: str, per_address: str, per_account: str, overall: str) -> RateLimit:
    return RateLimit(scope, per_address, per_account, overall=overall, when_away="5/minute")


PASSWORD = Guard(_limit("password", "10/minute", "10/15 minutes", "300/minute"), Account.TYPED, field="login")
SEND = Guard(_limit("send", "20/10 minutes", "5/15 minutes", "120/minute"), Account.TYPED)
SEND_AGAIN = Guard(_limit("send-again", "20/10 minutes", "5/15 minutes", "120/minute"), Account.USER)
CODE = Guard(_limit("code", "30/minute", "3/10 minutes", "300/minute"), Account.CODE)
SECOND_STEP = Guard(_limit("second-step", "10/minute", "10/15 minutes", "300/minute"), Account.PENDING)
PROOF = Guard(_limit("proof", "20/minute", "10/15 minutes", "300/minute"), Account.USER)
# Of each address, whoever sends it mails from the pages of an account.
MAILS_TO = RateLimit("send", per_account=SEND.limit.per_account)
# Mails with a code to somebody who gave the right password when strangers had used up the account's tries.
RIGHT_PASSWORD = RateLimit("right-password", per_account="5/15 minutes", when_away="5/minute")
CHANGE = Guard(_limit("change", "30/minute", "30/15 minutes", "300/minute"), Account.USER)
PASSKEY = Guard(_limit("passkey", "10/minute", NONE, "300/minute"), Account.NOBODY)
PROVIDER = Guard(_limit("provider", "20/minute", NONE, "300/minute"), Account.NOBODY)

GUARDS: dict[str, Guard] = {
    "account_login": PASSWORD,
    "account_signup": SEND,
    "account_request_login_code": SEND,
    "account_reset_password": SEND,
    "account_email": replace(SEND_AGAIN, mails_to_field=True),
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
GUARDS_OF_READING = {
    "accounts:know_device": Guard(_limit("device-link", "20/minute", NONE, "300/minute"), Account.NOBODY),
    "openid_connect_callback": PROVIDER,
    "google_callback": PROVIDER,
    "github_callback": PROVIDER,
}

# Where a code that was mailed is typed in, and where it leads.
TAKES_CODES = frozenset(
    {"account_confirm_login_code", "account_confirm_password_reset_code", "account_complete_password_reset"}
)

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
