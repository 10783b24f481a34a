"""What a curator sees of a claim: the evidence, the record and the account side by side, and who else claims it."""

from dataclasses import dataclass
from datetime import date, datetime

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.db.models import Count, Q

from accounts.models import User
from claims.domain.mail_domains import Affiliation
from claims.domain.states import OPEN, State
from claims.models import Claim, ClaimEvent, Evidence
from claims.selectors.evidence_kinds import Label, evidence_kinds, explained
from claims.selectors.ownership import owning_claims, records_of
from claims.selectors.record import affiliations_of, names_of, orcids_of, works_of
from papers.models import Author
from papers.selectors.addresses import address

WORKS_SHOWN = 15
NAMES_SHOWN = 12
AFFILIATIONS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    kind: Label
    text: str
    is_passed: bool
    weight: int
    at: datetime
    is_used_by_others: bool


@dataclass(frozen=True, slots=True)
class Work:
    title: str
    url: str
    published: date | None


@dataclass(frozen=True, slots=True)
class Account:
    """The claimant as an account. `other_claims` counts what else they claimed, by state."""

    name: str
    addresses: tuple[EmailAddress, ...]
    connections: tuple[SocialAccount, ...]
    joined_at: datetime
    other_claims: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Rival:
    """Another claim on the same record, with its evidence."""

    claim: Claim
    evidence: tuple[EvidenceRow, ...]


@dataclass(frozen=True, slots=True)
class Event:
    action: str
    by: str
    reason: str
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Review:
    """`works` are those that the claim is on, some of them; `works_count` of the `record_count` that the record has."""

    claim: Claim
    author: Author
    author_url: str
    names: tuple[str, ...]
    orcids: tuple[str, ...]
    affiliations: tuple[Affiliation, ...]
    works: tuple[Work, ...]
    works_count: int
    record_count: int
    evidence: tuple[EvidenceRow, ...]
    account: Account
    rivals: tuple[Rival, ...]
    events: tuple[Event, ...]


def review_of(claim: Claim) -> Review:
    """`claim` with its author, heir and user."""
    author = claim.canonical_author
    works = works_of(author.pk, claim.works).order_by("-published_date", "-pk")
    return Review(
        claim=claim,
        author=author,
        author_url=address("A", author.pk, author.name),
        names=tuple(dict.fromkeys(names_of(author.pk)))[:NAMES_SHOWN],
        orcids=tuple(orcids_of(author.pk)),
        affiliations=tuple(affiliations_of(author.pk, claim.works)[:AFFILIATIONS_SHOWN]),
        works=tuple(
            Work(work.title, address("W", work.pk, work.title), work.published_date) for work in works[:WORKS_SHOWN]
        ),
        works_count=works.count(),
        record_count=works_of(author.pk).count(),
        evidence=evidence_of(claim),
        account=_account(claim.user, claim),
        rivals=tuple(Rival(row, evidence_of(row)) for row in rivals_of(claim)),
        events=_events(claim),
    )


def evidence_of(claim: Claim) -> tuple[EvidenceRow, ...]:
    rows = Evidence.objects.filter(claim=claim).order_by("-weight", "pk")[:200]
    return tuple(
        EvidenceRow(
            evidence_kinds()[row.kind].label,
            explained(row),
            row.is_passed,
            row.weight,
            row.checked_at,
            row.is_used_by_others,
        )
        for row in rows
    )


def rivals_of(claim: Claim) -> list[Claim]:
    """Other people's claims on the record that own it or wait for it."""
    author_id = claim.author.canonical_id
    waiting = Q(author_id__in=records_of([author_id]), state=State.PENDING.value)
    owning = Q(pk__in=[row.pk for row in owning_claims([author_id])])
    rows = Claim.objects.filter(waiting | owning).exclude(user_id=claim.user_id).select_related("user", "author")
    return list(rows.order_by("-weight", "pk")[:50])


def _account(user: User, claim: Claim) -> Account:
    others = Claim.objects.filter(user=user).exclude(pk=claim.pk).exclude(state__in=[State.DRAFT.value])
    counted = others.values_list("state").annotate(count=Count("pk")).order_by("state")
    return Account(
        name=user.name,
        addresses=tuple(EmailAddress.objects.filter(user=user).order_by("-primary", "email", "pk")),
        connections=tuple(SocialAccount.objects.filter(user=user).order_by("pk")),
        joined_at=user.date_joined,
        other_claims=tuple(counted),
    )


def _events(claim: Claim) -> tuple[Event, ...]:
    rows = ClaimEvent.objects.filter(claim=claim).select_related("by").order_by("pk")[:200]
    return tuple(Event(row.transition, row.by.email if row.by else "", row.reason, row.note, row.at) for row in rows)


def possible_actions(claim: Claim, curator: User) -> list[str]:
    """The names of what this curator can do to the claim now."""
    if curator.pk == claim.user_id:
        return []
    decides, revokes = curator.has_perm("claims.decide_claim"), curator.has_perm("claims.revoke_claim")
    others_own = not claim.works and owning_claims([claim.author.canonical_id]).exclude(pk=claim.pk).exists()
    actions = []
    if claim.at is State.PENDING and decides:
        actions += ["ask"] if others_own else ["approve", "reject", "ask"]
    if revokes and (claim.at is State.DISPUTED or (claim.at is State.PENDING and others_own)):
        actions.append("dispute")
    if claim.at is State.APPROVED and claim.due_at and decides:
        actions += ["accept", "aside"]
    if claim.is_owning and revokes:
        actions.append("revoke")
    return [] if claim.at in OPEN - {State.PENDING} else actions
