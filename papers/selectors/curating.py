"""How a curator's words find records: any form of an identifier, our own ids, and names."""

from typing import Any

from django.db.models import QuerySet

from papers.domain.identifiers import InvalidIdentifier
from papers.models import Correction, PaperSearch
from papers.selectors.corrections import kind_of
from papers.selectors.entity_names import entities_named
from papers.selectors.full_text import paper_query, people_called
from papers.selectors.identified import RECORD_TYPES, owners_of, read_reference

MOST_FOUND = 1_000


def records_found(letter: str, text: str) -> list[int]:
    """The row ids of the records that a text means, at most 1,000: by id or identifier, else by words of the name.

    Merged records are found too. `letter` is that of the kind's public ids.
    """
    referred = records_referred_to(letter, text)
    return referred or records_named(letter, text)


def records_referred_to(letter: str, text: str) -> list[int]:
    """The records that an identifier in any form, a public id or a row's number leads to; at most one query."""
    try:
        reference = read_reference(letter, text)
    except InvalidIdentifier:
        found: list[int] = []
    else:
        found = [reference] if isinstance(reference, int) else owners_of(letter, [reference])
    # Sixteen digits may be an ORCID iD without its hyphens; fewer are most likely a row that somebody copied.
    is_row = not found and text.isascii() and text.isdigit() and len(text) <= 18
    return [int(text)] if is_row else found


def records_named(letter: str, text: str) -> list[int]:
    """Records with the words in their name or title (of papers: in their full text), and those corrected to them."""
    model = RECORD_TYPES[letter].model
    records: Any = model._default_manager
    found: QuerySet[Any, Any]
    if letter == "W":
        found = PaperSearch.objects.filter(vector=paper_query(text)).values_list("paper_id", flat=True)
    elif letter == "A":
        found = records.filter(people_called(text)).values_list("pk", flat=True)
    else:
        found = records.filter(entities_named(model, text)).values_list("pk", flat=True)
    corrected = Correction.objects.filter(
        kind=kind_of(model), field__in=("name", "title"), value__icontains=text
    ).values_list("object_id", flat=True)
    return list(dict.fromkeys([*corrected[:MOST_FOUND], *found[:MOST_FOUND]]))
