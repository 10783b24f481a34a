"""How much waits to be read, and why somebody is a candidate."""

from django import template
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from collaborations.presenters.people import reason_text
from collaborations.selectors.inbox import UNREAD_COUNTED, unread_count

register = template.Library()
register.filter("candidate_reason", reason_text)


@register.simple_tag
def unread_talks(user: User | AnonymousUser) -> str:
    """ "3", "99+", or "" when nothing waits. One query, and none for a visitor who is not logged in."""
    if not user.is_authenticated:
        return ""
    count = unread_count(user.pk)
    return str(count) if 0 < count < UNREAD_COUNTED else "99+" if count else ""
