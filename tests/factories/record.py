"""Small records made by hand: what a test of reading needs, without an import."""

from datetime import UTC, date, datetime

from papers.domain.names import parse_person_name, search_text
from papers.models import (
    Author,
    AuthorIdentifier,
    AuthorName,
    Authorship,
    AuthorshipInstitution,
    Category,
    Citation,
    Institution,
    InstitutionIdentifier,
    InstitutionName,
    Paper,
    PaperCategory,
    PaperIdentifier,
    PaperLocation,
    PaperSearch,
    PaperTopic,
    Topic,
    Venue,
    VenueIdentifier,
    VenueName,
)
from papers.models.identity import UNKNOWN_DATE
from papers.selectors.entity_names import name_key
from papers.selectors.locations import Location
from search.services.indexing import index_waiting_papers

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def make_author(name: str, *, also=(), ids=(), **more) -> Author:
    parsed = parse_person_name(name)
    author = Author.objects.create(
        name=name,
        key=parsed.key,
        family_key=parsed.family_key,
        initials=parsed.initials,
        is_initials=parsed.is_initials,
        search_text=search_text([name, *also]),
        **more,
    )
    for form in (name, *also):
        AuthorName.objects.create(author=author, name=form)
    for scheme, value in dict(ids).items():
        AuthorIdentifier.objects.create(author=author, scheme=scheme, value=value)
    return author


def make_institution(name: str, *, ids=(), also=(), **more) -> Institution:
    institution = Institution.objects.create(name=name, key=name_key(name), **more)
    for scheme, value in dict(ids).items():
        InstitutionIdentifier.objects.create(institution=institution, scheme=scheme, value=value)
    for form in also:
        InstitutionName.objects.create(institution=institution, name=form, key=name_key(form), kind="alias")
    return institution


def make_venue(name: str, *, ids=(), **more) -> Venue:
    venue = Venue.objects.create(name=name, key=name_key(name), **more)
    for scheme, value in dict(ids).items():
        VenueIdentifier.objects.create(venue=venue, scheme=scheme, value=value)
    return venue


def make_topic(name: str, **more) -> Topic:
    return Topic.objects.create(name=name, key=name_key(name), **more)


def make_category(code: str, name: str = "") -> Category:
    return Category.objects.create(code=code, name=name)


def make_paper(
    title: str,
    *,
    authors=(),
    published: date | None = date(2020, 5, 17),
    precision: str = "D",
    cites: int = 0,
    ids=(),
    topics=(),
    category: Category | None = None,
    **more,
) -> Paper:
    """A work with a byline (authors, or pairs of an author and an institution) and its full text."""
    paper = Paper.objects.create(
        title=title,
        kind=more.pop("kind", "article"),
        published_date=published,
        published_precision=precision if published else "",
        shown_citation_count=cites,
        counted_citation_count=cites,
        author_count=len(authors),
        primary_category=category,
        **more,
    )
    listed = {"published_date": published or UNKNOWN_DATE}
    put_on_byline(paper, authors, cites, listed)
    for scheme, value in dict(ids).items():
        PaperIdentifier.objects.create(paper=paper, scheme=scheme, value=value)
    for topic in topics:
        PaperTopic.objects.create(paper=paper, topic=topic, score=0.9, **listed)
    if category:
        PaperCategory.objects.create(paper=paper, category=category, position=1, **listed)
    locate(paper, dict(ids))
    index_words(paper)
    return paper


def put_on_byline(paper: Paper, authors, cites: int, listed: dict[str, date]) -> None:
    """The names in order; a pair is an author with an institution."""
    for position, entry in enumerate(authors, start=1):
        author, institution = entry if isinstance(entry, tuple) else (entry, None)
        authorship = Authorship.objects.create(
            paper=paper,
            position=position,
            author=author,
            printed_name=author.name,
            shown_citation_count=cites,
            **listed,
        )
        if institution:
            AuthorshipInstitution.objects.create(authorship=authorship, institution=institution, paper=paper, **listed)


def locate(paper: Paper, ids: dict[str, str]) -> None:
    """The first location, as it is written for a work whose venue or DOI or arXiv id a source states."""
    scheme = next((scheme for scheme in ("doi", "arxiv") if scheme in ids), "")
    if not (scheme or paper.venue):
        return
    name = (
        paper.venue
        and VenueName.objects.get_or_create(
            venue=paper.venue, key=paper.venue.key, defaults={"name": paper.venue.name}
        )[0]
    )
    PaperLocation.objects.create(
        paper=paper,
        position=1,
        venue_name=name,
        kind=paper.kind,
        published_date=paper.published_date,
        published_precision=paper.published_precision,
        scheme=scheme,
        value=ids.get(scheme, ""),
        license=paper.license,
        source="test",
    )


def index_words(paper: Paper) -> None:
    """The full text as it is made for every paper."""
    PaperSearch.objects.update_or_create(paper=paper, defaults={"is_stale": True})
    index_waiting_papers()


def make_citation(citing: Paper, cited: Paper) -> None:
    Citation.objects.create(citing=citing, cited=cited, source="test")


def location_with(**fields) -> Location:
    """A location as it is read, of which no more than this is known. No row."""
    nothing = dict.fromkeys(Location._fields, "")
    unknown = {"paper_id": 1, "position": 1, "venue_id": None, "issns": [], "published_date": None, "is_open": None}
    return Location(**nothing | unknown | fields)
