"""What claims are decided by: every threshold, what evidence is worth, and what approves a claim by itself."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Protocol

# Opening a claim.
MOST_OPEN_CLAIMS = 20
LEAST_EXPLANATION = 20  # characters
# Curators.
ANSWER_WITHIN = timedelta(days=3)
REMINDED_BEFORE = timedelta(days=1)
# Evidence of one claim.
MOST_ROWS = 200
MOST_CHECKS_A_DAY = 10
MOST_ATTEMPTS = 5  # at one check on another server
MOST_WEIGHT = 100
# A name that is explained, and not merely another spelling, makes a curator look longer.
MISMATCH_COSTS = 20
# An address that is no form of the name (an alias that somebody chose, a number, a colleague's) says little.
UNNAMED_COUNTS = 30  # of 100
# Works of an ORCID record that are on the author record too.
LEAST_SHARED_WORKS = 2
LEAST_SHARED_PART = 0.3
# Vouching.
LEAST_JOINT_WORKS = 2
LARGEST_TEAM = 100  # on a work of a thousand people nobody knows everybody
MOST_VOUCHERS_OFFERED = 30
MOST_VOUCHERS_ASKED = 10
VOUCHING_PERIOD = timedelta(days=30)
MOST_VOUCHES_A_PERIOD = 5


class StrongKind(StrEnum):
    """Kinds of strong evidence that are independent of each other; the values are those of metrics.formulas.trust."""

    ORCID = "orcid"
    INSTITUTION = "institution"
    VOUCHING = "vouching"


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What a kind of evidence is worth.

    `weight`, 0–100, ranks claims for curators and decides nothing; the best `rows_counted` rows add up. `proves` is
    the strong evidence that `rows_needed` rows of it make, by itself or only where a curator approves; None for none.
    """

    weight: int
    rows_counted: int = 1
    proves: StrongKind | None = None
    rows_needed: int = 1
    proves_by_itself: bool = False


class Kind(Protocol):
    @property
    def worth(self) -> Worth: ...


def total_weight(passed: Collection[tuple[Kind, int]], *, name_fits: bool) -> int:
    """0–100, for ranking alone: the best rows of each kind, as many as count."""
    total = 0
    for kind in {id(kind): kind for kind, _ in passed}.values():
        weights = sorted((weight for other, weight in passed if other is kind), reverse=True)
        total += sum(weights[: kind.worth.rows_counted])
    return max(0, min(MOST_WEIGHT, total - (0 if name_fits else MISMATCH_COSTS)))


def strong_kinds(passed: Collection[Kind], *, by_curator: bool) -> frozenset[StrongKind]:
    """What an approved claim's evidence proves: an ORCID iD by itself, the rest by a curator's decision alone."""
    found = set()
    for kind in passed:
        worth = kind.worth
        is_enough = sum(other is kind for other in passed) >= worth.rows_needed
        if worth.proves and is_enough and (by_curator or worth.proves_by_itself):
            found.add(worth.proves)
    return frozenset(found)


def why_not_at_once(
    *, name_differs: bool, is_owned: bool, is_shared: bool, has_several_ids: bool, is_part: bool, may_be_several: bool
) -> list[str]:
    """Why an authenticated ORCID iD that is the record's own does not approve the claim by itself: for a curator.

    Empty: it does, and nothing else ever does.
    """
    reasons = {
        "name": name_differs,
        "owner": is_owned,
        "shared": is_shared,
        "several": has_several_ids,
        "part": is_part,
        "people": may_be_several and not is_part,
    }
    return [reason for reason, holds in reasons.items() if holds]
