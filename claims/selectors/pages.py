"""What the claim pages show their claimant."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from accounts.models import User
from claims.domain.kinds import EvidenceKind
from claims.domain.mail_domains import Place
from claims.domain.names import NameVerdict
from claims.domain.states import State
from claims.models import Claim, ClaimEvent, Evidence, OutsideCheck, VouchRequest
from claims.selectors.orcids import authenticated_orcid
from claims.selectors.record import orcids_of, places_of
from claims.selectors.vouchers import Voucher, eligible_vouchers
from claims.selectors.words import ACTS, KINDS, OUTCOMES, STATES, Words, evidence_words
from papers.models import Author
from papers.selectors.addresses import address

MOST_LISTED = 200
SHOWN_PLACES = 6


class Awaited(StrEnum):
    """Who has to do something next."""

    EVIDENCE = "evidence"
    SENDING = "sending"
    CURATOR = "curator"
    ANSWER = "answer"
    DISPUTE = "dispute"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class ClaimLine:
    claim: Claim
    name: str
    url: str
    state: Words


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    kind: Words
    words: str
    is_passed: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class EventLine:
    words: Words
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CheckLine:
    kind: Words
    subject: str
    is_waiting: bool
    outcome: Words


@dataclass(frozen=True, slots=True)
class Ways:
    """What evidence is open to this claimant: their iD, the record's iDs, institutions with domains, co-authors."""

    orcid: str | None
    record_orcids: tuple[str, ...]
    places: tuple[Place, ...]
    vouchers: tuple[Voucher, ...]
    asked: tuple[VouchRequest, ...]

    @property
    def orcid_fits(self) -> bool:
        return self.orcid in self.record_orcids


@dataclass(frozen=True, slots=True)
class ClaimPage:
    claim: Claim
    author: Author
    author_url: str
    state: Words
    awaited: Awaited
    evidence: tuple[EvidenceLine, ...]
    checks: tuple[CheckLine, ...]
    events: tuple[EventLine, ...]
    ways: Ways | None

    @property
    def name_differs(self) -> bool:
        return self.claim.name_verdict == NameVerdict.MISMATCH.value

    @property
    def is_open(self) -> bool:
        return self.claim.is_open

    @property
    def is_owning(self) -> bool:
        return self.claim.is_owning

    @property
    def has_evidence(self) -> bool:
        return any(line.is_passed for line in self.evidence)


def claims_of(user: User) -> list[ClaimLine]:
    """The person's claims, the latest first."""
    rows = Claim.objects.filter(user=user).select_related("author__merged_into").order_by("-opened_at", "-pk")
    return [_line(claim) for claim in rows[:MOST_LISTED]]


def requests_to(user: User) -> list[VouchRequest]:
    """Claims that this person is asked to vouch for and has not answered."""
    asked = VouchRequest.objects.filter(voucher=user, state=VouchRequest.State.ASKED)
    return list(asked.select_related("claim__author").order_by("-asked_at", "-pk")[:MOST_LISTED])


def claim_page(claim: Claim) -> ClaimPage:
    """All that the page of one claim shows; `claim` with its author and user."""
    author = claim.standing_author
    evidence = Evidence.objects.filter(claim=claim).order_by("pk")[:MOST_LISTED]
    checks = OutsideCheck.objects.filter(claim=claim).order_by("-pk")[:10]
    events = ClaimEvent.objects.filter(claim=claim).order_by("pk")[:MOST_LISTED]
    lines = tuple(
        EvidenceLine(KINDS[EvidenceKind(row.kind)], evidence_words(row), row.is_passed, row.checked_at)
        for row in evidence
    )
    is_live = claim.is_open or claim.is_owning
    return ClaimPage(
        claim=claim,
        author=author,
        author_url=address("A", author.pk, author.name),
        state=STATES[claim.at],
        awaited=_awaited(claim, any(line.is_passed for line in lines)),
        evidence=lines,
        checks=tuple(map(_check_line, checks)),
        events=tuple(EventLine(ACTS.get(e.act, e.act), e.reason, e.at) for e in events),
        ways=_ways(claim, author.pk) if is_live else None,
    )


def _line(claim: Claim) -> ClaimLine:
    author = claim.standing_author
    return ClaimLine(claim, author.name, address("A", author.pk, author.name), STATES[claim.at])


def _check_line(check: OutsideCheck) -> CheckLine:
    is_waiting = check.state == OutsideCheck.State.QUEUED.value
    return CheckLine(KINDS[EvidenceKind(check.kind)], check.subject, is_waiting, OUTCOMES.get(check.outcome, ""))


def _ways(claim: Claim, author_id: int) -> Ways:
    places = tuple(place for place in places_of(author_id) if place.domains and place.is_active)
    asked = VouchRequest.objects.filter(claim=claim).select_related("author").order_by("pk")
    return Ways(
        orcid=authenticated_orcid(claim.user),
        record_orcids=tuple(orcids_of(author_id)),
        places=places[:SHOWN_PLACES],
        vouchers=tuple(eligible_vouchers(claim)),
        asked=tuple(asked),
    )


def _awaited(claim: Claim, has_evidence: bool) -> Awaited:
    if claim.at is State.DRAFT:
        return Awaited.SENDING if has_evidence else Awaited.EVIDENCE
    if claim.at is State.PENDING:
        return Awaited.ANSWER if claim.question else Awaited.CURATOR
    if claim.at is State.DISPUTED:
        return Awaited.DISPUTE
    return Awaited.CURATOR if claim.due_at else Awaited.NOBODY
