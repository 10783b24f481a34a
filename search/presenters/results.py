"""What the page of results says around the results: tabs, chips, orders, facets and where each leads."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from common.db.keyset import sign_cursor
from papers.templatetags.works import kind_name
from search.domain.queries import SECTIONS, Query
from search.selectors.facets import Facets
from search.selectors.pages import ResultPage

SORTS = ("", "newest", "cited")
EXPORT_NAMES = {"bib": "BibTeX", "ris": "RIS", "json": "CSL-JSON", "csv": "CSV"}
FIELD_NAMES: dict[str, str | Promise] = {
    "author": _("Author"),
    "title": _("Title"),
    "venue": _("Venue"),
    "year": _("Year"),
    "category": _("Category"),
    "topic": _("Topic"),
    "institution": _("Institution"),
    "type": _("Type"),
    "open": _("Open access"),
    "retracted": _("Retracted"),
    "doi": _("DOI"),
    "": _("Words"),
}


@dataclass(frozen=True, slots=True)
class Chip:
    """A part of the query as it was understood, and the address of the search without it."""

    field: str | Promise
    value: str
    is_excluded: bool
    without: str


@dataclass(frozen=True, slots=True)
class FacetLink:
    """A value of a facet; `share` of the largest is from 0 to 100. `address` has it as a filter."""

    label: str | Promise
    papers: int
    address: str
    share: int


@dataclass(frozen=True, slots=True)
class FacetView:
    """A facet as shown; `years` are drawn as a histogram."""

    name: str
    title: str | Promise
    links: tuple[FacetLink, ...]

    @property
    def is_years(self) -> bool:
        """Whether the values are years."""
        return self.name == "year"


class Links:
    """Addresses of searches like this one."""

    def __init__(self, query: Query) -> None:
        self._query = query

    def search(self, text: str, *, section: str = "", sort: str = "", after: str = "") -> str:
        """The address of a search."""
        given = {"q": text, "type": section, "sort": sort, "after": after}
        return f"{reverse('search:search')}?{urlencode({key: value for key, value in given.items() if value})}"

    def export(self, format: str) -> str:
        """The address of the results as a file."""
        given = {"q": self._query.words, "sort": self._query.sort}
        text = urlencode({key: value for key, value in given.items() if value})
        return f"{reverse('search:export', args=[format])}?{text}"


def results_context(query: Query, links: Links, page: ResultPage | None) -> dict[str, object]:
    """What the template needs beside the page itself."""
    has_papers = page is not None and query.lists_one_kind and any(one.name == "papers" for one in page.sections)
    return {
        "query": query.words,
        "section": query.section,
        "lists_one_kind": query.lists_one_kind,
        "tabs": [(name, links.search(query.words, section=name), name == query.section) for name in ("", *SECTIONS)],
        "chips": _chips(query, links),
        "sorts": [(name, links.search(query.words, section="papers", sort=name), name == query.sort) for name in SORTS]
        if has_papers
        else [],
        "facets": _facets(query, links, page.facets) if page and page.facets else (),
        "exports": [(label, links.export(name)) for name, label in EXPORT_NAMES.items()] if has_papers else [],
        "more": _more(query, links, page),
        "corrected_url": links.search(page.corrected, section=query.section) if page and page.corrected else "",
        "unknown": [(FIELD_NAMES[part.field], part.value) for part in page.unknown] if page else [],
    }


def _chips(query: Query, links: Links) -> list[Chip]:
    return [
        Chip(
            FIELD_NAMES[part.field],
            part.value,
            part.is_excluded,
            links.search(query.parsed.without(part), section=query.section, sort=query.sort),
        )
        for part in query.parsed.filters
    ]


def _facets(query: Query, links: Links, facets: Facets) -> tuple[FacetView, ...]:
    shown = []
    for facet in facets.facets:
        most = max(papers for _value, papers in facet.values)
        values = tuple(
            FacetLink(
                _label(facet.name, value),
                papers,
                links.search(query.parsed.with_filter(facet.name, value), section="papers", sort=query.sort),
                max(1, round(100 * papers / most)),
            )
            for value, papers in facet.values
        )
        shown.append(FacetView(facet.name, FIELD_NAMES[facet.name], values))
    return tuple(shown)


def _label(facet: str, value: str) -> str | Promise:
    if facet == "type":
        return kind_name(value)
    return _("yes") if facet in ("open", "retracted") else value


def _more(query: Query, links: Links, page: ResultPage | None) -> str:
    """The address of the next page, "" on the last one and where each kind has only its best."""
    following = page.sections[0].hits.next if page and query.lists_one_kind and page.sections else None
    if following is None:
        return ""
    cursor = sign_cursor((following.found_by, *following.key), of=query.signed)
    return links.search(query.words, section=query.section or "papers", sort=query.sort, after=cursor)
