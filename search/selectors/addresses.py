"""Straight to the page: what an identifier or one of our own addresses leads to."""

from dataclasses import dataclass

from common.db.sql import fetch
from papers.domain.identifiers import Identifier, recognise
from papers.domain.uris import read_public_id
from papers.selectors.addresses import address
from papers.selectors.identified import RECORD_TYPES, heirs_of


@dataclass(frozen=True, slots=True)
class Resolved:
    """`url` is "" when the text is an identifier that no record here holds."""

    identifier: str
    url: str


def resolved(text: str) -> Resolved | None:
    """Where a pasted identifier leads, merged records followed; None for a text that is no identifier.

    No query for other texts, at most three for an identifier.
    """
    ours = read_public_id(text)
    if ours is not None:
        return Resolved(text, _address_of(*ours))
    identifier = recognise(text)
    if identifier is None:
        return None
    holder = _holder(identifier)
    return Resolved(str(identifier), _address_of(*holder) if holder else "")


def _holder(identifier: Identifier) -> tuple[str, int] | None:
    """The record of any kind that holds an identifier; works before people before the rest."""
    parts = [
        f"SELECT {place}, '{letter}', {kind.owner}_id FROM {kind.identifiers._meta.db_table}"
        " WHERE scheme = %(scheme)s AND value = %(value)s"
        for place, (letter, kind) in enumerate(RECORD_TYPES.items())
    ]
    statement = " UNION ALL ".join(parts) + " ORDER BY 1, 3 LIMIT 1"
    found = fetch(statement, {"scheme": identifier.scheme, "value": identifier.value})
    return next(((letter, row_id) for _place, letter, row_id in found), None)


def _address_of(letter: str, pk: int) -> str:
    heir = heirs_of(letter, [pk]).get(pk)
    if heir is None:
        return ""
    records = RECORD_TYPES[letter].model._default_manager.filter(pk=heir)
    label: str = records.values_list("title" if letter == "W" else "name", flat=True).get()
    return address(letter, heir, label)
