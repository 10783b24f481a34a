"""Indices over one author's citation counts: h, g, i10, and h over recent papers.

`citations` is one figure a paper, all of one kind, None where none is known. Papers without a figure are left out, so
an index is a lower bound where some are missing; where fewer than half of the papers have one it is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from metrics.formulas.registry import formula


def known(citations: Iterable[int | None]) -> list[int]:
    """The figures that are known, most cited first."""
    return sorted((count for count in citations if count is not None), reverse=True)


def known_enough(citations: Sequence[int | None]) -> list[int]:
    """The figures that are known, most cited first; none where fewer than half of the papers have one."""
    ranked = known(citations)
    return ranked if 2 * len(ranked) >= len(citations) else []


@formula(version=2)
def h_index(citations: Sequence[int | None]) -> int | None:
    """Largest h such that h papers have at least h citations each (Hirsch 2005, PNAS 102, 16569)."""
    ranked = known_enough(citations)
    if not ranked:
        return None
    return sum(1 for rank, count in enumerate(ranked, start=1) if count >= rank)


@formula(version=2)
def g_index(citations: Sequence[int | None]) -> int | None:
    """Largest g, at most the number of papers, such that the top g have g² citations together (Egghe 2006)."""
    ranked = known_enough(citations)
    if not ranked:
        return None
    total = best = 0
    for rank, count in enumerate(ranked, start=1):
        total += count
        if total >= rank * rank:
            best = rank
    return best


@formula(version=2)
def i10_index(citations: Sequence[int | None]) -> int | None:
    """Number of papers with at least 10 citations (Google Scholar 2011)."""
    ranked = known_enough(citations)
    return sum(1 for count in ranked if count >= 10) if ranked else None


@formula(version=2)
def h_index_5y(citations: Sequence[int | None], published_years: Sequence[int | None], year: int) -> int | None:
    """h over the papers published in the five calendar years that end with `year` (h5 of Google Scholar).

    Unknown where fewer than half of the papers of those years have a figure. Both sequences run over the same papers.
    """
    recent = [
        count
        for count, published in zip(citations, published_years, strict=True)
        if published is not None and year - 5 < published <= year
    ]
    return h_index(recent)


@dataclass(frozen=True, slots=True)
class HCore:
    """Why h is what it is, and what the next point lacks.

    core: positions (in the sequence given) of the papers that carry h, most cited first.
    core_lacking: those of them that stand at h exactly: each needs one more citation for h + 1.
    outside: the next papers after the core, as pairs of position and citations lacking to reach h + 1;
    one of them (or a new paper) is needed too. Empty where every paper is in the core.
    """

    h: int
    core: tuple[int, ...]
    core_lacking: tuple[int, ...]
    outside: tuple[tuple[int, int], ...]


def h_core(citations: Sequence[int | None], outside: int = 3) -> HCore | None:
    """The papers behind an h-index and what the next point lacks; None where h is unknown."""
    h = h_index(citations)
    if h is None:
        return None
    ranked = sorted(
        ((count, position) for position, count in enumerate(citations) if count is not None),
        key=lambda pair: (-pair[0], pair[1]),
    )
    return HCore(
        h=h,
        core=tuple(position for _, position in ranked[:h]),
        core_lacking=tuple(position for count, position in ranked[:h] if count == h),
        outside=tuple((position, h + 1 - count) for count, position in ranked[h : h + outside]),
    )
