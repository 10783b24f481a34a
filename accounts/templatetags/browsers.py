"""Browsers by their names."""

from django import template
from django.utils.translation import gettext as _

from accounts.domain.browsers import browser_of

register = template.Library()


@register.filter
def browser_name(user_agent: str) -> str:
    """As "Firefox on Linux"; what is not recognised stands as it is, cut to 90 characters."""
    browser, system = browser_of(user_agent)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or user_agent[:90] or _("Unknown browser")
