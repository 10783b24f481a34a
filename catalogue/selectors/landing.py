"""What a paper's page tells machines: typed links, Highwire tags and schema.org."""

from dataclasses import dataclass

from catalogue.domain.byline import Name
from catalogue.domain.link_headers import MOST_AUTHORS, TypedLink
from catalogue.selectors.paper_page import PaperPage
from papers.domain.citable import CitableName, one_line
from papers.selectors.citable import MEDIA_TYPES

ARTICLES = frozenset({"article", "journal-article", "review", "letter", "editorial", "preprint", "conference-paper"})


@dataclass(frozen=True, slots=True)
class Landing:
    """`tags` are (name, content) in order; `graph` is JSON-LD as plain data."""

    canonical: str
    tags: tuple[tuple[str, str], ...]
    graph: dict[str, object]
    links: tuple[TypedLink, ...]


def landing_facts(page: PaperPage, *, origin: str) -> Landing:
    """No query. `origin` is the site's https://host."""
    canonical = origin + page.url
    doi = page.identifier("doi")
    return Landing(
        canonical=canonical,
        tags=_tags(page, canonical),
        graph=_graph(page, origin=origin),
        links=(
            TypedLink("canonical", canonical),
            TypedLink("cite-as", f"https://doi.org/{doi}" if doi else canonical),
            TypedLink("type", "https://schema.org/AboutPage"),
            TypedLink("type", f"https://schema.org/{_schema_type(page)}"),
            *(TypedLink("author", origin + name.url) for name in page.byline.names[:MOST_AUTHORS] if name.url),
            *(TypedLink("describedby", f"{canonical}cite.{ending}", media) for ending, media in MEDIA_TYPES.items()),
            TypedLink("item", page.pdf_url, "application/pdf"),
            TypedLink("license", _license_url(page)),
        ),
    )


def _tags(page: PaperPage, canonical: str) -> tuple[tuple[str, str], ...]:
    """Highwire Press tags, as Google Scholar and Zotero read them: one citation_author for each author."""
    venue = page.paper.venue
    place = {"conference": "citation_conference_title", "journal": "citation_journal_title"}
    tags = [
        ("citation_title", one_line(page.paper.title)),
        *((f"citation_{_ROLES.get(name.role, 'author')}", _inverted(name.cited)) for name in page.byline.names),
        ("citation_publication_date", page.published_iso.replace("-", "/")),
        (place.get(venue.kind, "citation_journal_title") if venue else "", venue.name if venue else ""),
        *_print_tags(page),
        ("citation_doi", page.identifier("doi")),
        ("citation_arxiv_id", page.identifier("arxiv")),
        ("citation_pmid", page.identifier("pmid")),
        ("citation_isbn", page.identifier("isbn")),
        ("citation_language", page.paper.language),
        ("citation_pdf_url", page.pdf_url),
        ("citation_abstract_html_url", canonical),
    ]
    return tuple((name, content) for name, content in tags if name and content)


def _print_tags(page: PaperPage) -> list[tuple[str, str]]:
    """Where the version of record stands in print; "" for what no source says. An article number counts as a page."""
    if not page.locations:
        return []
    one = page.locations[0].location
    first, _, last = (one.pages or one.article_number).partition("-")
    is_range = "-" not in last
    return [
        ("citation_volume", one.volume),
        ("citation_issue", one.issue),
        ("citation_firstpage", first if is_range else one.pages),
        ("citation_lastpage", last if is_range else ""),
        ("citation_publisher", one.publisher),
        *(("citation_issn", issn) for issn in one.issns),
    ]


def _graph(page: PaperPage, *, origin: str) -> dict[str, object]:
    paper = page.paper
    facts: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": _schema_type(page),
        "@id": origin + page.url,
        "url": origin + page.url,
        "name": one_line(paper.title),
        "headline": one_line(paper.title)[:250],
        "abstract": one_line(paper.abstract),
        "datePublished": page.published_iso,
        "inLanguage": paper.language,
        "license": _license_url(page),
        "isPartOf": {"@type": "Periodical", "name": paper.venue.name} if paper.venue else None,
        "identifier": [url or f"{scheme}:{value}" for scheme, value, url in page.identifiers],
        "author": [_person(name, origin) for name in page.byline.names if name.role != "editor"],
        "editor": [_person(name, origin) for name in page.byline.names if name.role == "editor"],
        "keywords": [topic.name for topic in (*page.categories, *page.topics)],
    }
    return {name: value for name, value in facts.items() if value}


_ROLES = {"editor": "editor"}


def _inverted(name: CitableName) -> str:
    """ "Family, Given, Jr." as Google Scholar and Zotero split it without guessing; a group as printed."""
    if name.is_group or not name.given:
        return one_line(name.printed)
    return one_line(", ".join(filter(None, (name.full_family, name.given, name.suffix))))


def _person(name: Name, origin: str) -> dict[str, object]:
    cited = name.cited
    if cited.is_group:
        return {"@type": "Organization", "name": name.name}
    facts = {
        "@type": "Person",
        "name": name.name,
        "familyName": cited.full_family if cited.given else "",
        "givenName": cited.given,
        "honorificSuffix": cited.suffix,
        "url": origin + name.url if name.url else "",
    }
    return {key: value for key, value in facts.items() if value}


def _schema_type(page: PaperPage) -> str:
    if page.paper.kind in ARTICLES:
        return "ScholarlyArticle"
    return {"book": "Book", "dataset": "Dataset", "dissertation": "Thesis"}.get(page.paper.kind, "CreativeWork")


def _license_url(page: PaperPage) -> str:
    text = page.paper.license.strip()
    return text if text.startswith(("https://", "http://")) and " " not in text else ""
