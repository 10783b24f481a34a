"""Saying whether one takes invitations."""

from collections.abc import Collection

from accounts.models import User
from collaborations.domain.purposes import Purpose
from collaborations.models import CollaborationPreference
from common.richtext.text import clean_line

LONGEST_NOTE = 300


def set_preference(*, user: User, is_open: bool, purposes: Collection[str], note: str) -> CollaborationPreference:
    """Purposes that nobody knows are dropped; the order is that of the list."""
    values = {
        "is_open": is_open,
        "purposes": [purpose.value for purpose in Purpose if purpose.value in purposes],
        "note": clean_line(note)[:LONGEST_NOTE],
    }
    return CollaborationPreference.objects.update_or_create(user=user, defaults=values)[0]
