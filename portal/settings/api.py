"""Settings of the API and of how often an address may read."""

import re
from typing import Any

from portal.settings import env

API_RATE = env.text(
    "API_RATE",
    check="portal.E030",
    meaning="API requests of one address, as 600/minute; “none” for no limit",
    default="600/minute",
)
SEARCH_RATE = env.text(
    "SEARCH_RATE",
    check="portal.E030",
    meaning="Searches of one address, as 120/minute; “none” for no limit",
    default="120/minute",
)
SUGGEST_RATE = env.text(
    "SUGGEST_RATE",
    check="portal.E030",
    meaning="Suggestions while typing for one address, as 600/minute; “none” for no limit",
    default="600/minute",
)
EXPORT_RATE = env.text(
    "EXPORT_RATE",
    check="portal.E030",
    meaning="Files of citations for one address, as 60/minute; “none” for no limit",
    default="60/minute",
)
EXPLANATION_RATE = env.text(
    "EXPLANATION_RATE",
    check="portal.E030",
    meaning="Explanations of numbers for one address, as 240/minute; “none” for no limit",
    default="240/minute",
)
GRAPH_RATE = env.text(
    "GRAPH_RATE",
    check="portal.E030",
    meaning="Pictures of the research graph for one address, as 240/minute; “none” for no limit",
    default="240/minute",
)

for _name, _rate in (
    ("API_RATE", API_RATE),
    ("SEARCH_RATE", SEARCH_RATE),
    ("SUGGEST_RATE", SUGGEST_RATE),
    ("EXPORT_RATE", EXPORT_RATE),
    ("EXPLANATION_RATE", EXPLANATION_RATE),
    ("GRAPH_RATE", GRAPH_RATE),
):
    if _rate != "none" and not re.fullmatch(r"[1-9][0-9]{0,6}/(second|minute|hour|day)", _rate):
        env.PROBLEMS.append(("portal.E030", f"{_name} is {_rate!r}: it has to be like 600/minute, or none."))

# Nothing is open by default: a view that may be read says so itself.
REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAdminUser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "common.openalex_api.problems.handle",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Colophon",
    "DESCRIPTION": "Works, authors, institutions, topics and sources, in OpenAlex's dialect. Null means not known.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_AUTHENTICATION": [],
    "SCHEMA_PATH_PREFIX": "/api",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        "CitationFigureEnum": ["counted", "reported"],
        "NoticeKindEnum": "papers.domain.relations.NOTICE_KINDS",
    },
}
