"""What followed things are called, and where their pages are."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db import connection
from django.urls import reverse

from following.domain.kinds import LETTER_OF_KIND, PERSON
from papers.domain.public_ids import encode
from papers.selectors.addresses import address

_NAMES = """
SELECT s.kind, s.id, coalesce(a.name, t.name, i.name, v.name, p.title, q.words)
FROM unnest(%s::text[], %s::bigint[]) AS s(kind, id)
LEFT JOIN papers_author a ON s.kind = 'author' AND a.id = s.id AND a.is_listed
LEFT JOIN papers_topic t ON s.kind = 'topic' AND t.id = s.id
LEFT JOIN papers_institution i ON s.kind = 'institution' AND i.id = s.id
LEFT JOIN papers_venue v ON s.kind = 'venue' AND v.id = s.id
LEFT JOIN papers_paper p ON s.kind = 'paper' AND p.id = s.id
LEFT JOIN following_savedsearch q ON s.kind = 'search' AND q.id = s.id
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
    with connection.cursor() as cursor:
        cursor.execute(_NAMES, [[kind for kind, _ in pairs], [pk for _, pk in pairs]])
        return {(kind, pk): subject_of(kind, pk, name) for kind, pk, name in cursor.fetchall() if name}


def subject_of(kind: str, pk: int, name: str) -> Subject:
    if kind == "search":
        url = f"{reverse('search:search')}?{urlencode({'q': name, 'type': 'papers'})}"
        return Subject(kind, pk, name, url, str(pk))
    letter = LETTER_OF_KIND[kind]
    return Subject(kind, pk, name, address(letter, pk, name), encode(letter, pk))
