"""Records that may be somebody's, on the page where one arrives after logging in."""

from typing import Any

from django import template

from claims.models import Claim
from claims.selectors.suggestions import Suggestion, suggestions_for

register = template.Library()

SHOWN = 3


@register.simple_tag
def records_that_may_be(user: Any) -> list[Suggestion]:
    """The likeliest few for somebody who has claimed nothing yet; nobody else is asked."""
    if not user.is_authenticated or Claim.objects.filter(user=user).exists():
        return []
    return suggestions_for(user, most=SHOWN)
