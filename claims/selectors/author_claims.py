"""What the author page knows of claims: what everybody sees, and the one step that fits whoever looks."""

from dataclasses import dataclass
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser
from django.db import DEFAULT_DB_ALIAS
from django.urls import reverse

from accounts.models import User
from claims.domain.states import OPEN, OWNING, State
from claims.models import Claim
from claims.selectors.claim_status import status_of
from common.db.sql import fetch
from metrics.services.claim_status import ClaimStatus


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
    """`is_claimed` and `status` are for everybody; `step` and `url` are the visitor's own."""

    is_claimed: bool
    status: ClaimStatus | None
    step: Step
    url: str


_FIELDS = [field.attname for field in Claim._meta.concrete_fields]
_ON_RECORD = f"""
SELECT {", ".join(f"c.{field.column}" for field in Claim._meta.concrete_fields)},
       EXISTS (SELECT 1 FROM account_emailaddress e WHERE e.user_id = c.user_id AND e.verified) AS has_address
FROM canonical_author a JOIN claims_claim c ON c.author_id = a.id JOIN accounts_user u ON u.id = c.user_id
WHERE {{record}} = %(author)s
  AND (c.state = ANY(%(owning)s) AND u.is_active OR c.user_id = %(viewer)s AND c.state = ANY(%(open)s))
"""
# Planned once: to build this for each page, of records that nobody has claimed, was a seventh of a page's time.
_CLAIMS = (
    f"{_ON_RECORD.format(record='a.id')} UNION ALL {_ON_RECORD.format(record='a.merge_target_id')} "
    "ORDER BY approved_at, id"
)


def claim_on_page(author_id: int, public_id: str, viewer: User | AnonymousUser) -> ClaimOnPage:
    """One query. A stranger learns whether the record is claimed and nothing else."""
    asked = {
        "author": author_id,
        "viewer": viewer.pk or 0,
        "owning": [state.value for state in OWNING],
        "open": [state.value for state in OPEN],
    }
    proved: dict[int, bool] = {}
    rows = []
    for values in fetch(_CLAIMS, asked, is_prepared=True):
        row = Claim.from_db(DEFAULT_DB_ALIAS, _FIELDS, values[: len(_FIELDS)])
        proved[row.pk] = values[-1]
        rows.append(row)
    owning = sorted((row for row in rows if row.is_owning), key=lambda row: row.author_id != author_id)
    owner = owning[0] if owning else None
    mine = next((row for row in rows if row.is_open and row.user_id == viewer.pk), None)
    step, claim = _step(owner, mine, viewer)
    url = reverse("claims:claim", args=[claim.key]) if claim else reverse("claims:start", args=[public_id])
    status = status_of(owner, has_address=proved[owner.pk]) if owner else None
    return ClaimOnPage(owner is not None, status, step, url)


def _step(owner: Claim | None, mine: Claim | None, viewer: User | AnonymousUser) -> tuple[Step, Claim | None]:
    if not viewer.is_authenticated:
        return Step.LOG_IN, None
    if owner is not None and owner.user_id == viewer.pk:
        return (Step.YOURS_DISPUTED if owner.at is State.DISPUTED else Step.YOURS), owner
    if mine is not None:
        return (Step.REVIEW if mine.at is State.PENDING else Step.CONTINUE), mine
    return (Step.DISPUTE if owner is not None else Step.START), None
