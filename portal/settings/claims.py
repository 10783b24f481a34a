"""Settings of claims: where ORCID's public works are read, and the door through which that is done."""

from urllib.parse import urlsplit

from portal.settings import env
from portal.settings.accounts import ORCID_BASE_URL

_base = urlsplit(ORCID_BASE_URL)
_HOMES = {"localhost", "127.0.0.1", "::1"}
_own = f"{_base.scheme}://{_base.netloc}" if _base.hostname in _HOMES else f"https://pub.{_base.hostname}"
ORCID_API_URL = (
    env.text(
        "ORCID_API_URL",
        check="portal.E042",
        meaning="ORCID's public API, with its version; empty: the one that belongs to ORCID_BASE_URL",
    ).rstrip("/")
    or f"{_own}/v3.0"
)
_api = urlsplit(ORCID_API_URL)
if not _api.hostname or not (_api.scheme == "https" or (_api.scheme == "http" and _api.hostname in _HOMES)):
    env.PROBLEMS.append(("portal.E042", f"ORCID_API_URL is {ORCID_API_URL!r}: it has to begin with https://."))

# The http door speaks plain http, other ports and loopback addresses with these origins alone: an ORCID that the
# operator runs on this machine. Tests name their own servers here; no environment variable adds to it.
HTTP_DOOR_LOOPBACK_ORIGINS = frozenset({f"{_api.scheme}://{_api.netloc}"} if _api.hostname in _HOMES else ())
