"""The lines of a trust card in the reader's language: what each is, why it has its points, what would add more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from metrics.formulas.trust import Band, band_of

type Words = str | Promise

BANDS: dict[Band, Words] = {
    Band.EMERGING: _("Emerging"),
    Band.ESTABLISHED: _("Established"),
    Band.TRUSTED: _("Trusted"),
    Band.ANCHORED: _("Anchored"),
}
LEVELS: tuple[Words, ...] = (
    _("a name only"),
    _("a persistent identifier on the record or on a work"),
    _("claimed, with a verified e-mail address"),
    _("claimed, with strong evidence"),
    _("claimed, with two independent kinds of strong evidence"),
)
NAMES: dict[str, Words] = {
    "identity.level": _("Identity"),
    "record.orcid": _("ORCID iD"),
    "record.ror": _("Affiliation with a ROR id"),
    "record.identifiers": _("Works with a DOI or arXiv id"),
    "record.works": _("Works on the record"),
    "corroboration.sources": _("Works stated by two sources"),
    "corroboration.coauthors": _("Verified co-authors"),
    "standing.claim": _("Standing of the claim"),
    "standing.confirmed": _("Confirmed by its owner"),
}
_REASONS: dict[str, Words] = {
    "record.identifiers": _("{identified} of {works}"),
    "record.works": _("{works} on the record"),
    "corroboration.sources": _("{confirmed} of {works}"),
    "corroboration.coauthors": _("{coauthors} at L3 or above with two joint works"),
    "standing.claim": _("claimed for {days} days"),
}
_HELD: dict[str, Words] = {
    "record.orcid": _("on the record"),
    "record.ror": _("on the record"),
    "standing.confirmed": _("in the last twelve months"),
}
_ABSENT: dict[str, Words] = {
    "record.orcid": _("none on the record"),
    "record.ror": _("none on the record"),
    "standing.claim": _("not claimed"),
    "standing.confirmed": _("not in the last twelve months"),
}
NEXT_STEPS: dict[str, Words] = {
    "identity.reach_l1": _("an ORCID iD, a DOI or an arXiv id on the record or one of its works"),
    "identity.reach_l2": _("a claim by its owner, with a verified e-mail address"),
    "identity.reach_l3": _("a claim with an ORCID iD that fits, an institutional address or co-authors who vouch"),
    "identity.reach_l4": _("a second, independent kind of strong evidence"),
    "record.orcid": _("an ORCID iD on the record"),
    "record.ror": _("an affiliation matched to an institution with a ROR id"),
    "record.identifiers": _("a DOI or arXiv id for at least 80 % of the works"),
    "record.works": _("at least three works"),
    "corroboration.sources": _("a second source for at least half of the works"),
    "corroboration.coauthors": _("co-authors at L3 or above with two joint works each: one for 5, three for 10"),
    "standing.claim": _("a claim of 90 days with no upheld report"),
    "standing.confirmed": _("a confirmation of the profile by its owner"),
}
_REPORTED: Words = _("claimed for {days} days, with an upheld report")


@dataclass(frozen=True, slots=True)
class TrustLine:
    """One line: `next_step` is "" when nothing is left to gain, else what adds `next_points`."""

    code: str
    name: Words
    earned: int
    possible: int
    reason: Words
    next_step: Words
    next_points: int


def trust_lines(points: Sequence[Mapping[str, Any]]) -> tuple[TrustLine, ...]:
    """The stored points of metrics.formulas.trust, in their order."""
    return tuple(
        TrustLine(
            code=point["code"],
            name=NAMES.get(point["code"], point["code"]),
            earned=point["earned"],
            possible=point["possible"],
            reason=_reason(point),
            next_step=NEXT_STEPS.get(point["lacking"], point["lacking"]),
            next_points=point["next_points"],
        )
        for point in points
    )


def band_name(trust: int) -> Words:
    """The name of a score's band."""
    return BANDS[band_of(trust)]


def _filled(pattern: Words, facts: Mapping[str, int]) -> str:
    return str(pattern).format(**facts)


def _reason(point: Mapping[str, Any]) -> Words:
    code, facts = point["code"], point["facts"]
    if code == "identity.level":
        return format_lazy("L{level}: {words}", level=facts["level"], words=LEVELS[facts["level"]])
    if code == "standing.claim":
        if not facts.get("days"):
            return _ABSENT[code]
        return _filled(_REPORTED if facts.get("reports") else _REASONS[code], facts)
    if code in _REASONS:
        return _filled(_REASONS[code], facts)
    return (_HELD if point["earned"] else _ABSENT).get(code, "")
