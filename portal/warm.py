"""A web process made ready before its first request: what every page needs is read, and left alone from then on."""

from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import get_template
from django.urls import get_resolver

from common.collector import spare_what_lives

MOST_READ = (
    "profiles/author_detail.html",
    "catalogue/paper_detail.html",
    "search/results.html",
    "portal/home.html",
    "404.html",
)


def warm_up() -> None:
    """Read routes and the templates that are read most, then exempt all that lives now from garbage collection.

    Measured: docs/adr/0014. A template that does not compile fails where it is rendered, not here.
    """
    get_resolver().url_patterns  # noqa: B018  # importing the views is what this is for
    for name in MOST_READ:
        try:
            get_template(name)
        except (TemplateDoesNotExist, TemplateSyntaxError):
            continue
    spare_what_lives()
