from portal.settings.base import *  # noqa: F403

SECRET_KEY = SECRET_KEY or "only-for-development-never-for-a-real-site"  # noqa: F405
ALLOWED_HOSTS = ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]"]  # noqa: F405
