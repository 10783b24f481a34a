"""A machine of one's own: plain http on loopback, embedded servers, files served from the source tree."""

from portal.settings.base import *
from portal.settings.base import ALLOWED_HOSTS, HOST, SECRET_KEY, STATIC_ROOT, STORAGES, env

DEBUG = env.flag("DEBUG", check="portal.E018", meaning="Tracebacks in the browser; refused in production")
SECRET_KEY = SECRET_KEY or "only-for-development-never-for-a-real-site"
ALLOWED_HOSTS = ALLOWED_HOSTS or [
    "127.0.0.1",
    "localhost",
    "[::1]",
    *([HOST] if HOST != "0.0.0.0" else ["*"]),
]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}
DEFAULT_FROM_EMAIL = "Colophon <noreply@localhost>"

# Before the first collectstatic there are no hashed names: pages refer to the plain files.
if not (STATIC_ROOT / "staticfiles.json").exists():
    STORAGES = STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    WHITENOISE_USE_FINDERS = True
