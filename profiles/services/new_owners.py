"""What happens on a page once it has a new owner."""

from datetime import datetime, timedelta

from claims.models import Claim
from common.hooks import ClaimApproved
from common.queue import enqueue
from profiles.services.opt_outs_by_mail import end_for_owner
from profiles.services.work_notices import notify_new_owner

WITHIN = timedelta(days=7)
MOST_AT_ONCE = 1_000


def welcome_when_approved(event: ClaimApproved) -> None:
    """Followers and the owner are told; each task finds new owners itself, so a lost message costs minutes."""
    del event
    enqueue("profiles.tell_of_owners")
    enqueue("profiles.welcome_new_owners")


def welcome_new_owners(*, now: datetime) -> int:
    """Look after pages that got an owner in the last days; each claim once, however often this runs. Returns how many
    of them others had asked to hide, or had taken works from."""
    claims = (
        Claim.objects.owning()
        .filter(approved_at__gt=now - WITHIN, user__is_active=True)
        .select_related("author__merged_into", "user")
        .order_by("approved_at", "pk")
    )
    return sum(welcome(claim, now=now) for claim in claims[:MOST_AT_ONCE])


def welcome(claim: Claim, *, now: datetime) -> bool:
    """Show the page again if somebody else had it hidden, and tell its owner which works had left it."""
    ended = end_for_owner(claim, now=now)
    return notify_new_owner(claim, now=now) or bool(ended)
