"""A page of results: one section in full, or the best of each."""

from dataclasses import dataclass
from datetime import date

from papers.selectors.cards import PaperCard, paper_cards
from search.domain.cursors import Cursor
from search.domain.queries import PLACES, SECTIONS, Query
from search.domain.results import NO_HITS, Hits, PersonHit, PlaceHit
from search.selectors.people import people_alike, people_hits
from search.selectors.person_cards import person_cards
from search.selectors.places import place_cards, place_hits, places_overview
from search.selectors.works import work_hits

PAGE_SIZE = 20
PEOPLE_IN_OVERVIEW = 5
PAPERS_IN_OVERVIEW = 8
PLACES_IN_OVERVIEW = 4
NEIGHBOURS = 5


@dataclass(frozen=True, slots=True)
class Section:
    """The results of one kind; of `people`, `papers` and `places` only its own is filled."""

    name: str
    hits: Hits
    people: tuple[PersonHit, ...] = ()
    papers: tuple[PaperCard, ...] = ()
    places: tuple[PlaceHit, ...] = ()


@dataclass(frozen=True, slots=True)
class ResultPage:
    """`sections` that hold something. `neighbours` are people spelled alike, where nothing else was found."""

    sections: tuple[Section, ...]
    neighbours: tuple[PersonHit, ...] = ()


def section_page(query: Query, *, after: Cursor | None, today: date) -> ResultPage:
    """One kind in full. At most five queries."""
    section = _section(query.section, query.words, after=after, today=today)
    if section.hits.ids:
        return ResultPage((section,))
    neighbours = people_alike(query.words, size=NEIGHBOURS) if query.section != "authors" else NO_HITS
    return ResultPage((), person_cards(neighbours.ids))


def overview(query: Query, *, today: date) -> ResultPage:
    """The best of each kind; names spelled alike and papers with some of the words only when nothing else is found.

    At most eight queries, and as many again when nothing holds the words.
    """
    words = query.words
    people = people_hits(words, size=PEOPLE_IN_OVERVIEW, is_strict=True)
    papers = work_hits(words, size=PAPERS_IN_OVERVIEW, is_strict=True)
    places = places_overview(words, size=PLACES_IN_OVERVIEW)
    if not (people.ids or papers.ids or any(hits.ids for hits in places.values())):
        people = people_alike(words, size=PEOPLE_IN_OVERVIEW)
        papers = work_hits(words, size=PAPERS_IN_OVERVIEW)
        places = {name: place_hits(name, words, size=PLACES_IN_OVERVIEW) for name in places}
    cards = place_cards({name: hits.ids for name, hits in places.items()})
    sections = {
        "authors": Section("authors", people, people=person_cards(people.ids)),
        "papers": Section("papers", papers, papers=paper_cards(papers.ids, today=today)),
    } | {name: Section(name, hits, places=cards.get(name, ())) for name, hits in places.items()}
    return ResultPage(tuple(sections[name] for name in SECTIONS if sections[name].hits.ids))


def _section(name: str, words: str, *, after: Cursor | None, today: date) -> Section:
    if name == "authors":
        hits = people_hits(words, size=PAGE_SIZE, after=after)
        return Section(name, hits, people=person_cards(hits.ids))
    if name == "papers":
        hits = work_hits(words, size=PAGE_SIZE, after=after)
        return Section(name, hits, papers=paper_cards(hits.ids, today=today))
    assert name in PLACES
    hits = place_hits(name, words, size=PAGE_SIZE, after=after)
    return Section(name, hits, places=place_cards({name: hits.ids}).get(name, ()))
