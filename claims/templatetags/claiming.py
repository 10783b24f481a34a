"""Records that may be somebody's, on the page where one arrives after logging in; what states and events are called."""

from typing import Any

from django import template

from claims.models import Claim
from claims.presenters.labels import event_name, outcome_name, state_name
from claims.presenters.record_log import sentence_of
from claims.presenters.suggestions import reason_text
from claims.selectors.suggestions import Suggestion, suggestions_for

register = template.Library()
register.filter("claim_state", state_name)
register.filter("claim_event", event_name)
register.filter("check_outcome", outcome_name)
register.filter("suggestion_reason", reason_text)
register.filter("log_sentence", sentence_of)

SHOWN = 3


@register.simple_tag
def records_that_may_be(user: Any) -> list[Suggestion]:
    """The likeliest few for somebody who has claimed nothing yet; nobody else is asked."""
    if not user.is_authenticated or Claim.objects.filter(user=user).exists():
        return []
    return suggestions_for(user, most=SHOWN)
