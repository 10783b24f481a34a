"""The export of all that the portal holds on a person, composed of what each app answers; and what profiles answers."""

import json
from collections.abc import Iterator
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from accounts.models import User
from common.hooks import on_user_exported
from papers.domain.public_ids import encode
from profiles.models import AttributionRequest, OptOut, Profile

MOST_CHARACTERS = 50_000_000


def exported(user: User, *, now: str) -> Iterator[str]:
    """JSON piece by piece: an object with a part for each app. What is too much ends with `is_cut` true."""
    written = 0
    yield json.dumps({"portal": "Colophon", "made_at": now})[:-1]
    for app, parts in on_user_exported.answers(user.pk):
        for name, value in parts.items():
            text = json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
            written += len(text)
            if written > MOST_CHARACTERS:
                yield ', "is_cut": true}'
                return
            yield f", {json.dumps(f'{app}.{name}')}: {text}"
    yield ', "is_cut": false}'


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
