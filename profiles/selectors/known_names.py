"""By which names a person's works may be theirs."""

from accounts.models import User
from claims.selectors.ownership import owning_claims
from papers.models import Author


def known_names(*, user: User, author_id: int) -> list[str]:
    """The record's own names, and those that the approved claim brought and a decision looked at."""
    author = Author.objects.get(pk=author_id)
    names = [author.name, *author.names.order_by("pk").values_list("name", flat=True)[:100]]
    for claim in owning_claims([author_id]).filter(user=user):
        names += [claim.claimed_name, claim.former_name]
    return list(dict.fromkeys(name for name in names if name))
