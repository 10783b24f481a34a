"""Close collaborators, and how strong a tie is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from metrics.formulas.registry import formula

LARGEST_TEAM = 20
JOINT_WORKS = 3
RECENT_JOINT_WORKS = 2
RECENT_YEARS = 5


@dataclass(frozen=True, slots=True)
class JointWork:
    """A work two people wrote: when (None where unknown), and with how many authors in all (them included)."""

    year: int | None
    author_count: int


@formula(version=1)
def tie_strength(author_counts: Sequence[int]) -> float:
    """Sum over joint works of 1 / (authors − 1) (Newman 2001, Phys. Rev. E 64, 016132).

    author_counts: authors of each joint work, at least 2; works of more than 20 authors are left out.
    Raises ValueError on a count under 2.
    """
    if any(count < 2 for count in author_counts):
        raise ValueError("a joint work has at least two authors")
    return fsum(1 / (count - 1) for count in sorted(author_counts) if count <= LARGEST_TEAM)


@formula(version=1, name="close_collaborators")
def is_close_collaborator(joint_works: Sequence[JointWork], year: int) -> bool:
    """At least 3 joint works, or 2 in the five years that end with `year`, on papers of at most 20 authors."""
    counted = [work for work in joint_works if work.author_count <= LARGEST_TEAM]
    recent = [work for work in counted if work.year is not None and year - RECENT_YEARS < work.year <= year]
    return len(counted) >= JOINT_WORKS or len(recent) >= RECENT_JOINT_WORKS


@dataclass(frozen=True, slots=True)
class Tie:
    """One close collaborator: joint works counted, the years they span (None where unknown), strength."""

    author: int
    joint_works: int
    first_year: int | None
    last_year: int | None
    strength: float


def close_collaborators(joint: Mapping[int, Sequence[JointWork]], year: int) -> list[Tie]:
    """The close ones among co-authors (by record id), strongest first, then by id."""
    ties = [_tie(author, works) for author, works in joint.items() if is_close_collaborator(works, year)]
    return sorted(ties, key=lambda tie: (-tie.strength, tie.author))


def _tie(author: int, works: Sequence[JointWork]) -> Tie:
    counted = [work for work in works if work.author_count <= LARGEST_TEAM]
    years = [work.year for work in counted if work.year is not None]
    return Tie(
        author=author,
        joint_works=len(counted),
        first_year=min(years, default=None),
        last_year=max(years, default=None),
        strength=tie_strength([work.author_count for work in counted]),
    )
