"""What the claim pages show their claimant."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from accounts.models import User
from claims.domain.names import NameVerdict
from claims.domain.states import State
from claims.models import Claim, ClaimEvent, Evidence, OutsideCheck, VouchRequest
from claims.selectors.evidence_kinds import Label, Option, Ways, evidence_kinds, explained, options_of, ways_of
from papers.models import Author, Paper
from papers.selectors.addresses import address

MOST_LISTED = 200


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


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    kind: Label
    text: str
    is_passed: bool
    at: datetime
    is_used_by_others: bool


@dataclass(frozen=True, slots=True)
class EventLine:
    action: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CheckLine:
    kind: Label
    subject: str
    is_waiting: bool
    outcome: str


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """`works` are the titles of those that the claim is on, () for the whole record."""

    claim: Claim
    author: Author
    author_url: str
    works: tuple[str, ...]
    awaited: Awaited
    evidence: tuple[EvidenceLine, ...]
    checks: tuple[CheckLine, ...]
    events: tuple[EventLine, ...]
    ways: Ways | None
    options: tuple[Option, ...]

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
    author = claim.canonical_author
    evidence = Evidence.objects.filter(claim=claim).order_by("pk")[:MOST_LISTED]
    checks = OutsideCheck.objects.filter(claim=claim).order_by("-pk")[:10]
    events = ClaimEvent.objects.filter(claim=claim).order_by("pk")[:MOST_LISTED]
    lines = tuple(
        EvidenceLine(
            evidence_kinds()[row.kind].label, explained(row), row.is_passed, row.checked_at, row.is_used_by_others
        )
        for row in evidence
    )
    ways = ways_of(claim) if claim.is_open or claim.is_owning else None
    return ClaimPage(
        claim=claim,
        author=author,
        author_url=address("A", author.pk, author.name),
        works=_titles(claim.works),
        awaited=_awaited(claim, any(line.is_passed for line in lines)),
        evidence=lines,
        checks=tuple(map(_check_line, checks)),
        events=tuple(EventLine(e.transition, e.reason, e.at) for e in events),
        ways=ways,
        options=options_of(claim, ways) if ways else (),
    )


def _titles(paper_ids: list[int]) -> tuple[str, ...]:
    if not paper_ids:
        return ()
    rows = Paper.objects.filter(pk__in=paper_ids).order_by("-published_date", "-pk")
    return tuple(rows.values_list("title", flat=True))


def _line(claim: Claim) -> ClaimLine:
    author = claim.canonical_author
    return ClaimLine(claim, author.name, address("A", author.pk, author.name))


def _check_line(check: OutsideCheck) -> CheckLine:
    is_waiting = check.state in {OutsideCheck.State.QUEUED, OutsideCheck.State.RUNNING}
    return CheckLine(evidence_kinds()[check.kind].label, check.subject, is_waiting, check.outcome)


def _awaited(claim: Claim, has_evidence: bool) -> Awaited:
    if claim.at is State.DRAFT:
        return Awaited.SENDING if has_evidence else Awaited.EVIDENCE
    if claim.at is State.PENDING:
        return Awaited.ANSWER if claim.question else Awaited.CURATOR
    if claim.at is State.DISPUTED:
        return Awaited.DISPUTE
    return Awaited.CURATOR if claim.due_at else Awaited.NOBODY
