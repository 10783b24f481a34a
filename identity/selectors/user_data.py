"""What identity keeps of a person's decisions, for the export."""

from collections.abc import Mapping
from typing import Any

from identity.models import IdentityConstraint


def export_user_data(user_id: int) -> Mapping[str, list[Any]]:
    """Who is whom by this person's word, oldest first."""
    rows = IdentityConstraint.objects.filter(by_id=user_id).order_by("pk")
    return {"decisions": list(rows.values("kind", "author", "other", "paper", "why", "at", "withdrawn_at"))}
