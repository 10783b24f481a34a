"""The ORCID iD that an account is connected to by logging in at ORCID."""

from allauth.socialaccount.models import SocialAccount

from accounts.models import User
from papers.domain.identifiers import InvalidIdentifier, parse_identifier


def authenticated_orcid(user: User) -> str | None:
    """In canonical form; None where none is connected, or more than one."""
    found = set()
    for uid in SocialAccount.objects.filter(user=user, provider="orcid").order_by("pk").values_list("uid", flat=True):
        try:
            found.add(parse_identifier("orcid", uid).value)
        except InvalidIdentifier:
            continue
    return found.pop() if len(found) == 1 else None
