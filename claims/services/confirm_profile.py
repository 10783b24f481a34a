"""The owner says that the page is right, which counts for trust for twelve months; and what reports say against it."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from claims.domain.refusals import ClaimMoved
from claims.models import Claim
from claims.selectors.ownership import owning_claims
from claims.services.recompute_trust import recompute_trust
from claims.services.submit import check_claimant
from claims.services.transitions import locked_claim, write_event


@transaction.atomic
def confirm_profile(*, claim_id: int, by: User, now: datetime) -> Claim:
    """Raises ClaimRefused ("not_yours") or ClaimMoved for one who owns the record no longer."""
    claim = locked_claim(claim_id)
    check_claimant(claim, by)
    if not Claim.objects.owning().filter(pk=claim.pk).update(confirmed_at=now):
        raise ClaimMoved
    write_event(claim, "confirm", by=by, now=now)
    claim.refresh_from_db()
    recompute_trust(claim, now=now)
    return claim


@transaction.atomic
def note_upheld_report(*, author_id: int, now: datetime) -> None:
    """A report against the owner of this record was upheld; nothing happens for a record that nobody owns."""
    claim = owning_claims([author_id]).select_related("author", "user").first()
    if claim is None:
        return
    claim = locked_claim(claim.pk)
    Claim.objects.owning().filter(pk=claim.pk).update(upheld_report_at=now)
    write_event(claim, "upheld_report", by=None, now=now)
    claim.refresh_from_db()
    recompute_trust(claim, now=now)
