"""A small library for page tests: rows with the denormalised columns as an import leaves them, kept by name."""

from collections.abc import Sequence
from datetime import date

from papers.domain.names import parse_person_name, search_text
from papers.domain.ranking import relevance
from papers.models import (
    Author,
    Authorship,
    AuthorshipInstitution,
    Category,
    Citation,
    Institution,
    Paper,
    PaperCategory,
    PaperIdentifier,
    PaperTopic,
    ReportedCitations,
    Topic,
    Venue,
)
from papers.models.identity import UNKNOWN_DATE


def make_author(name: str = "Ada Byron") -> Author:
    parts = parse_person_name(name)
    return Author.objects.create(
        name=name,
        key=parts.key,
        family_key=parts.family_key,
        initials=parts.initials,
        is_initials=parts.is_initials,
        search_text=search_text([name]),
    )


def make_category(code: str = "cs.LG", name: str = "Machine Learning") -> Category:
    """With the topic that is its page."""
    category, is_new = Category.objects.get_or_create(code=code, defaults={"name": name})
    if is_new:
        Topic.objects.create(name=name, key=f"arxiv:{code.lower()}", category=category)
    return category


def make_topic(name: str) -> Topic:
    return Topic.objects.get_or_create(key=name.lower(), defaults={"name": name})[0]


def make_venue(name: str = "arXiv", kind: str = "repository") -> Venue:
    return Venue.objects.get_or_create(key=name.lower(), kind=kind, defaults={"name": name})[0]


def make_institution(name: str = "University of Somewhere") -> Institution:
    return Institution.objects.get_or_create(key=name.lower(), defaults={"name": name})[0]


def make_paper(
    title: str = "A work about something",
    *,
    by: Sequence[Author] = (),
    at: Institution | None = None,
    published: date | None = date(2022, 5, 24),
    precision: str = "D",
    citations: int = 0,
    category: Category | None = None,
    topics: Sequence[Topic] = (),
    doi: str = "",
    arxiv: str = "",
    **fields: object,
) -> Paper:
    """A paper with its byline, cited as often as a source called "test" says; everybody on it stands at `at`."""
    paper = Paper.objects.create(
        title=title,
        published_date=published,
        published_precision=precision if published else "",
        author_count=len(by),
        shown_citation_count=citations,
        reported_citation_count=citations,
        primary_category=category,
        **{"kind": "preprint", **fields},
    )
    ReportedCitations.objects.create(paper=paper, source="test", count=citations)
    day = published or UNKNOWN_DATE
    _sign(paper, by, at=at, day=day)
    if category is not None:
        PaperCategory.objects.create(paper=paper, category=category, position=1, published_date=day)
    for topic in topics:
        PaperTopic.objects.create(paper=paper, topic=topic, published_date=day)
    for scheme, value in (("doi", doi), ("arxiv", arxiv)):
        if value:
            PaperIdentifier.objects.create(paper=paper, scheme=scheme, value=value)
    return paper


def _sign(paper: Paper, by: Sequence[Author], *, at: Institution | None, day: date) -> None:
    order = relevance(citations=paper.shown_citation_count, published=paper.published_date)
    for position, author in enumerate(by, start=1):
        byline = Authorship.objects.create(
            paper=paper,
            position=position,
            author=author,
            printed_name=author.name,
            published_date=day,
            shown_citation_count=paper.shown_citation_count,
            relevance=order,
        )
        if at is not None:
            AuthorshipInstitution.objects.create(authorship=byline, institution=at, paper=paper, published_date=day)


def cite(citing: Paper, cited: Paper) -> Citation:
    """One edge, with the counts as a refresh leaves them."""
    edge = Citation.objects.create(citing=citing, cited=cited, source="openalex")
    cited.counted_citation_count = (cited.counted_citation_count or 0) + 1
    cited.shown_citation_count = max(cited.shown_citation_count or 0, cited.counted_citation_count)
    cited.save(update_fields=["counted_citation_count", "shown_citation_count"])
    return edge
