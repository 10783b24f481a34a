"""What claims say of authors to the trust formula."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef

from claims.models import Claim
from claims.policy import StrongKind
from claims.selectors.ownership import owning_claims
from metrics.formulas.trust import StrongEvidence
from metrics.services.claim_status import ClaimStatus
from papers.models.identity import canonical

_STRONG = {kind.value: StrongEvidence(kind.value) for kind in StrongKind}


class ClaimsProvider:
    """The status that claims give; registered with metrics when the application is ready."""

    def statuses(self, author_ids: Sequence[int]) -> Mapping[int, ClaimStatus]:
        return claim_status_of(author_ids)

    def verified_authors(self) -> Collection[int]:
        return verified_authors()


def claim_status_of(author_ids: Iterable[int]) -> dict[int, ClaimStatus]:
    """The status of those of the records that stand which somebody owns, as it is this moment."""
    proved = EmailAddress.objects.filter(user_id=OuterRef("user_id"), verified=True)
    found: dict[int, ClaimStatus] = {}
    for claim in owning_claims(author_ids).select_related("author").annotate(has_address=Exists(proved)):
        author_id: int = claim.author.canonical_id
        if author_id not in found:
            found[author_id] = status_of(claim, has_address=bool(getattr(claim, "has_address", False)))
    return found


def status_of(claim: Claim, *, has_address: bool) -> ClaimStatus:
    """What one claim that owns its record says."""
    return ClaimStatus(
        is_claimed=True,
        is_email_verified=has_address,
        strong=frozenset(_STRONG[kind] for kind in claim.strong_kinds),
        claimed_date=claim.approved_at.date() if claim.approved_at else None,
        confirmed_date=claim.confirmed_at.date() if claim.confirmed_at else None,
        has_upheld_report=claim.upheld_report_at is not None,
    )


def verified_authors() -> list[int]:
    """Records that stand and whose owner is known by strong evidence (L3 or above)."""
    verified = Claim.objects.owning().filter(user__is_active=True, strong_kinds__len__gt=0)
    status = verified.order_by("pk").values_list(canonical("author"), flat=True)
    return sorted(set(status))
