"""Settings of sign-up, logging in and what protects an account."""

from typing import Any
from urllib.parse import urlsplit

from portal.settings import env

ORCID_CLIENT_ID = env.text(
    "ORCID_CLIENT_ID", check="portal.E040", meaning="Of the portal at ORCID; empty: no login by ORCID"
)
ORCID_CLIENT_SECRET = env.text("ORCID_CLIENT_SECRET", check="portal.E040", meaning="The secret that goes with it")
ORCID_BASE_URL = env.text(
    "ORCID_BASE_URL",
    check="portal.E041",
    meaning="ORCID's OpenID Connect server; https://sandbox.orcid.org for trials",
    default="https://orcid.org",
)
GOOGLE_CLIENT_ID = env.text(
    "GOOGLE_CLIENT_ID", check="portal.E040", meaning="Of the portal at Google; empty: no login by Google"
)
GOOGLE_CLIENT_SECRET = env.text("GOOGLE_CLIENT_SECRET", check="portal.E040", meaning="The secret that goes with it")
GITHUB_CLIENT_ID = env.text(
    "GITHUB_CLIENT_ID", check="portal.E040", meaning="Of the portal at GitHub; empty: no login by GitHub"
)
GITHUB_CLIENT_SECRET = env.text("GITHUB_CLIENT_SECRET", check="portal.E040", meaning="The secret that goes with it")

ACCOUNT_APPS = [
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
PROVIDER_ORIGINS: list[str] = []
_credentials = {
    "ORCID": (ORCID_CLIENT_ID, ORCID_CLIENT_SECRET),
    "GOOGLE": (GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET),
    "GITHUB": (GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET),
}
for _name, (_client, _secret) in _credentials.items():
    if bool(_client) != bool(_secret):
        env.PROBLEMS.append(("portal.E040", f"{_name}_CLIENT_ID and {_name}_CLIENT_SECRET go together."))

_orcid = urlsplit(ORCID_BASE_URL)
_is_at_home = _orcid.hostname in {"localhost", "127.0.0.1", "::1"}
if not _orcid.hostname or not (_orcid.scheme == "https" or (_orcid.scheme == "http" and _is_at_home)):
    env.PROBLEMS.append(("portal.E041", f"ORCID_BASE_URL is {ORCID_BASE_URL!r}: it has to begin with https://."))
if ORCID_CLIENT_ID:
    # The iD comes from the ID token, fetched from ORCID itself; nothing else that ORCID knows is asked for.
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "orcid",
                "name": "ORCID",
                "client_id": ORCID_CLIENT_ID,
                "secret": ORCID_CLIENT_SECRET,
                "settings": {"server_url": ORCID_BASE_URL, "scope": ["openid"], "fetch_userinfo": False},
            }
        ],
    }
    PROVIDER_ORIGINS.append(f"{_orcid.scheme}://{_orcid.netloc}")
if GOOGLE_CLIENT_ID:
    ACCOUNT_APPS.append("allauth.socialaccount.providers.google")
    SOCIALACCOUNT_PROVIDERS["google"] = {
        "APPS": [{"client_id": GOOGLE_CLIENT_ID, "secret": GOOGLE_CLIENT_SECRET, "key": ""}],
        "SCOPE": ["openid", "email", "profile"],
        "OAUTH_PKCE_ENABLED": True,
    }
    PROVIDER_ORIGINS.append("https://accounts.google.com")
if GITHUB_CLIENT_ID:
    ACCOUNT_APPS.append("allauth.socialaccount.providers.github")
    SOCIALACCOUNT_PROVIDERS["github"] = {
        "APPS": [{"client_id": GITHUB_CLIENT_ID, "secret": GITHUB_CLIENT_SECRET, "key": ""}],
        "SCOPE": ["user:email"],
        "OAUTH_PKCE_ENABLED": True,
    }
    PROVIDER_ORIGINS.append("https://github.com")

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:account"
LOGOUT_REDIRECT_URL = "/"
# Messages to a reader are kept with the session: no cookie beside those that we name.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
ACCOUNT_FORMS = {"signup": "accounts.forms.SignUpForm"}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 600
ACCOUNT_PASSWORD_RESET_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# Curators are asked again after half an hour of deciding, and for each act that weighs more (portal.admin_proof).
CURATORS_PROOF_SECONDS = 1_800
HEAVY_ACTS_PROOF_SECONDS = 900
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_MAX_EMAIL_ADDRESSES = 10
ACCOUNT_SESSION_REMEMBER = True
# allauth counts in the cache, in several steps; accounts.middleware counts in one, and instead of it.
ACCOUNT_RATE_LIMITS = False
MFA_RATE_LIMITS = False
EVEN_SECONDS = 0.35

MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Colophon"
MFA_FORMS = {
    "authenticate": "accounts.forms.AuthenticateForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
    "add_webauthn": "accounts.forms.AddPasskeyForm",
    "edit_webauthn": "accounts.forms.EditPasskeyForm",
}

SOCIALACCOUNT_ADAPTER = "accounts.adapters.SocialAdapter"
SOCIALACCOUNT_FORMS = {"signup": "accounts.forms.ProviderSignUpForm"}
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5

# Mail is shown on a page only where nobody else can look: on a machine of one's own (portal.settings.dev).
SHOWS_OUTBOX = False
