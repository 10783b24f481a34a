"""What becomes of a record when its owner is none any more: what they had set on it is taken back."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from claims.models import Claim
from claims.selectors.ownership import is_owner, owner_of, records_of
from common.hooks import OwnershipLost
from common.queue import enqueue
from papers.models import BylineDecision
from papers.models.identity import canonical
from papers.services.bylines import BylineRefused, withdraw_decision
from papers.services.privacy import set_private_names
from profiles.models import AttributionRequest, OptOut, Profile
from profiles.services.listing import end_all
from profiles.services.names import withdraw_name

MOST_AT_ONCE = 200


def settle_when_lost(event: OwnershipLost) -> None:
    """The task finds former owners itself, so a lost message costs minutes."""
    del event
    enqueue("profiles.settle_former_owners")


def settle_former_owners(*, now: datetime) -> int:
    """Look after every record whose owner lost it; returns how many profiles were settled. Safe to run twice."""
    owning = Claim.objects.owning().filter(
        Q(author_id=OuterRef("canonical_id")) | Q(author__merged_into=OuterRef("canonical_id")),
        user_id=OuterRef("user_id"),
        user__is_active=True,
    )
    waiting = (
        Profile.objects.filter(is_settled=False)
        .annotate(canonical_id=canonical("author"))
        .filter(~Exists(owning))
        .order_by("pk")
    )
    rows = list(waiting.values_list("pk", flat=True)[:MOST_AT_ONCE])
    return sum(settle_profile(profile_id=pk, now=now) for pk in rows)


@transaction.atomic
def settle_profile(*, profile_id: int, now: datetime) -> bool:
    """Take back what this former owner had set; says whether there was anything to do.

    Their words are not shown in any case; the row stays for a claim that is made good again.
    """
    profile = Profile.objects.select_for_update(of=("self",)).select_related("author", "user").get(pk=profile_id)
    author_id = profile.author.canonical_id
    if profile.is_settled or is_owner(user=profile.user, author_id=author_id):
        return False
    withdraw_name(user_id=profile.user_id, author_id=author_id, now=now)
    _withdraw_decisions(profile, now)
    waiting = AttributionRequest.objects.filter(author__in=records_of([author_id]), user=profile.user, state="waiting")
    waiting.update(state="withdrawn", decided_at=now)
    if owner_of(author_id) is None:
        set_private_names(author_id=author_id, is_private=False, now=now)
    theirs = OptOut.objects.filter(
        author_id__in=records_of([author_id]), state="standing", proof="owner", user=profile.user
    )
    if theirs.exists():
        end_all(author_id=author_id, now=now)
    Profile.objects.filter(pk=profile.pk).update(is_settled=True)
    return True


def _withdraw_decisions(profile: Profile, now: datetime) -> None:
    """The newest first; one that cannot be undone, since a later word forbids it, stays for a curator."""
    mine = BylineDecision.objects.filter(
        by=profile.user, author_id__in=records_of([profile.author_id]), withdrawn_at=None
    )
    for decision_id in mine.order_by("-at", "-pk").values_list("pk", flat=True):
        try:
            with transaction.atomic():
                withdraw_decision(decision_id=decision_id, by=profile.user, now=now)
        except BylineRefused:
            continue
