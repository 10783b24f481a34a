"""By which names a person's works may be theirs."""

from accounts.models import User
from claims.domain.states import Action
from claims.models import ClaimEvent
from claims.selectors.ownership import owning_claims
from claims.selectors.record import names_of


def known_names(*, user: User, author_id: int) -> list[str]:
    """Names that sources or a curator vouch for: the record's, and those of a claim that a curator approved.

    The name on a claim that an ORCID iD approved by itself is what somebody typed, and so is an owner's own word.
    """
    names = names_of(author_id)
    looked_at = ClaimEvent.objects.filter(transition=Action.APPROVE.value, by__isnull=False).values("claim_id")
    for claim in owning_claims([author_id]).filter(user=user, pk__in=looked_at):
        names += [claim.claimed_name, claim.former_name]
    return list(dict.fromkeys(name for name in names if name))
