"""What the groups are called by which records are browsed."""

from dataclasses import replace

from django.utils.translation import gettext as _

from catalogue.selectors import browse as selectors


def named_groups(kind: str) -> tuple[selectors.Group, ...]:
    """The groups of a kind, each with a name."""
    rest = _("Country not known") if selectors.KINDS[kind].country else _("Other")
    return tuple(replace(group, name=group.name or rest) for group in selectors.groups(kind))
