"""What collaborations hold on a person, for the export."""

from typing import Any

from accounts.models import User
from collaborations.models import Openness


def held_on(user: User) -> dict[str, list[Any]]:
    """Whether they take invitations, and which."""
    return {"openness": list(Openness.objects.filter(user=user).values("is_open", "purposes", "note"))}
