"""What papers keeps of a person's decisions about records, for the export."""

from collections.abc import Mapping
from typing import Any

from papers.domain.public_ids import encode
from papers.models import BylineDecision, Correction, RecordRevision, VenueMerge


def export_user_data(user_id: int) -> Mapping[str, list[Any]]:
    """Corrections of fields, decisions about who wrote what, merges and splits that this person made; oldest first."""
    corrections = Correction.objects.filter(by_id=user_id).order_by("pk")
    decisions = BylineDecision.objects.filter(by_id=user_id).order_by("pk")
    acts = RecordRevision.objects.filter(by_id=user_id).order_by("pk")
    return {
        "corrections": list(corrections.values("kind", "field", "value", "reason", "at")),
        "byline_decisions": [_decision(decision) for decision in decisions],
        "merges_and_splits": list(acts.values("kind", "author_ids", "reason", "at", "undone_at")),
        "venue_merges": list(VenueMerge.objects.filter(by_id=user_id).order_by("pk").values("kept", "merged", "at")),
    }


def _decision(decision: BylineDecision) -> dict[str, object]:
    return {
        "work": encode("W", decision.paper_id),
        "author": encode("A", decision.author_id),
        "is_theirs": decision.is_theirs,
        "printed_name": decision.printed_name,
        "reason": decision.reason,
        "at": decision.at,
        "withdrawn_at": decision.withdrawn_at,
    }
