"""Trust (0–100) and verification (L0–L4): about identity and record, never about fame.

Citations, followers and scores do not enter. Every point names its reason by a code; the words for a
reader belong to the pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import IntEnum, StrEnum

from metrics.formulas.registry import formula


class StrongEvidence(StrEnum):
    """Kinds of strong evidence that are independent of each other."""

    ORCID = "orcid"  # an authenticated iD that is on the record, or whose public works overlap it
    INSTITUTION = "institution"  # a curator's decision on an institutional e-mail address
    VOUCHING = "vouching"  # a curator's decision on co-authors who vouch


class Level(IntEnum):
    """Verification: L0 a name only, to L4 two independent kinds of strong evidence."""

    L0 = 0
    L1 = 1
    L2 = 2
    L3 = 3
    L4 = 4


class Band(StrEnum):
    """What a trust score is called."""

    EMERGING = "emerging"
    ESTABLISHED = "established"
    TRUSTED = "trusted"
    ANCHORED = "anchored"


IDENTITY_POINTS = {Level.L0: 0, Level.L1: 10, Level.L2: 25, Level.L3: 40, Level.L4: 50}
BANDS = ((85, Band.ANCHORED), (65, Band.TRUSTED), (40, Band.ESTABLISHED), (0, Band.EMERGING))
CLAIM_AGE = timedelta(days=90)
CONFIRMATION_AGE = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class TrustEvidence:
    """What is known of a record and its claim. Absence gives no point: the score is never unknown.

    works_with_identifier: works with a DOI or arXiv id. works_confirmed: works that two sources state.
    joint_works_with_verified: joint works with each co-author at L3 or above. claimed_date and
    confirmed_date: None where it did not happen. has_upheld_report: since the claim.
    """

    has_identifier: bool = False
    works: int = 0
    works_with_identifier: int = 0
    works_confirmed: int = 0
    has_orcid: bool = False
    has_ror_affiliation: bool = False
    joint_works_with_verified: tuple[int, ...] = ()
    is_claimed: bool = False
    is_email_verified: bool = False
    strong: frozenset[StrongEvidence] = field(default_factory=frozenset)
    claimed_date: date | None = None
    confirmed_date: date | None = None
    has_upheld_report: bool = False


@dataclass(frozen=True, slots=True)
class TrustPoint:
    """One line of the trust card.

    code: which rule. earned of possible points. facts: the numbers the reason is made of. lacking: code of
    what would add `next_points` more; empty where nothing is left to gain.
    """

    code: str
    earned: int
    possible: int
    facts: Mapping[str, int]
    lacking: str = ""
    next_points: int = 0


@dataclass(frozen=True, slots=True)
class TrustCard:
    """The score with every line that makes it."""

    score: int
    band: Band
    level: Level
    points: tuple[TrustPoint, ...]

    @property
    def next_steps(self) -> tuple[TrustPoint, ...]:
        """The lines that could add points, the most first."""
        return tuple(sorted((p for p in self.points if p.lacking), key=lambda p: (-p.next_points, p.code)))


@formula(version=1)
def verification_level(evidence: TrustEvidence) -> Level:
    """L0 a name · L1 an identifier · L2 claimed with a verified e-mail · L3 strong evidence · L4 two kinds of it."""
    if evidence.is_claimed and len(evidence.strong) >= 2:
        return Level.L4
    if evidence.is_claimed and evidence.strong:
        return Level.L3
    if evidence.is_claimed and evidence.is_email_verified:
        return Level.L2
    if evidence.has_identifier or evidence.works_with_identifier > 0:
        return Level.L1
    return Level.L0


@formula(version=1)
def trust(evidence: TrustEvidence, today: date) -> TrustCard:
    """Identity (at most 50), record (20), corroboration (20) and standing (10), line by line."""
    level = verification_level(evidence)
    points = (_identity(level), *_record(evidence), *_corroboration(evidence), *_claim_points(evidence, today))
    score = sum(point.earned for point in points)
    return TrustCard(score=score, band=band_of(score), level=level, points=points)


def band_of(score: int) -> Band:
    """Emerging 0–39, Established 40–64, Trusted 65–84, Anchored 85–100; raises ValueError outside 0–100."""
    if not 0 <= score <= 100:
        raise ValueError(f"{score} is no trust score")
    return next(band for floor, band in BANDS if score >= floor)


def _identity(level: Level) -> TrustPoint:
    earned = IDENTITY_POINTS[level]
    following = Level(level + 1) if level < Level.L4 else None
    return TrustPoint(
        code="identity.level",
        earned=earned,
        possible=IDENTITY_POINTS[Level.L4],
        facts={"level": int(level)},
        lacking=f"identity.reach_l{int(following)}" if following else "",
        next_points=IDENTITY_POINTS[following] - earned if following else 0,
    )


def _all_or_nothing(code: str, points: int, holds: bool, **facts: int) -> TrustPoint:
    return TrustPoint(
        code=code,
        earned=points if holds else 0,
        possible=points,
        facts=facts,
        lacking="" if holds else code,
        next_points=0 if holds else points,
    )


def _record(evidence: TrustEvidence) -> tuple[TrustPoint, ...]:
    works, identified = evidence.works, evidence.works_with_identifier
    return (
        _all_or_nothing("record.orcid", 5, evidence.has_orcid),
        _all_or_nothing("record.ror", 5, evidence.has_ror_affiliation),
        _all_or_nothing(
            "record.identifiers",
            5,
            works > 0 and identified * 5 >= works * 4,
            works=works,
            identified=identified,
        ),
        _all_or_nothing("record.works", 5, works >= 3, works=works),
    )


def _corroboration(evidence: TrustEvidence) -> tuple[TrustPoint, ...]:
    works, confirmed = evidence.works, evidence.works_confirmed
    vouchers = sum(1 for joint in evidence.joint_works_with_verified if joint >= 2)
    earned = 10 if vouchers >= 3 else 5 if vouchers else 0
    return (
        _all_or_nothing(
            "corroboration.sources",
            10,
            works > 0 and confirmed * 2 >= works,
            works=works,
            confirmed=confirmed,
        ),
        TrustPoint(
            code="corroboration.coauthors",
            earned=earned,
            possible=10,
            facts={"coauthors": vouchers},
            lacking="" if earned == 10 else "corroboration.coauthors",
            next_points=0 if earned == 10 else 5,
        ),
    )


def _claim_points(evidence: TrustEvidence, today: date) -> tuple[TrustPoint, ...]:
    claimed_days = (today - evidence.claimed_date).days if evidence.is_claimed and evidence.claimed_date else 0
    confirmed = evidence.is_claimed and evidence.confirmed_date is not None
    confirmed_lately = confirmed and today - (evidence.confirmed_date or today) <= CONFIRMATION_AGE
    return (
        _all_or_nothing(
            "standing.claim",
            5,
            claimed_days >= CLAIM_AGE.days and not evidence.has_upheld_report,
            days=claimed_days,
            reports=int(evidence.has_upheld_report),
        ),
        _all_or_nothing("standing.confirmed", 5, confirmed_lately),
    )
