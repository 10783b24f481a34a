"""A machine of one's own: plain http on loopback, embedded servers, files served from the source tree."""

import os

from portal.settings import env
from portal.settings.base import *
from portal.settings.base import ALLOWED_HOSTS, HOST, SECRET_KEY, STATIC_ROOT, STORAGES

DEBUG = env.flag("DEBUG", check="portal.E018", meaning="Tracebacks in the browser; refused in production")
SECRET_KEY = SECRET_KEY or "only-for-development-never-for-a-real-site"
EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104 - compared with, never listened on
ALLOWED_HOSTS = ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]", "*" if HOST in EVERYWHERE else HOST]
# Nothing is sent from here: /dev/outbox/ shows each mail, on this machine only.
MAILERS = {"default": {"BACKEND": "accounts.mail.OutboxBackend"}}
SHOWS_OUTBOX = True
# Browsers count http://localhost as safe for passkeys, allauth does not without being told.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
DEFAULT_FROM_EMAIL = "Colophon <noreply@localhost>"

# Before the first collectstatic there are no hashed names: pages refer to the plain files.
if not (STATIC_ROOT / "staticfiles.json").exists() and "COLLECTING_STATIC" not in os.environ:
    STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    WHITENOISE_USE_FINDERS = True
