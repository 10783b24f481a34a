"""A claim on some works of a record: its approval makes them a record of their own, which is then the claimed one."""

from datetime import datetime

from django.db import OperationalError

from accounts.models import User
from claims.domain.refusals import ClaimRefused
from claims.models import Claim
from claims.selectors.orcids import authenticated_orcid
from claims.selectors.record import works_of
from claims.services.records import split_record
from claims.services.transitions import canonical_id
from papers.models import Author, AuthorIdentifier
from papers.services.author_revisions import RevisionRefused

_REASON = "Claimed as works of {name}; a curator agreed"


def part_record(claim: Claim, *, by: User, now: datetime) -> None:
    """Move the claimed works to a new record and the claim to that; inside the transaction that approves it.

    What no longer stands on the record is left where it is. That the works are the new record's and not the old one's
    is a decision, which imports and settlings keep. Raises ClaimRefused: "works" where none stands there any more,
    "busy" while an import writes.
    """
    author_id = canonical_id(claim)
    standing = set(works_of(author_id).values_list("pk", flat=True))
    chosen = standing & set(claim.works)
    if not chosen:
        raise ClaimRefused("works")
    claim.works = []
    if chosen == standing:
        claim.save(update_fields=["works"])
        return
    try:
        revision = split_record(
            author_id=author_id,
            paper_ids=chosen,
            to_author_id=None,
            name="",
            identifier_ids=_their_orcid(claim, author_id),
            name_ids=(),
            by=by,
            reason=_REASON.format(name=claim.claimed_name),
            now=now,
        )
    except RevisionRefused:
        raise ClaimRefused("works") from None
    except OperationalError:
        raise ClaimRefused("busy") from None
    claim.author = Author.objects.get(pk=next(pk for pk in revision.author_ids if pk != author_id))
    claim.save(update_fields=["author", "works"])


def _their_orcid(claim: Claim, author_id: int) -> list[int]:
    """The row of the record's iD that the claimant has logged in with, if any: it goes along."""
    orcid = authenticated_orcid(claim.user)
    rows = AuthorIdentifier.objects.filter(author=author_id, scheme="orcid", value=orcid or "")
    return list(rows.order_by("pk").values_list("pk", flat=True))
