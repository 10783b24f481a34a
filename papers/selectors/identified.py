"""Records by any of their identifiers, and the records that stand for merged ones."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q

from papers.domain.identifiers import SCHEMES, Identifier, InvalidIdentifier, parse_identifier, recognise
from papers.domain.uris import read_public_id
from papers.models import (
    Author,
    AuthorIdentifier,
    Institution,
    InstitutionIdentifier,
    Paper,
    PaperIdentifier,
    Topic,
    TopicIdentifier,
    Venue,
    VenueIdentifier,
)
from papers.models.identity import PublicRecord

LONGEST_MERGE_CHAIN = 20
_ONE_SLASH = re.compile(r"(https?):/(?=[^/])", re.I)


@dataclass(frozen=True, slots=True)
class RecordType:
    """A kind of record and the table of its identifiers, whose `owner_id` column points to it."""

    letter: str
    model: type[PublicRecord]
    identifiers: type[Model]
    owner: str


RECORD_TYPES = {
    "W": RecordType("W", Paper, PaperIdentifier, "paper"),
    "A": RecordType("A", Author, AuthorIdentifier, "author"),
    "I": RecordType("I", Institution, InstitutionIdentifier, "institution"),
    "T": RecordType("T", Topic, TopicIdentifier, "topic"),
    "S": RecordType("S", Venue, VenueIdentifier, "venue"),
}


def read_reference(letter: str, text: str) -> int | Identifier:
    """What a program or a person means by a text: a row id of this kind of record, or an outside identifier.

    Takes public ids and our addresses, `scheme:value`, and whatever `recognise` knows. Raises InvalidIdentifier.
    """
    wanted = text.strip()
    ours = read_public_id(wanted)
    if ours is not None:
        if ours[0] != letter:
            raise InvalidIdentifier("id", wanted, f"is an id of another kind of record, not of {letter}…")
        return ours[1]
    wanted = _ONE_SLASH.sub(r"\1://", wanted, count=1)
    scheme, colon, rest = wanted.partition(":")
    if colon and scheme.lower() in SCHEMES:
        return parse_identifier(scheme.lower(), rest)
    identifier = recognise(wanted)
    if identifier is None:
        raise InvalidIdentifier("id", wanted, "is neither an id of this portal nor an identifier that it knows")
    return identifier


def rows_referred_to(letter: str, references: Iterable[int | Identifier]) -> list[int]:
    """The row ids of the records that stand for these, after merges; unknown ones are left out.

    One query for outside identifiers, one for merges, one more for each further step of a merge chain.
    """
    wanted = list(references)
    row_ids = [reference for reference in wanted if isinstance(reference, int)]
    outside = [reference for reference in wanted if isinstance(reference, Identifier)]
    if outside:
        row_ids += owners_of(letter, outside)
    return sorted(set(heirs_of(letter, row_ids).values()))


def owners_of(letter: str, identifiers: Sequence[Identifier]) -> list[int]:
    """The row ids that hold these identifiers. One query."""
    kind = RECORD_TYPES[letter]
    condition = Q()
    for identifier in identifiers:
        condition |= Q(scheme=identifier.scheme, value=identifier.value)
    rows: Any = kind.identifiers._default_manager.filter(condition)
    return list(rows.order_by("id").values_list(f"{kind.owner}_id", flat=True))


def heirs_of(letter: str, row_ids: Sequence[int]) -> dict[int, int]:
    """For each row id that exists the row that stands for it: itself, or the end of its chain of merges.

    Authors who asked not to be listed are left out.
    """
    records: Any = RECORD_TYPES[letter].model._default_manager
    if letter == "A":
        records = records.exclude(merged_into__isnull=True, is_listed=False)
    heirs: dict[int, int] = {}
    pending = {row_id: row_id for row_id in row_ids}  # asked for → reached so far
    for _step in range(LONGEST_MERGE_CHAIN):
        if not pending:
            break
        rows = records.filter(pk__in=set(pending.values())).values_list("pk", "merged_into_id")
        found: dict[int, int | None] = dict(rows)
        heirs |= {row: at for row, at in pending.items() if at in found and found[at] is None}
        pending = {row: heir for row, at in pending.items() if (heir := found.get(at)) is not None}
    return heirs
