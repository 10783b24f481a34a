"""The kinds of evidence and what each is worth in the curators' queue. Only the first approves a claim at once."""

from collections.abc import Collection, Mapping
from enum import StrEnum


class EvidenceKind(StrEnum):
    ORCID_ON_RECORD = "orcid_on_record"  # the iD that the claimant logged in with is the record's own
    ORCID_WORKS = "orcid_works"  # the public works of that iD overlap the record's
    INSTITUTION_MAIL = "institution_mail"  # a code reached an address of an institution on the record's papers
    PRINTED_MAIL = "printed_mail"  # a code reached an address that is printed on one of the papers
    LINK_BACK = "link_back"  # a page of such an institution links to the record with rel="me"
    VOUCH = "vouch"  # a verified co-author vouches


class StrongKind(StrEnum):
    """Kinds of strong evidence that are independent of each other; the values are those of metrics.formulas.trust."""

    ORCID = "orcid"
    INSTITUTION = "institution"
    VOUCHING = "vouching"


WEIGHTS: Mapping[EvidenceKind, int] = {
    EvidenceKind.ORCID_ON_RECORD: 100,
    EvidenceKind.ORCID_WORKS: 60,
    EvidenceKind.INSTITUTION_MAIL: 50,
    EvidenceKind.PRINTED_MAIL: 45,
    EvidenceKind.LINK_BACK: 25,
    EvidenceKind.VOUCH: 20,
}
MOST_WEIGHT = 100
# An address that is no form of the name (an alias that somebody chose, a number, a colleague's) says little.
UNNAMED_COUNTS = 30  # of 100
VOUCHES_COUNTED = 3
VOUCHES_FOR_STRENGTH = 2
# A name that is explained, and not merely another spelling, makes a curator look longer.
MISMATCH_COSTS = 20

_AT_ONCE: Mapping[EvidenceKind, StrongKind] = {
    EvidenceKind.ORCID_ON_RECORD: StrongKind.ORCID,
    EvidenceKind.ORCID_WORKS: StrongKind.ORCID,
}


def total_weight(passed: Collection[tuple[EvidenceKind, int]], *, name_fits: bool) -> int:
    """0–100, for ranking alone: the best row of each kind, vouches up to three of them."""
    best: dict[EvidenceKind, int] = {}
    vouches = sorted((weight for kind, weight in passed if kind is EvidenceKind.VOUCH), reverse=True)
    for kind, weight in passed:
        if kind is not EvidenceKind.VOUCH:
            best[kind] = max(best.get(kind, 0), weight)
    total = sum(best.values()) + sum(vouches[:VOUCHES_COUNTED])
    return max(0, min(MOST_WEIGHT, total - (0 if name_fits else MISMATCH_COSTS)))


def strong_kinds(passed: Collection[EvidenceKind], *, by_curator: bool) -> frozenset[StrongKind]:
    """What an approved claim's evidence proves: an ORCID iD by itself, the rest by a curator's decision alone."""
    found = {_AT_ONCE[kind] for kind in passed if kind in _AT_ONCE}
    if by_curator:
        if EvidenceKind.INSTITUTION_MAIL in passed:
            found.add(StrongKind.INSTITUTION)
        if sum(kind is EvidenceKind.VOUCH for kind in passed) >= VOUCHES_FOR_STRENGTH:
            found.add(StrongKind.VOUCHING)
    return frozenset(found)
