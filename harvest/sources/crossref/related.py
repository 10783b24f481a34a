"""What a Crossref work says of other works: versions of it, and notices that retract or correct it."""

from collections.abc import Mapping
from itertools import takewhile
from typing import Any

_RELATIONS = {
    "is-preprint-of": "is_preprint_of",
    "has-preprint": "has_preprint",
    "is-version-of": "is_version_of",
    "has-version": "has_version",
    "is-same-as": "is_same_as",
    "is-identical-to": "is_same_as",
    "is-manuscript-of": "is_version_of",
    "has-manuscript": "has_version",
}
_UPDATES = {
    "retraction": "retraction",
    "partial_retraction": "correction",
    "removal": "withdrawal",
    "withdrawal": "withdrawal",
    "retracted": "retraction",
    "correction": "correction",
    "corrigendum": "correction",
    "erratum": "correction",
    "expression_of_concern": "concern",
    "expression-of-concern": "concern",
    "concern": "concern",
}
_ACTS = {"retraction": "retracts", "withdrawal": "withdraws", "correction": "corrects", "concern": "concerns"}
_STATED_NOTICES = {"is-retracted-by": "retraction", "is-withdrawn-by": "withdrawal", "is-corrected-by": "correction"}


def _objects(value: object) -> list[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        return [value]
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _doi(one: Mapping[str, Any]) -> str:
    value = one.get("DOI") or (one.get("id") if str(one.get("id-type") or "doi").lower() == "doi" else "")
    return value if isinstance(value, str) else ""


def _update_kind(one: Mapping[str, Any]) -> str:
    return _UPDATES.get(str(one.get("type") or "").lower().replace(" ", "_"), "")


def related_works(work: Mapping[str, Any]) -> list[dict[str, str]]:
    """Relations in the record format: versions of this work, and works that this one is a notice about."""
    found = [
        {"kind": _ACTS[kind], "doi": doi}
        for one in _objects(work.get("update-to"))
        if (kind := _update_kind(one)) and (doi := _doi(one))
    ]
    stated = work.get("relation")
    if isinstance(stated, Mapping):
        found += [
            {"kind": kind, "doi": doi}
            for name, kind in _RELATIONS.items()
            for one in _objects(stated.get(name))
            if (doi := _doi(one))
        ]
    return [one for place, one in enumerate(found) if one not in found[:place]]


def notices_of(work: Mapping[str, Any]) -> list[dict[str, str]]:
    """Notices about this work, in the record format."""
    found = []
    for one in _objects(work.get("updated-by")):
        if kind := _update_kind(one):
            found.append({"kind": kind, "doi": _doi(one), "date": date_of(one.get("updated"))})
    stated = work.get("relation")
    if isinstance(stated, Mapping):
        for name, kind in _STATED_NOTICES.items():
            found += [{"kind": kind, "doi": _doi(one)} for one in _objects(stated.get(name))]
    return [{key: value for key, value in one.items() if value} for one in found]


def date_of(value: object) -> str | None:
    """The date of "date-parts" as far as its parts are stated in a row: "2019-01" of [[2019, 1, null]]."""
    parts = value.get("date-parts") if isinstance(value, Mapping) else None
    first = parts[0] if isinstance(parts, list) and parts else None
    if isinstance(first, int | str):
        first = parts
    if not isinstance(first, list) or not first or not first[0]:
        return None
    numbers = [str(part) for part in takewhile(bool, first[:3])]
    return "-".join(number.zfill(4 if place == 0 else 2) for place, number in enumerate(numbers))
