"""What ORCID's public API says of an iD's works, and whether they overlap those of a record."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from claims.policy import LEAST_SHARED_PART, LEAST_SHARED_WORKS
from papers.domain.identifiers import InvalidIdentifier, parse_identifier
from papers.domain.titles import title_key

SCHEMES = {"doi": "doi", "arxiv": "arxiv"}


class UnreadableWorks(ValueError):
    """An answer that is not a list of works as ORCID writes it."""


@dataclass(frozen=True, slots=True)
class OwnWork:
    """A work on somebody's ORCID record: canonical (scheme, value) pairs, and the folded title ("" if none).

    `is_from_others`: somebody else than the person added it, such as Crossref or their university.
    """

    identifiers: frozenset[tuple[str, str]]
    title_key: str
    is_from_others: bool


@dataclass(frozen=True, slots=True)
class Overlap:
    """How many works of an ORCID record are on the author record, and how many each of them has.

    Anybody can write any work onto their own ORCID record: `from_others` of the shared ones did not come that way.
    """

    shared: int
    from_others: int
    stated: int
    on_record: int

    @property
    def is_enough(self) -> bool:
        """At least two works, and 30 % of those on the author record."""
        return self.shared >= LEAST_SHARED_WORKS and self.shared >= LEAST_SHARED_PART * self.on_record


def read_works(body: bytes, *, orcid: str) -> list[OwnWork]:
    """The works of `/v3.0/{iD}/works`. Raises UnreadableWorks."""
    try:
        groups = json.loads(body)["group"]
        return [_work(group, orcid) for group in groups]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableWorks(f"{type(error).__name__}: {error}"[:200]) from None


def overlap_of(
    works: Collection[OwnWork],
    *,
    identifiers: Collection[tuple[int, str, str]],
    titles: Collection[tuple[int, str]],
    on_record: int,
) -> Overlap:
    """Held against the record's (work id, scheme, value) and (work id, folded title); a work of it counts once."""
    by_identifier = {(scheme, value): work_id for work_id, scheme, value in identifiers}
    by_title = {key: work_id for work_id, key in titles if key}
    shared: dict[int, bool] = {}
    for work in works:
        found = {by_identifier[pair] for pair in work.identifiers if pair in by_identifier}
        if not work.identifiers and work.title_key in by_title:
            found = {by_title[work.title_key]}
        for work_id in found:
            shared[work_id] = shared.get(work_id, False) or work.is_from_others
    return Overlap(len(shared), sum(shared.values()), len(works), on_record)


def _work(group: dict[str, Any], orcid: str) -> OwnWork:
    summaries = group["work-summary"]
    external = list((group.get("external-ids") or {}).get("external-id") or ())
    for summary in summaries:
        external += (summary.get("external-ids") or {}).get("external-id") or ()
    title = ((summaries[0].get("title") or {}).get("title") or {}).get("value") or "" if summaries else ""
    own = [((summary.get("source") or {}).get("source-orcid") or {}).get("path") == orcid for summary in summaries]
    return OwnWork(frozenset(_identifiers(external)), title_key(str(title)), not all(own))


def _identifiers(external: Collection[dict[str, Any]]) -> set[tuple[str, str]]:
    found = set()
    for entry in external:
        scheme = SCHEMES.get(str(entry.get("external-id-type", "")).lower())
        if scheme and entry.get("external-id-relationship", "self") in {"self", None}:
            try:
                identifier = parse_identifier(scheme, str(entry.get("external-id-value", "")))
            except InvalidIdentifier:
                continue
            found.add((identifier.scheme, identifier.value))
    return found
