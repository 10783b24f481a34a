"""What profiles holds on a person, for the export."""

from typing import Any

from papers.domain.public_ids import encode
from profiles.models import AttributionRequest, OptOut, Profile


def export_user_data(user_id: int) -> dict[str, list[Any]]:
    """Pages and what is said on them, requests for works, and wishes not to be listed."""
    return {
        "profiles": [_profile(profile) for profile in Profile.objects.filter(user_id=user_id).order_by("pk")],
        "authorship_requests": [
            _request(request) for request in AttributionRequest.objects.filter(user_id=user_id).order_by("pk")
        ],
        "wishes_not_to_be_listed": list(
            OptOut.objects.filter(user_id=user_id)
            .order_by("pk")
            .values("author_id", "proof", "state", "asked_at", "decided_at", "ended_at")
        ),
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
