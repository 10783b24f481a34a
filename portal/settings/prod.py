"""A real site: https only, servers of its own, nothing embedded, every secret from the environment."""

from portal.settings import env
from portal.settings.base import *
from portal.settings.base import TRUSTED_PROXY_COUNT
from portal.settings.mail import mailers_from_url

SECURE_SSL_REDIRECT = env.flag(
    "SECURE_SSL_REDIRECT", check="portal.E019", meaning="Send visitors of http to https", default=True
)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env.number(
    "HSTS_SECONDS",
    check="portal.E020",
    meaning="How long browsers shall insist on https, in seconds",
    default=31_536_000,
    least=3_600,
    most=63_072_000,
)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXY_COUNT else None

# The prefix makes browsers insist on https, on this very host and on the whole site.
SESSION_COOKIE_NAME = "__Host-sessionid"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True

DEFAULT_FROM_EMAIL = env.text(
    "DEFAULT_FROM_EMAIL",
    check="portal.E021",
    meaning="Sender of the portal's mail",
    default="noreply@localhost",
)
EMAIL_URL = env.text(
    "EMAIL_URL",
    check="portal.E022",
    meaning="smtp://user:password@host:587 (STARTTLS) or smtps://…:465; needed in production",
)
try:
    MAILERS = mailers_from_url(EMAIL_URL)
except ValueError as _error:
    env.PROBLEMS.append(("portal.E022", f"EMAIL_URL: {_error}."))
    MAILERS = mailers_from_url("")
