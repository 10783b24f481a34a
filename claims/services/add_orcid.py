"""The ORCID iD that the claimant has logged in with. One that is typed anywhere is never evidence."""

from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from claims.domain.kinds import EvidenceKind
from claims.domain.names import NameVerdict
from claims.domain.refusals import ClaimRefused
from claims.domain.states import OPEN
from claims.models import Claim, Evidence
from claims.selectors.orcids import authenticated_orcid
from claims.selectors.ownership import owning_claims
from claims.selectors.record import orcids_of
from claims.services.approve import approve_locked
from claims.services.evidence import add_evidence, is_used_by_others
from claims.services.turning import locked_claim, standing_id


@transaction.atomic
def add_orcid(*, claim_id: int, now: datetime) -> Evidence:
    """Hold the claimant's authenticated iD against the record's; equal, it approves the claim at once where nothing
    speaks against it. Raises ClaimRefused ("no_orcid", "closed")."""
    claim = locked_claim(claim_id)
    orcid = authenticated_orcid(claim.user)
    if orcid is None:
        raise ClaimRefused("no_orcid")
    stated = orcids_of(standing_id(claim))
    is_equal = orcid in stated
    evidence = add_evidence(
        claim,
        EvidenceKind.ORCID_ON_RECORD,
        subject=orcid,
        against=", ".join(stated),
        is_passed=is_equal,
        found={"stands_against": _stands_against(claim, orcid)} if is_equal else {},
        now=now,
    )
    if is_equal and claim.at in OPEN and not _stands_against(claim, orcid):
        approve_locked(claim, by=None, now=now)
    return evidence


def _stands_against(claim: Claim, orcid: str) -> list[str]:
    """Why an equal iD does not approve by itself: each is for a curator to look at."""
    reasons = []
    if claim.name_verdict == NameVerdict.MISMATCH.value:
        reasons.append("name")
    if owning_claims([standing_id(claim)]).exclude(user_id=claim.user_id).exists():
        reasons.append("owner")
    others = SocialAccount.objects.filter(provider="orcid", uid__icontains=orcid).exclude(user_id=claim.user_id)
    if others.exists() or is_used_by_others(claim, EvidenceKind.ORCID_ON_RECORD, orcid):
        reasons.append("shared")
    if len(set(orcids_of(standing_id(claim)))) > 1:
        reasons.append("several")
    return reasons
