"""A page of results: one section in full, or the best of each with the best kind first."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from common.db.timeouts import ReadUnavailable, read_timeout
from papers.domain.names import name_words
from papers.selectors.cards import PaperCard, paper_cards
from search.domain.cursors import Cursor
from search.domain.kinds import strength
from search.domain.queries import PLACES, Query
from search.domain.query_language import Part
from search.domain.results import NO_HITS, EntityHit, Hits, PersonHit
from search.models import Term
from search.selectors.entities import entities_overview, entity_cards, entity_hits
from search.selectors.facets import Facets, facets_of
from search.selectors.paper_filters import paper_filters
from search.selectors.people import people_alike, people_hits, people_of_papers
from search.selectors.person_cards import person_cards
from search.selectors.snippets import marked_abstracts
from search.selectors.terms import frequencies
from search.selectors.works import FEW, PaperSearchRequest, work_hits

PAGE_SIZE = 20
PEOPLE_IN_OVERVIEW = 5
PAPERS_IN_OVERVIEW = 8
PLACES_IN_OVERVIEW = 4
NEIGHBOURS = 5
LONGEST_NAME = 5  # words
PART_MILLISECONDS = 3_000


@dataclass(frozen=True, slots=True)
class Section:
    """The results of one kind; of `people`, `papers` and `places` only its own is filled. `strength` says how surely
    the kind is the one that was meant, from 0 to 1."""

    name: str
    hits: Hits
    people: tuple[PersonHit, ...] = ()
    papers: tuple[PaperCard, ...] = ()
    places: tuple[EntityHit, ...] = ()
    strength: float = 0.0


@dataclass(frozen=True, slots=True)
class FailedPart:
    """A kind that was not read: `is_slow` when it took too long, else an index of it is damaged. "topics" stands for
    institutions and venues too."""

    name: str
    is_slow: bool


@dataclass(frozen=True, slots=True)
class ResultPage:
    """`sections` that hold something, the best first. `neighbours` are people spelled alike, where nothing else was
    found; `corrected` is the text with its typing errors mended; `unknown` are filters whose value is not known here;
    `facets` of papers where they are shown in full; `failed` are kinds that were not read."""

    sections: tuple[Section, ...]
    neighbours: tuple[PersonHit, ...] = ()
    corrected: str = ""
    unknown: tuple[Part, ...] = ()
    facets: Facets | None = None
    failed: tuple[FailedPart, ...] = ()


NO_PAPERS = ResultPage((Section("papers", NO_HITS),))


def section_page(query: Query, *, after: Cursor | None, today: date) -> ResultPage:
    """One kind in full, papers where a query with filters names none. At most sixteen queries, and one for each filter."""
    text = query.parsed.free_text
    if query.section in ("", "papers"):
        page = _papers(query, _named_people(query), size=PAGE_SIZE, after=after, today=today)
    elif query.section == "authors":
        hits = people_hits(text, size=PAGE_SIZE, after=after)
        page = ResultPage((Section("authors", hits, people=person_cards(hits.ids)),))
    else:
        assert query.section in PLACES
        hits = entity_hits(query.section, text, size=PAGE_SIZE, after=after)
        cards = entity_cards({query.section: hits.ids}).get(query.section, ())
        page = ResultPage((Section(query.section, hits, places=cards),))
    if page.sections[0].hits.ids:
        return page
    neighbours = people_alike(text, size=NEIGHBOURS) if query.section != "authors" and not page.unknown else NO_HITS
    return replace(page, sections=(), neighbours=person_cards(neighbours.ids))


def overview(query: Query, *, today: date, milliseconds: int = PART_MILLISECONDS) -> ResultPage:
    """The best of each kind; names spelled alike and papers with some of the words only when nothing else is found.

    Each statement may take so many milliseconds; a kind that takes longer is named in `failed`, and the others are
    shown. At most 26 queries.
    """
    text = query.parsed.free_text
    parts = _Parts(milliseconds)
    nowhere: dict[str, Hits] = {}
    people = parts.read("authors", lambda: people_hits(text, size=PEOPLE_IN_OVERVIEW, is_strict=True), NO_HITS)
    named = _sure_ids(people, text)
    papers = parts.read("papers", lambda: _best_papers(query, named, today=today, is_strict=True), NO_PAPERS)
    places = parts.read("topics", lambda: entities_overview(text, size=PLACES_IN_OVERVIEW), nowhere)
    found = papers.sections[0].hits
    if not (people.ids or found.ids or any(hits.ids for hits in places.values())):
        people = parts.read("authors", lambda: people_alike(text, size=PEOPLE_IN_OVERVIEW), NO_HITS)
        papers = parts.read("papers", lambda: _best_papers(query, (), today=today), NO_PAPERS)
        places = parts.read("topics", lambda: _entities_alike(text), nowhere)
    elif not people.ids:
        if found.total < FEW and not any(hits.tier == 0 for hits in places.values()):
            papers = parts.read("papers", lambda: _best_papers(query, (), today=today), papers)
            found = papers.sections[0].hits
        people = parts.read("authors", lambda: _people_beside(text, found), NO_HITS)
    return replace(_ordered(text, people, papers, places), failed=tuple(dict.fromkeys(parts.failed)))


class _Parts:
    """Reads the parts of a page, each within its own time, and keeps which of them failed."""

    def __init__(self, milliseconds: int) -> None:
        self._milliseconds = milliseconds
        self.failed: list[FailedPart] = []

    def read[T](self, name: str, read: Callable[[], T], otherwise: T) -> T:
        """What the part says, or `otherwise` when the database did not answer in time."""
        try:
            with read_timeout(milliseconds=self._milliseconds):
                return read()
        except ReadUnavailable as error:
            self.failed.append(FailedPart(name, is_slow=error.is_slow))
            return otherwise


def _best_papers(query: Query, people: tuple[int, ...], *, today: date, is_strict: bool = False) -> ResultPage:
    return _papers(query, people, size=PAPERS_IN_OVERVIEW, today=today, is_strict=is_strict)


def _entities_alike(text: str) -> dict[str, Hits]:
    return {name: entity_hits(name, text, size=PLACES_IN_OVERVIEW) for name in PLACES}


def _people_beside(text: str, papers: Hits) -> Hits:
    """Where no name is the very text: authors of the papers whom it names, else beside few papers names like it."""
    people = people_of_papers(text, papers.ids, size=PEOPLE_IN_OVERVIEW) if papers.ids else NO_HITS
    if not people.ids and papers.total < FEW and 1 < len(name_words(text)) <= LONGEST_NAME:
        return people_alike(text, size=PEOPLE_IN_OVERVIEW)
    return people


def _ordered(text: str, people: Hits, papers: ResultPage, entities: dict[str, Hits]) -> ResultPage:
    cards = entity_cards({name: hits.ids for name, hits in entities.items()})
    share = _share_of_names(text)
    sections = [
        Section("authors", people, people=person_cards(people.ids)),
        *papers.sections,
        *(Section(name, hits, places=cards.get(name, ())) for name, hits in entities.items()),
    ]
    weighed = [
        replace(section, strength=strength(section.name, section.hits, word_count=len(name_words(text)), share=share))
        for section in sections
        if section.hits.ids
    ]
    return replace(papers, sections=tuple(sorted(weighed, key=lambda section: -section.strength)))


def _papers(
    query: Query,
    people: tuple[int, ...],
    *,
    size: int,
    today: date,
    after: Cursor | None = None,
    is_strict: bool = False,
) -> ResultPage:
    filters = paper_filters(query.parsed)
    asked = PaperSearchRequest(query.parsed, filters, query.sort, people)
    hits, match = work_hits(asked, size=size, after=after, is_strict=is_strict)
    marked = marked_abstracts(hits.ids, match.tsquery) if match else {}
    cards = tuple(
        replace(card, abstract="", abstract_html=marked[card.id]) if card.id in marked else card
        for card in paper_cards(hits.ids, today=today)
    )
    return ResultPage(
        (Section("papers", hits, papers=cards),),
        corrected=match.corrected if match else "",
        unknown=filters.unknown,
        facets=facets_of(asked, match) if match and hits.ids and size == PAGE_SIZE else None,
    )


def found_ids(query: Query, *, most: int) -> tuple[int, ...]:
    """The papers that the query finds, in its order, at most so many; for an export."""
    asked = PaperSearchRequest(query.parsed, paper_filters(query.parsed), query.sort, _named_people(query))
    return work_hits(asked, size=most)[0].ids


def _named_people(query: Query) -> tuple[int, ...]:
    """Authors that the words name as a whole, whose papers come first. The same on each page of the results."""
    text = query.parsed.free_text
    if query.sort or not 1 < len(name_words(text)) <= LONGEST_NAME:
        return ()
    return _sure_ids(people_hits(text, size=PEOPLE_IN_OVERVIEW, is_strict=True), text)


def _sure_ids(people: Hits, text: str) -> tuple[int, ...]:
    is_sure = people.tier is not None and people.tier <= 3 and len(name_words(text)) > 1
    return people.ids if is_sure else ()


def _share_of_names(text: str) -> float:
    """Of one word: how often it is part of a name, against how often it stands in a title. None known: as often."""
    words = name_words(text)
    if len(words) != 1:
        return 0.5
    names, titles = (frequencies(kind, words).get(words[0], 0) for kind in (Term.Kind.NAME, Term.Kind.TITLE))
    return (names + 0.5) / (names + titles + 1)
