"""Everything that a stranger can read about one person, in one go."""

from collections.abc import Iterator
from datetime import date
from urllib.parse import quote

from papers.models import Author, AuthorIdentifier, AuthorName, PaperSearch
from papers.selectors.citable import MEDIA_TYPES
from profiles.presenters.numbers.explained import NUMBERS
from search.services.indexing import index_waiting_papers
from tests.factories.library import (
    make_author,
    make_category,
    make_institution,
    make_paper,
    make_topic,
    make_venue,
)

DRAWN = ("svg", "graphml", "csv", "json")  # a bitmap holds no text


def graph_addresses(public_id: str) -> Iterator[str]:
    """A record's slice of the graph, the explorer around it, and its files."""
    yield f"/explore/around/{public_id}/"
    yield f"/explore/?n={public_id}"
    yield from (f"/explore/picture.{format}?n={public_id}" for format in DRAWN)


class SmallWorld:
    """One person with three works, a co-author, and a place, topic, field and venue around them."""

    def __init__(self, name: str = "Quillon Zebrowska", printed: str = "") -> None:
        self.person = make_author(name)
        self.other = make_author("Tao Luo")
        self.place, self.topic = make_institution(), make_topic("Condensation")
        self.venue = make_venue("Acta")
        self.papers = [
            make_paper(
                f"Work {place} on condensation",
                by=[self.person, self.other],
                at=self.place,
                published=date(2020 + place, 5, 2),
                category=make_category(),
                topics=[self.topic],
                venue=self.venue,
                doi=f"10.1000/{place}",
                citations=place,
            )
            for place in range(3)
        ]
        if printed:
            self.person.authorships.update(printed_name=printed)
            AuthorName.objects.create(author=self.person, name=printed)
        AuthorIdentifier.objects.create(author=self.person, scheme="orcid", value="0000-0002-1825-0097")
        for paper in self.papers:
            PaperSearch.objects.update_or_create(paper=paper, defaults={"is_stale": True})
        index_waiting_papers()

    @property
    def own_addresses(self) -> list[str]:
        author = Author.objects.get(pk=self.person.pk)
        url = author.get_absolute_url()
        return [
            f"/authors/{author.public_id}",
            f"/authors/{author.public_id}/",
            url,
            *(f"{url}works.{format}" for format in MEDIA_TYPES),
            *(f"{url}numbers/{name}/" for name in NUMBERS),
            f"/api/authors/{author.public_id}",
            f"/feeds/{author.public_id}.atom",
            *graph_addresses(author.public_id),
        ]

    def other_addresses(self, *words: str) -> Iterator[str]:
        yield "/"
        for record in (self.other, *self.papers, self.place, self.topic, self.venue):
            yield record.get_absolute_url()
            yield f"/feeds/{record.public_id}.atom"
        for record in (self.other, *self.papers, self.place, self.topic):
            yield from graph_addresses(record.public_id)
        yield from (f"{self.other.get_absolute_url()}works.{format}" for format in MEDIA_TYPES)
        yield from (f"{self.other.get_absolute_url()}numbers/{name}/" for name in NUMBERS)
        yield from (f"{paper.get_absolute_url()}cite.{format}" for paper in self.papers for format in MEDIA_TYPES)
        yield from ("/api/works", "/api/authors", "/api/institutions", "/api/topics", "/api/sources")
        yield from (f"/api/works/{paper.public_id}" for paper in self.papers)
        for text in words:
            yield f"/search/?q={quote(text)}"
            yield f"/search/?q={quote(text)}&type=authors"
            yield f"/search/?q={quote(text)}&type=papers"
            yield f"/search/?q={quote('author:"' + text + '"')}"
            yield f"/search/suggest/?q={quote(text)}"
            yield from (f"/search/results.{format}?q={quote(text)}" for format in (*MEDIA_TYPES, "csv"))
            yield f"/api/authors?search={quote(text)}"
            yield f"/api/works?search={quote(text)}"
            yield f"/feeds/search.atom?q={quote(text)}"
            yield f"/explore/?q={quote(text)}"
