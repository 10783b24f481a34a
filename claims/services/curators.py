"""What every decision of a curator begins with."""

from django.core.exceptions import PermissionDenied

from accounts.models import User
from claims.domain.refusals import ClaimRefused
from claims.models import Claim


def check_curator(claim: Claim, by: User, right: str) -> None:
    """Raises PermissionDenied without the right, and ClaimRefused ("own_claim") for one's own claim."""
    if not by.is_active or not by.has_perm(right):
        raise PermissionDenied(right)
    if by.pk == claim.user_id:
        raise ClaimRefused("own_claim")
