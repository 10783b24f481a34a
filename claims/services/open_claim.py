"""Opening a claim: the name gate, and a draft in which evidence is gathered."""

from collections.abc import Collection
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.models import User
from claims.domain.names import NameVerdict, name_verdict
from claims.domain.refusals import ClaimRefused
from claims.domain.states import State
from claims.models import Claim
from claims.policy import LEAST_EXPLANATION, MOST_OPEN_CLAIMS
from claims.selectors.ownership import is_owner, records_of
from claims.selectors.record import MOST_WORKS, known_names_of, works_of
from claims.services.transitions import lock_claims_of, write_event
from common.richtext.text import clean_line
from common.richtext.user_text import clean_typed
from papers.models import Author


@transaction.atomic
def open_claim(
    *,
    user: User,
    author_id: int,
    former_name: str = "",
    explanation: str = "",
    paper_ids: Collection[int] = (),
    now: datetime,
) -> Claim:
    """A draft for this user and record, or the claim that is open already; on some papers of the record, () for all.

    Papers that are chosen again replace those of the draft.
    Raises ClaimRefused: "gone" for a record that does not stand, "yours", "no_name" for an account without one,
    "unproved" without a verified address, "explain" for another name without a former one or a reason, "too_many",
    "works" for papers that are none of the record's.
    """
    author = _claimable(user, author_id)
    mine = Claim.objects.open().filter(user=user)
    works = _part(author_id, paper_ids)
    if (existing := mine.filter(author_id__in=records_of([author_id])).first()) is not None:
        return _on_works(existing, works)
    if mine.count() >= MOST_OPEN_CLAIMS:
        raise ClaimRefused("too_many")
    former, words = clean_line(former_name)[:300], clean_typed(explanation)[:2000]
    verdict = _verdict(user, author, is_explained=bool(former) or len(words) >= LEAST_EXPLANATION)
    claim = Claim.objects.create(
        user=user,
        author=author,
        claimed_name=user.name,
        name_verdict=verdict.value,
        former_name=former,
        explanation=words,
        works=works,
        opened_at=now,
    )
    write_event(claim, "open", by=user, now=now, details={"works": len(works)} if works else None)
    return claim


def _claimable(user: User, author_id: int) -> Author:
    """The record, locked until the claim is written."""
    author = Author.objects.filter(pk=author_id, merged_into=None).first()
    if author is None:
        raise ClaimRefused("gone")
    _check_account(user)
    lock_claims_of(author_id)
    if is_owner(user=user, author_id=author_id):
        raise ClaimRefused("yours")
    return author


def _verdict(user: User, author: Author, *, is_explained: bool) -> NameVerdict:
    verdict = name_verdict(user.name, known_names_of(author.pk))
    if verdict is NameVerdict.MISMATCH and not author.is_listed:
        raise ClaimRefused("gone")
    if verdict is NameVerdict.MISMATCH and not is_explained:
        raise ClaimRefused("explain")
    return verdict


def _on_works(claim: Claim, works: list[int]) -> Claim:
    """The claim that is open already, on these works while it is not sent."""
    if claim.at is State.DRAFT and claim.works != works:
        claim.works = works
        claim.save(update_fields=["works"])
    return claim


def _part(author_id: int, paper_ids: Collection[int]) -> list[int]:
    """The record's papers among these, [] where that is all of them."""
    works = set(works_of(author_id).values_list("pk", flat=True)) if paper_ids else set()
    chosen = works & set(paper_ids)
    if paper_ids and not chosen:
        raise ClaimRefused("works")
    return sorted(chosen)[:MOST_WORKS] if chosen != works else []


def _check_account(user: User) -> None:
    if not user.name.strip():
        raise ClaimRefused("no_name")
    if not EmailAddress.objects.filter(user=user, verified=True).exists():
        raise ClaimRefused("unproved")
