"""What somebody who is still typing may mean: people first, then topics, institutions, venues and papers."""

from dataclasses import dataclass
from typing import Any

from common.countries import in_country
from common.db.sql import fetch, fetch_column
from papers.domain.names import name_words
from papers.selectors.addresses import address
from papers.selectors.entity_names import name_key
from search.domain.person_names import exact_query, read_name
from search.domain.query_language import parse_query
from search.selectors.person_cards import person_cards
from search.selectors.terms import lexemes_of

FEWEST_CHARS = 2
PEOPLE, PLACES, PAPERS = 4, 2, 3
LOOKED_AT = 300  # of each kind; beginnings that fit more are told apart by typing on
BUSIEST = 1_000  # authors among whom a very short beginning is looked for
SHORT = 4  # characters
LONGEST = 80  # characters of all that a person is found by; more is a list of names that a source took for one

_PEOPLE = """
SELECT a.id FROM (
    SELECT id, search_text FROM listed_author a WHERE to_tsvector('simple', a.search_text) @@ %(wanted)s::tsquery
        AND a.is_canonical LIMIT %(looked_at)s
) a LEFT JOIN metrics_authormetrics m ON m.author_id = a.id
ORDER BY length(a.search_text) > %(longest)s, m.works_count DESC NULLS LAST, a.id LIMIT %(size)s
"""
_BUSY_PEOPLE = """
SELECT a.id FROM (
    SELECT author_id, works_count FROM metrics_authormetrics ORDER BY works_count DESC LIMIT %(busiest)s
) m JOIN listed_author a ON a.id = m.author_id
WHERE ' ' || a.search_text LIKE %(start)s AND a.is_canonical
ORDER BY m.works_count DESC, a.id LIMIT %(size)s
"""
_PLACE = """
(SELECT '{letter}', r.id, r.name, {note}, {country} FROM {table} r
 WHERE r.is_canonical AND r.key LIKE %(start)s ORDER BY r.key <> %(key)s, length(r.key), r.id LIMIT %(size)s)
"""
_PLACES = " UNION ALL ".join(
    _PLACE.format(letter=letter, table=table, note=note, country=country)
    for letter, table, note, country in (
        ("T", "canonical_topic", "coalesce(r.field_name, '')", "''"),
        ("I", "canonical_institution", "coalesce(r.city, '')", "r.country_code"),
        ("S", "canonical_venue", "coalesce(r.kind, '')", "''"),
    )
)
_PAPERS = """
SELECT p.id, p.title, extract(year FROM p.published_date)::int FROM (
    SELECT s.paper_id FROM papers_papersearch s WHERE s.vector @@ %(wanted)s::tsquery LIMIT %(looked_at)s
) s JOIN canonical_paper p ON p.id = s.paper_id WHERE p.is_canonical
ORDER BY p.shown_citation_count DESC NULLS LAST, p.id DESC LIMIT %(size)s
"""
_SECTIONS = {"T": "topics", "I": "institutions", "S": "venues"}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing that may be meant; `note` tells it from others of its name."""

    section: str
    name: str
    note: str
    url: str

    @property
    def public_id(self) -> str:
        """The id in its address."""
        return self.url.split("/")[2]


def suggestions(typed: str) -> tuple[Suggestion, ...]:
    """At most fifteen, none for a text of one character or one with filters. At most six queries."""
    query = parse_query(typed)
    text = query.free_text
    if len(text) < FEWEST_CHARS or query.filters:
        return ()
    return (*_people(text), *_entities(text), *_papers(text))


def _people(text: str) -> list[Suggestion]:
    name = read_name(text)
    if not name.tokens or len(name.tokens) > 4:
        return []
    wanted = exact_query(name, is_open_ended=True, shortest=2)
    last = name.tokens[-1]
    asked: dict[str, Any] = {
        "wanted": wanted,
        "size": PEOPLE,
        "looked_at": LOOKED_AT,
        "busiest": BUSIEST,
        "longest": LONGEST,
        "start": f"% {last}%",
    }
    is_short = len(name.tokens) == 1 and len(last) < SHORT
    ids = fetch_column(_BUSY_PEOPLE if is_short else _PEOPLE, asked)
    found = []
    for card in person_cards(ids):
        years = "–".join(dict.fromkeys(str(year) for year in (card.first_year, card.last_year) if year))
        note = " · ".join(part for part in (*card.fields[:1], card.affiliation, years) if part)
        found.append(Suggestion("authors", card.name, note, card.url))
    return found


def _entities(text: str) -> list[Suggestion]:
    key = name_key(text)
    start = key.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    if len(key) < FEWEST_CHARS or not name_words(text):
        return []
    return [
        Suggestion(_SECTIONS[letter], name, in_country(note, country), address(letter, pk, name))
        for letter, pk, name, note, country in fetch(_PLACES, {"key": key, "start": start, "size": PLACES})
    ]


def _papers(text: str) -> list[Suggestion]:
    words = name_words(text)
    if len(words[-1:]) == 0 or len("".join(words)) < SHORT:
        return []
    parts = [f"'{one.stem}':A" for one in lexemes_of(words[:-1])] + [f"'{words[-1]}':*A"]
    return [
        Suggestion("papers", title, str(year or ""), address("W", pk, title))
        for pk, title, year in fetch(_PAPERS, {"wanted": " & ".join(parts), "size": PAPERS, "looked_at": LOOKED_AT})
    ]
