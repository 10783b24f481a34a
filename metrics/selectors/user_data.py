"""What metrics keeps of a person's decisions, for the export."""

from collections.abc import Mapping
from typing import Any

from metrics.models import AutomaticTraining


def export_user_data(user_id: int) -> Mapping[str, list[Any]]:
    """Whether models may be trained without a hand, if this person decided it."""
    rows = AutomaticTraining.objects.filter(decided_by_id=user_id)
    return {"automatic_training": list(rows.values("is_allowed", "decided_at"))}
