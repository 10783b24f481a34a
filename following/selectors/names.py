"""What followed things are called, and where their pages are."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from common.db.sql import fetch
from following.domain.kinds import LETTER_OF_KIND, PERSON
from papers.domain.public_ids import encode
from papers.selectors.addresses import address

# One by one: a join reads whole tables to name a hundred authors.
_NAMES = """
SELECT s.kind, s.id, CASE s.kind
    WHEN 'author' THEN (SELECT name FROM listed_author WHERE id = s.id)
    WHEN 'topic' THEN (SELECT name FROM papers_topic WHERE id = s.id)
    WHEN 'institution' THEN (SELECT name FROM papers_institution WHERE id = s.id)
    WHEN 'venue' THEN (SELECT name FROM papers_venue WHERE id = s.id)
    WHEN 'paper' THEN (SELECT title FROM papers_paper WHERE id = s.id)
    WHEN 'search' THEN (SELECT words FROM following_savedsearch WHERE id = s.id) END
FROM unnest(%(kinds)s::text[], %(ids)s::bigint[]) AS s(kind, id)
"""


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that can be followed. `code` names it in addresses: a public id, or the number of a saved search."""

    kind: str
    id: int
    name: str
    url: str
    code: str


def subjects_named(wanted: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Subject]:
    """The subjects by (kind, id), in one query; what does not exist, persons, and authors who asked
    not to be listed are left out."""
    pairs = sorted({pair for pair in wanted if pair[0] != PERSON})
    if not pairs:
        return {}
    rows = fetch(_NAMES, {"kinds": [kind for kind, _ in pairs], "ids": [pk for _, pk in pairs]}, is_prepared=True)
    return {(kind, pk): subject_of(kind, pk, name) for kind, pk, name in rows if name}


def subject_of(kind: str, pk: int, name: str) -> Subject:
    if kind == "search":
        url = f"{reverse('search:search')}?{urlencode({'q': name, 'type': 'papers'})}"
        return Subject(kind, pk, name, url, str(pk))
    letter = LETTER_OF_KIND[kind]
    return Subject(kind, pk, name, address(letter, pk, name), encode(letter, pk))
