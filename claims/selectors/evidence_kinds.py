"""What a kind of evidence is, and the kinds there are.

A new kind is a module of `claims/evidence` with one `EvidenceKind` in it, and a line in `claims/evidence/__init__.py`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import URLPattern
from django.utils.functional import Promise

from accounts.models import User
from claims.domain.mail_domains import Affiliation
from claims.models import Claim, Evidence, OutsideCheck, VouchRequest
from claims.policy import Worth
from claims.selectors.orcids import authenticated_orcid
from claims.selectors.record import affiliations_of, orcids_of
from claims.selectors.vouchers import Voucher, eligible_vouchers
from common.http import Answer

type Label = str | Promise

SHOWN_AFFILIATIONS = 6


@dataclass(frozen=True, slots=True)
class Ways:
    """What evidence is open to this claimant: their iD, the record's iDs, institutions with domains, co-authors."""

    orcid: str | None
    record_orcids: tuple[str, ...]
    affiliations: tuple[Affiliation, ...]
    vouchers: tuple[Voucher, ...]
    asked: tuple[VouchRequest, ...]

    @property
    def orcid_fits(self) -> bool:
        return self.orcid in self.record_orcids


@dataclass(frozen=True, slots=True)
class Action:
    """A link, or a button that posts."""

    label: str
    url: str
    is_post: bool = False
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """How a claim's page offers a kind of evidence."""

    title: str
    text: str
    actions: tuple[Action, ...]


class UnusableAnswer(ValueError):
    """An answer of another server that says nothing that can be read."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an answer comes to: whether it passed, what of the record it was compared with, and the facts between."""

    is_passed: bool
    against: str
    found: dict[str, Any]


@dataclass(frozen=True, slots=True)
class OutsideLookup:
    """How a worker asks another server for a kind: `fetch`, then whether the question `is_current`, then `judge`.

    `fetch` raises HttpUnavailable or HttpRefused, `judge` raises UnusableAnswer.
    """

    fetch: Callable[[OutsideCheck], Answer]
    judge: Callable[[OutsideCheck, Answer], Judgement]
    is_current: Callable[[OutsideCheck, User], bool] = lambda check, claimant: True


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EvidenceKind:
    """A kind of evidence for claims.

    `explain` says what one row of it says; `option` how the claim's page offers it, None where it is not open to the
    claimant; `routes` are its pages and buttons, below the claim's address. `lookup`: what it asks of another server.
    `from_address`: the evidence that a proved e-mail address makes, None for none.
    """

    name: str
    label: Label
    worth: Worth
    explain: Callable[[Evidence], str]
    option: Callable[[Claim, Ways], Option | None] = lambda claim, ways: None
    routes: tuple[URLPattern, ...] = ()
    lookup: OutsideLookup | None = None
    from_address: Callable[[Claim, str, datetime], Evidence | None] = lambda claim, address, now: None


_kinds: dict[str, EvidenceKind] = {}


def register_evidence(kinds: Iterable[EvidenceKind]) -> None:
    """Make these the kinds there are (once, when the application is ready)."""
    _kinds.update({kind.name: kind for kind in kinds})


def evidence_kinds() -> Mapping[str, EvidenceKind]:
    """The kinds by name, in the order in which a claim's page offers them."""
    return _kinds


def explained(row: Evidence) -> str:
    """What one row of evidence says, for the claimant and for curators."""
    return _kinds[row.kind].explain(row)


def ways_of(claim: Claim) -> Ways:
    """`claim` with its author and user."""
    author_id = claim.canonical_author.pk
    asked = VouchRequest.objects.filter(claim=claim).select_related("author").order_by("pk")
    return Ways(
        orcid=authenticated_orcid(claim.user),
        record_orcids=tuple(orcids_of(author_id)),
        affiliations=tuple(
            affiliation
            for affiliation in affiliations_of(author_id, claim.works)
            if affiliation.domains and affiliation.is_active
        )[:SHOWN_AFFILIATIONS],
        vouchers=tuple(eligible_vouchers(claim)),
        asked=tuple(asked),
    )


def options_of(claim: Claim, ways: Ways) -> tuple[Option, ...]:
    """What the claim's page offers, in the order of the kinds."""
    return tuple(option for kind in _kinds.values() if (option := kind.option(claim, ways)))
