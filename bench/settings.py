"""The portal as on a machine of one's own, with the floor view beside it. Never used by a real site."""

from portal.settings.dev import *  # noqa: F403
from portal.settings.dev import ALLOWED_HOSTS, BASE_DIR, TEMPLATES

ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]
ROOT_URLCONF = "bench.urls"
TEMPLATES = [{**TEMPLATES[0], "DIRS": [BASE_DIR / "templates", BASE_DIR / "bench" / "templates"]}]
# The limiter counts as always, but lets a benchmark through.
SEARCH_RATE = SUGGEST_RATE = API_RATE = EXPORT_RATE = EXPLANATION_RATE = "10000000/minute"
