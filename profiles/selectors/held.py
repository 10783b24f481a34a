"""What profiles holds on a person, for the export."""

from typing import Any

from accounts.models import User
from papers.domain.public_ids import encode
from papers.models import BylineDecision, Correction
from profiles.models import AttributionRequest, OptOut, Profile


def held_on(user: User) -> dict[str, list[Any]]:
    """Pages and what is said on them, corrections, requests for works, and wishes not to be listed."""
    return {
        "profiles": [_profile(profile) for profile in Profile.objects.filter(user=user).order_by("pk")],
        "name_corrections": list(
            Correction.objects.filter(by=user).order_by("pk").values("kind", "field", "value", "reason", "at")
        ),
        "byline_decisions": [_decision(decision) for decision in BylineDecision.objects.filter(by=user).order_by("pk")],
        "authorship_requests": [
            _request(request) for request in AttributionRequest.objects.filter(user=user).order_by("pk")
        ],
        "wishes_not_to_be_listed": list(
            OptOut.objects.filter(user=user)
            .order_by("pk")
            .values("author_id", "proof", "state", "asked_at", "decided_at", "ended_at")
        ),
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


def _request(request: AttributionRequest) -> dict[str, object]:
    return {
        "author": encode("A", request.author_id),
        "work": encode("W", request.paper_id),
        "printed_name": request.printed_name,
        "state": request.state,
        "answer": request.answer,
        "asked_at": request.asked_at,
        "decided_at": request.decided_at,
    }


def _profile(profile: Profile) -> dict[str, object]:
    return {
        "author": encode("A", profile.author_id),
        "bio": profile.bio,
        "affiliation": profile.affiliation,
        "links": profile.links,
        "names": profile.names,
        "photo": bool(profile.photo),
        "pinned_works": [
            encode("W", pk) for pk in profile.pins.order_by("position").values_list("paper_id", flat=True)
        ],
        "changed_at": profile.changed_at,
    }
