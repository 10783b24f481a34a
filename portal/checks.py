"""Every setting that the environment gives is checked at start; docs/operations.md lists the numbers."""

import os
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from portal.roles import changeable_log_tables
from portal.settings import env


@register()
def environment_can_be_read(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """One error for each variable whose value could not be read."""
    return [Error(problem, id=number) for number, problem in env.PROBLEMS]


@register()
def values_make_sense(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """What holds everywhere: a folder we may write to, addresses that are addresses."""
    found: list[CheckMessage] = []
    parent = next(p for p in (settings.DATA_DIR, *settings.DATA_DIR.parents) if p.exists())
    if not os.access(parent, os.W_OK | os.X_OK) or not parent.is_dir():
        found.append(Error(f"DATA_DIR: nothing can be written to {parent}.", id="portal.E001"))
    for origin in settings.CSRF_TRUSTED_ORIGINS:
        if urlsplit(origin).scheme not in {"http", "https"}:
            found.append(Error(f"CSRF_TRUSTED_ORIGINS: {origin!r} lacks https://.", id="portal.E004"))
    if not settings.HOST.strip() or " " in settings.HOST:
        found.append(Error("HOST is no address.", id="portal.E005"))
    if urlsplit(settings.BASE_URL).scheme not in {"http", "https"} or not urlsplit(settings.BASE_URL).hostname:
        found.append(Error(f"BASE_URL: {settings.BASE_URL!r} is no http address.", id="portal.E006"))
    return found


@register()
def a_real_site_is_complete(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """What production needs and a machine of one's own does without."""
    if os.environ.get("DJANGO_SETTINGS_MODULE") != "portal.settings.prod":
        return []
    missing = {
        "portal.E002": (
            "SECRET_KEY is missing or shorter than 50 characters.",
            len(settings.SECRET_KEY) >= 50,
        ),
        "portal.E003": ("ALLOWED_HOSTS is missing, or allows every host.", _hosts_are_named()),
        "portal.E008": ("DATABASE_URL is missing.", bool(settings.DATABASE_URL)),
        "portal.E009": ("REDIS_URL is missing.", bool(os.environ.get("REDIS_URL"))),
        "portal.E018": ("DEBUG is on.", not settings.DEBUG and os.environ.get("DEBUG", "0") in {"", "0"}),
        "portal.E021": ("DEFAULT_FROM_EMAIL is no e-mail address.", "@" in settings.DEFAULT_FROM_EMAIL),
    }
    return [Error(text, id=number) for number, (text, holds) in missing.items() if not holds]


@register(Tags.database)
def the_log_is_out_of_reach(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """A warning where the role that the application connects as could change the log. Asks the database."""
    if not databases or "default" not in databases or settings.DATABASE_OWNER_URL:
        return []
    tables = changeable_log_tables()
    if not tables:
        return []
    return [
        Warning(
            f"The role in DATABASE_URL could change the log ({', '.join(tables)}).",
            hint="Make a second role and name the owner in DATABASE_OWNER_URL: docs/operations.md.",
            id="portal.W046",
        )
    ]


def _hosts_are_named() -> bool:
    return bool(settings.ALLOWED_HOSTS) and "*" not in settings.ALLOWED_HOSTS
