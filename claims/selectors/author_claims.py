"""What the author page knows of claims: what everybody sees, and the one step that fits whoever looks."""

from dataclasses import dataclass
from enum import StrEnum

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from accounts.models import User
from claims.domain.states import OPEN, OWNING, State
from claims.models import Claim
from claims.selectors.ownership import records_of
from claims.selectors.standing import standing_of
from common.planned import rows_of
from metrics.services.standing import Standing


class Step(StrEnum):
    """What a visitor can do about the record."""

    LOG_IN = "log_in"
    START = "start"
    CONTINUE = "continue"
    REVIEW = "review"  # theirs is under review
    YOURS = "yours"
    YOURS_DISPUTED = "yours_disputed"
    DISPUTE = "dispute"  # claimed by another


@dataclass(frozen=True, slots=True)
class ClaimOnPage:
    """`is_claimed` and `standing` are for everybody; `step` and `url` are the visitor's own."""

    is_claimed: bool
    standing: Standing | None
    step: Step
    url: str


# Most records are claimed by nobody, and building the whole query for them was a seventh of a page's time.
_ANYTHING_TO_SAY = """
SELECT 1 FROM claims_claim c JOIN papers_author a ON a.id = c.author_id
WHERE a.id = %(author)s AND (c.state = ANY(%(owning)s) OR c.user_id = %(viewer)s)
UNION ALL
SELECT 1 FROM claims_claim c JOIN papers_author a ON a.id = c.author_id
WHERE a.merged_into_id = %(author)s AND (c.state = ANY(%(owning)s) OR c.user_id = %(viewer)s)
LIMIT 1"""


def claim_on_page(author_id: int, public_id: str, viewer: User | AnonymousUser) -> ClaimOnPage:
    """One query, or two where there is a claim. A stranger learns whether the record is claimed and nothing else."""
    owning_states = [state.value for state in OWNING]
    asked = {"author": author_id, "owning": owning_states, "viewer": viewer.pk or 0}
    if not rows_of(_ANYTHING_TO_SAY, asked):
        step = Step.START if viewer.is_authenticated else Step.LOG_IN
        return ClaimOnPage(False, None, step, reverse("claims:start", args=[public_id]))
    return _claim_on_page(author_id, public_id, viewer)


def _claim_on_page(author_id: int, public_id: str, viewer: User | AnonymousUser) -> ClaimOnPage:
    proved = EmailAddress.objects.filter(user_id=OuterRef("user_id"), verified=True)
    wanted = Q(state__in=[state.value for state in OWNING], user__is_active=True)
    if viewer.is_authenticated:
        wanted |= Q(state__in=[state.value for state in OPEN], user_id=viewer.pk)
    rows = list(
        Claim.objects.filter(wanted, author_id__in=records_of([author_id]))
        .annotate(has_address=Exists(proved))
        .order_by("approved_at", "pk")
    )
    owning = sorted((row for row in rows if row.is_owning), key=lambda row: row.author_id != author_id)
    owner = owning[0] if owning else None
    mine = next((row for row in rows if row.is_open and row.user_id == viewer.pk), None)
    step, claim = _step(owner, mine, viewer)
    url = reverse("claims:claim", args=[claim.key]) if claim else reverse("claims:start", args=[public_id])
    standing = standing_of(owner, has_address=bool(getattr(owner, "has_address", False))) if owner else None
    return ClaimOnPage(owner is not None, standing, step, url)


def _step(owner: Claim | None, mine: Claim | None, viewer: User | AnonymousUser) -> tuple[Step, Claim | None]:
    if not viewer.is_authenticated:
        return Step.LOG_IN, None
    if owner is not None and owner.user_id == viewer.pk:
        return (Step.YOURS_DISPUTED if owner.at is State.DISPUTED else Step.YOURS), owner
    if mine is not None:
        return (Step.REVIEW if mine.at is State.PENDING else Step.CONTINUE), mine
    return (Step.DISPUTE if owner is not None else Step.START), None
