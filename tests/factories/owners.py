"""People who own author records, as an approved claim leaves them."""

from datetime import UTC, datetime

from accounts.models import User
from claims.models import Claim
from papers.models import Author

THEN = datetime(2026, 11, 1, 12, tzinfo=UTC)


def make_owner(user: User, author: Author, *, state: str = "approved", former_name: str = "") -> Claim:
    return Claim.objects.create(
        user=user,
        author=author,
        state=state,
        claimed_name=user.name,
        name_verdict="same",
        former_name=former_name,
        opened_at=THEN,
        submitted_at=THEN,
        approved_at=THEN,
    )


def revoke(claim: Claim) -> None:
    Claim.objects.filter(pk=claim.pk).update(state="revoked", closed_at=THEN)
