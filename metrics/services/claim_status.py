"""Verification and trust of authors: the pure formula over the record, and over what claims say of a person."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

import orjson
from django.db import connection

from common.db.copying import copying
from common.db.sql import fetch, fetch_as
from metrics.formulas.trust import StrongEvidence, TrustCard, TrustEvidence, trust
from metrics.services.refresh.scope import Scope
from metrics.services.refresh.statements import Moment
from metrics.sql import profiles


@dataclass(frozen=True, slots=True)
class ClaimStatus:
    """What claims know of one author: who claims it, on what evidence, since when. Dates are None if it never was."""

    is_claimed: bool = False
    is_email_verified: bool = False
    strong: frozenset[StrongEvidence] = field(default_factory=frozenset)
    claimed_date: date | None = None
    confirmed_date: date | None = None
    has_upheld_report: bool = False


class ClaimStatusProvider(Protocol):
    """What the floor above registers so that trust can count claims."""

    def statuses(self, author_ids: Sequence[int]) -> Mapping[int, ClaimStatus]:
        """The status of those of the authors that somebody claims."""

    def verified_authors(self) -> Collection[int]:
        """Authors at L3 or above, who corroborate their co-authors."""


class NoClaims:
    """The provider while nothing is registered: nobody has claimed anything."""

    def statuses(self, author_ids: Sequence[int]) -> Mapping[int, ClaimStatus]:
        return {}

    def verified_authors(self) -> Collection[int]:
        return ()


_providers: list[ClaimStatusProvider] = [NoClaims()]


def register_provider(provider: ClaimStatusProvider) -> None:
    """Take what claims say from `provider` from now on (called once, when the application is ready)."""
    _providers[:] = [provider]


def write_trust(scope: Scope, moment: Moment) -> int:
    """Verification and trust of the authors in scope, after their profile works were gathered; rows written."""
    params = {**moment.params, **scope.params}
    cards = list(_cards(scope, moment, params))  # before COPY: a connection does one thing at a time
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.fresh_standing")
        cursor.execute(profiles.FRESH_STANDING)
        with copying(cursor, "COPY fresh_standing (author_id, level, trust, points) FROM STDIN") as copy:
            for author_id, card in cards:
                copy.write_row((author_id, int(card.level), card.score, points_json(card)))
        cursor.execute(profiles.WRITE_STANDING, params)
        return int(cursor.rowcount)


class _Evidence(NamedTuple):
    """What the record says of one author."""

    author_id: int
    works: int
    identified: int
    confirmed: int
    has_identifier: bool
    has_orcid: bool
    has_ror: bool


def _cards(scope: Scope, moment: Moment, params: dict[str, Any]) -> Iterator[tuple[int, TrustCard]]:
    provider = _providers[0]
    rows = fetch_as(_Evidence, profiles.EVIDENCE.format(ids=scope), params)
    statuses = provider.statuses([row.author_id for row in rows])
    vouchers = _vouchers(provider, params)
    nothing = ClaimStatus()
    for row in rows:
        status = statuses.get(row.author_id, nothing)
        yield row.author_id, _card(row._replace(author_id=0), vouchers.get(row.author_id, ()), status, moment.as_of)


def _vouchers(provider: ClaimStatusProvider, params: dict[str, Any]) -> dict[int, tuple[int, ...]]:
    verified = sorted(provider.verified_authors())
    if not verified:
        return {}
    joint: dict[int, list[int]] = defaultdict(list)
    for author_id, _, works in fetch(profiles.JOINT_WITH_VERIFIED, {**params, "verified": verified}):
        joint[author_id].append(works)
    return {author_id: tuple(sorted(works)) for author_id, works in joint.items()}


@lru_cache(maxsize=100_000)
def _card(record: _Evidence, vouchers: tuple[int, ...], status: ClaimStatus, today: date) -> TrustCard:
    """The card of what is known of an author; `record` without its author, so that equal evidence is counted once."""
    evidence = TrustEvidence(
        has_identifier=record.has_identifier,
        works=record.works,
        works_with_identifier=record.identified,
        works_confirmed=record.confirmed,
        has_orcid=record.has_orcid,
        has_ror_affiliation=record.has_ror,
        joint_works_with_verified=vouchers,
        is_claimed=status.is_claimed,
        is_email_verified=status.is_email_verified,
        strong=status.strong,
        claimed_date=status.claimed_date,
        confirmed_date=status.confirmed_date,
        has_upheld_report=status.has_upheld_report,
    )
    return trust(evidence, today)


def points_json(card: TrustCard) -> str:
    """The lines of a trust card as they are stored: a list of objects in the card's order."""
    return orjson.dumps(
        [
            {
                "code": point.code,
                "earned": point.earned,
                "possible": point.possible,
                "facts": dict(point.facts),
                "lacking": point.lacking,
                "next_points": point.next_points,
            }
            for point in card.points
        ]
    ).decode()
