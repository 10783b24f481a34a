"""When a citation figure is known, and over how many works a number must be to be one."""

from __future__ import annotations

from metrics.formulas.registry import formula

# Of works that could cite another, the share whose reference lists must be here for its absence from them to count, and
# how many such works there must be. The figures behind both stand in docs/metrics/counted_citations.md.
LISTED_SHARE = 0.25
FEWEST_WORKS = 30
# Below either, a number of an author or a subject is shown muted, with how many works it is over.
FEWEST_KNOWN = 5
KNOWN_SHARE = 0.1


@formula(version=1)
def counted_citations(citing: int, could_cite: int, with_references: int) -> int | None:
    """How often a work is cited by works here; None where nothing cites it and that is no evidence.

    citing: works here that cite it. could_cite: works here of its field, of its year or later. with_references: those
    of them of which at least one reference is known here.
    """
    if citing or lack_is_evidence(could_cite, with_references):
        return citing
    return None


def lack_is_evidence(could_cite: int, with_references: int) -> bool:
    """Whether a work that none of these cite can be said to have no citation."""
    return could_cite >= FEWEST_WORKS and with_references >= LISTED_SHARE * could_cite


def is_thin(known: int, of: int) -> bool:
    """Whether a number over `known` of `of` works says little: shown muted, with its base."""
    return known < FEWEST_KNOWN or known < KNOWN_SHARE * of
