"""All that claims hold on one person, for their export."""

from typing import Any

from accounts.models import MailedCode
from claims.models import Claim, ClaimEvent, Evidence, OutsideCheck, VouchRequest
from papers.domain.public_ids import encode


def export_user_data(user_id: int) -> dict[str, Any]:
    """Claims with their evidence, history, codes sent and checks made; and for whom the person was asked to vouch."""
    claims = Claim.objects.filter(user_id=user_id).select_related("author").order_by("pk")
    asked = VouchRequest.objects.filter(voucher_id=user_id).select_related("claim__author").order_by("pk")
    return {
        "claims": [_claim(claim) for claim in claims],
        "vouching": [
            {
                "record": request.claim.author.public_id,
                "record_name": request.claim.author.name,
                "state": request.state,
                "asked_at": request.asked_at,
                "answered_at": request.answered_at,
            }
            for request in asked
        ],
    }


def _claim(claim: Claim) -> dict[str, Any]:
    columns = (
        "state",
        "claimed_name",
        "name_verdict",
        "former_name",
        "explanation",
        "strong_kinds",
        "question",
        "opened_at",
        "submitted_at",
        "due_at",
        "approved_at",
        "closed_at",
        "confirmed_at",
        "upheld_report_at",
    )
    events = ClaimEvent.objects.filter(claim=claim).order_by("pk")
    evidence = Evidence.objects.filter(claim=claim).order_by("pk")
    codes = MailedCode.objects.filter(purpose="claims", about_id=claim.pk).order_by("pk")
    checks = OutsideCheck.objects.filter(claim=claim).order_by("pk")
    requests = VouchRequest.objects.filter(claim=claim).select_related("author").order_by("pk")
    return {
        "id": str(claim.key),
        "record": claim.author.public_id,
        "record_name": claim.author.name,
        "works": [encode("W", pk) for pk in claim.works],
        **{column: getattr(claim, column) for column in columns},
        "evidence": list(evidence.values("kind", "subject", "against", "found", "is_passed", "weight", "checked_at")),
        "history": list(events.values("transition", "from_state", "to_state", "reason", "at")),
        "codes_sent": list(codes.values("address", "sent_at", "used_at")),
        "checks": list(checks.values("kind", "subject", "state", "outcome", "asked_at", "finished_at")),
        "asked_to_vouch": [{"record": r.author.public_id, "state": r.state, "asked_at": r.asked_at} for r in requests],
    }
