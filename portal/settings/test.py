"""Tests: real Postgres and Redis in a data folder of their own, and everything else as on a real site."""

import os

from devstack.embedded import ensure
from devstack.embedded.folders import PROJECT
from portal.settings.urls import with_database

# Only pytest itself starts servers here: type checkers and linters import this module too.
if "PYTEST_VERSION" in os.environ:
    os.environ.setdefault("DATA_DIR", str(PROJECT / ".data" / "test"))
    ensure(profile="test")
    # Processes of pytest-xdist have a database each in Postgres (pytest-django's doing), and so in Redis.
    if "PYTEST_XDIST_WORKER" in os.environ and "REDIS_DATABASE_OF_TEST" not in os.environ:
        number = 1 + int(os.environ["PYTEST_XDIST_WORKER"].removeprefix("gw")) % 15
        os.environ["REDIS_DATABASE_OF_TEST"] = str(number)
        os.environ["REDIS_URL"] = with_database(os.environ["REDIS_URL"], number)

from portal.settings.base import *
from portal.settings.base import ALLOWED_HOSTS, STATIC_ROOT, STORAGES

SECRET_KEY = "only-for-tests-only-for-tests-only-for-tests-only-for-tests"
ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver", "127.0.0.1", "localhost"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns when it is missing
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
# A real hash takes 50 ms on purpose, and no test measures that.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Tests of limits turn them on.
RATE_LIMITED = False
EVEN_SECONDS = 0.0
