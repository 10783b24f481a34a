"""Verification and trust after a claim was decided: from the stored lines of the record and the status of now.

What the record itself gives (identifiers, works, sources, co-authors) stays as the last refresh counted it; the lines
that claims decide are made anew. A refresh that runs at the same time comes to the same from the change that the
decision leaves behind.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import orjson
from django.db import transaction

from metrics.formulas.trust import TrustCard, TrustEvidence, trust
from metrics.models import AuthorMetrics
from metrics.services.claim_status import ClaimStatus, points_json
from papers.models import Author, AuthorIdentifier
from papers.models.identity import canonical


def card_with_claim(
    points: Sequence[Mapping[str, Any]], status: ClaimStatus | None, *, has_identifier: bool, today: date
) -> TrustCard:
    """The trust card of stored points with what claims say now; None: nobody owns the record."""
    lines = {point["code"]: point for point in points}
    identifiers, sources = _facts(lines, "record.identifiers"), _facts(lines, "corroboration.sources")
    claimed = status or ClaimStatus()
    evidence = TrustEvidence(
        has_identifier=has_identifier,
        works=_facts(lines, "record.works").get("works", 0),
        works_with_identifier=identifiers.get("identified", 0),
        works_confirmed=sources.get("confirmed", 0),
        has_orcid=bool(lines.get("record.orcid", {}).get("earned")),
        has_ror_affiliation=bool(lines.get("record.ror", {}).get("earned")),
        joint_works_with_verified=(2,) * _facts(lines, "corroboration.coauthors").get("coauthors", 0),
        is_claimed=claimed.is_claimed,
        is_email_verified=claimed.is_email_verified,
        strong=claimed.strong,
        claimed_date=claimed.claimed_date,
        confirmed_date=claimed.confirmed_date,
        has_upheld_report=claimed.has_upheld_report,
    )
    return trust(evidence, today)


@transaction.atomic
def recompute_trust_of(*, statuses: Mapping[int, ClaimStatus | None], now: datetime) -> int:
    """Write what the next request shows of these authors; rows written. A row that a refresh holds is left to it."""
    rows = AuthorMetrics.objects.filter(author_id__in=statuses).order_by("pk").select_for_update(skip_locked=True)
    named = _with_identifier(list(statuses))
    written = 0
    for row in rows:
        has_identifier = row.author_id in named
        card = card_with_claim(
            row.trust_points, statuses[row.author_id], has_identifier=has_identifier, today=now.date()
        )
        AuthorMetrics.objects.filter(pk=row.pk).update(
            verification_level=int(card.level),
            trust=card.score,
            trust_points=orjson.loads(points_json(card)),
            computed_at=now,
        )
        written += 1
    return written


def _with_identifier(author_ids: Sequence[int]) -> set[int]:
    rows = AuthorIdentifier.objects.filter(author__in=Author.objects.with_merged(author_ids)).order_by("pk")
    return set(rows.values_list(canonical("author"), flat=True))


def _facts(lines: Mapping[str, Mapping[str, Any]], code: str) -> Mapping[str, int]:
    facts: Mapping[str, int] = lines.get(code, {}).get("facts", {})
    return facts
