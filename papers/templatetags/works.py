"""Words for what works are and where statements come from."""

from django import template
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from common.templatetags.presentation import fill
from papers.domain.licences import licence_name, web_host
from papers.domain.sources import origin_of
from papers.selectors.locations import Location

register = template.Library()

KINDS: dict[str, str | Promise] = {
    "article": _("article"),
    "book": _("book"),
    "book-chapter": _("book chapter"),
    "chapter": _("chapter"),
    "conference": _("conference paper"),
    "conference-paper": _("conference paper"),
    "dataset": _("data set"),
    "dissertation": _("dissertation"),
    "editorial": _("editorial"),
    "erratum": _("erratum"),
    "journal-article": _("journal article"),
    "letter": _("letter"),
    "other": _("work"),
    "paratext": _("paratext"),
    "peer-review": _("peer review"),
    "posted-content": _("preprint"),
    "preprint": _("preprint"),
    "proceedings": _("proceedings"),
    "proceedings-article": _("conference paper"),
    "reference-entry": _("reference entry"),
    "report": _("report"),
    "retraction": _("retraction"),
    "review": _("review"),
    "software": _("software"),
    "standard": _("standard"),
    "supplementary-materials": _("supplement"),
}

VENUE_KINDS: dict[str, str | Promise] = {
    "book": _("Book"),
    "conference": _("Conference"),
    "journal": _("Journal"),
    "repository": _("Repository"),
    "series": _("Series"),
}

VERSIONS: dict[str, str | Promise] = {
    "published": _("published version"),
    "accepted": _("accepted manuscript"),
    "submitted": _("preprint version"),
}

NOTICES: dict[str, str | Promise] = {
    "retraction": _("This work was retracted."),
    "withdrawal": _("This work was withdrawn."),
    "concern": _("There is an expression of concern about this work."),
    "correction": _("This work was corrected."),
}

NOTICE_CHIPS: dict[str, str | Promise] = {
    "retraction": _("Retracted"),
    "withdrawal": _("Withdrawn"),
    "concern": _("Expression of concern"),
    "correction": _("Corrected"),
}

NOTICES_ABOUT: dict[str, str | Promise] = {
    "retraction": _("This notice retracts"),
    "withdrawal": _("This notice withdraws"),
    "concern": _("This notice expresses concern about"),
    "correction": _("This notice corrects"),
}

LINKS: dict[str, str | Promise] = {
    "html": _("Full text"),
    "landing": _("Landing page"),
    "pdf": _("PDF"),
    "xml": _("XML"),
}

SCHEMES = {
    "acl": "ACL Anthology",
    "arxiv": "arXiv",
    "doi": "DOI",
    "grid": "GRID",
    "isbn": "ISBN",
    "isni": "ISNI",
    "issn": "ISSN",
    "local": "Local id",
    "mag": "MAG",
    "openalex": "OpenAlex",
    "orcid": "ORCID iD",
    "pmcid": "PMC",
    "pmid": "PubMed",
    "ror": "ROR",
    "wikidata": "Wikidata",
}


@register.filter
def kind_name(kind: str) -> str:
    """What a work is, in the reader's language: "preprint". An unknown kind is shown as its source has it."""
    return str(KINDS.get(kind) or kind.replace("-", " "))


@register.filter
def version_name(version: str) -> str:
    """Which version a location holds."""
    return str(VERSIONS.get(version, version))


@register.filter
def notice_sentence(kind: str) -> str:
    """What a notice says, as a sentence."""
    return str(NOTICES.get(kind, kind))


@register.filter
def notice_chip(kind: str) -> str:
    """The word for a notice in a list, "" for none."""
    return str(NOTICE_CHIPS.get(kind, ""))


@register.filter
def notice_about(kind: str) -> str:
    """The beginning of a sentence that ends with the work that a notice is about."""
    return str(NOTICES_ABOUT.get(kind, kind))


@register.filter
def volume_and_pages(one: Location) -> str:
    """Volume, issue, pages and the like, each after a dot: " · vol. 12, no. 3, pp. 45–67"."""
    parts = [
        gettext("in %(book)s") % {"book": one.book_title} if one.book_title else "",
        gettext("vol. %(volume)s") % {"volume": one.volume} if one.volume else "",
        gettext("no. %(issue)s") % {"issue": one.issue} if one.issue else "",
        _pages(one.pages),
        gettext("article %(number)s") % {"number": one.article_number} if one.article_number else "",
        one.publisher,
    ]
    joined = ", ".join(part for part in parts if part)
    return f" · {joined}" if joined else ""


def _pages(pages: str) -> str:
    if not pages:
        return ""
    shown = pages.replace("-", "\u2013")
    return (gettext("pp. %(pages)s") if "-" in pages else gettext("p. %(pages)s")) % {"pages": shown}


@register.filter
def venue_kind_name(kind: str) -> str:
    """What a venue is, in the reader's language; "Venue" when no source says."""
    return str(VENUE_KINDS.get(kind) or kind.replace("-", " ").capitalize() or gettext("Venue"))


@register.filter
def source_name(source: str) -> str:
    return origin_of(source).label or source


@register.filter
def scheme_name(scheme: str) -> str:
    return SCHEMES.get(scheme, scheme)


@register.filter
def link_name(kind: str, url: str = "") -> str:
    """What a link of a work leads to; a landing page is named by its host, since a work may have several."""
    host = web_host(url) if kind == "landing" else ""
    return host or str(LINKS.get(kind) or kind.replace("-", " ").capitalize() or gettext("Link"))


@register.filter
def language_name(code: str) -> str:
    """A language in the reader's own: "German"; one that has no name here is shown by its code."""
    try:
        return str(get_language_info(code.lower())["name_translated"])
    except KeyError:
        return code


@register.filter
def licence_link(licence: str) -> SafeString:
    """A licence by its short name, with its address where it has one."""
    if not web_host(licence):
        return fill("{}", licence_name(licence))
    return fill('<a href="{}" rel="license external" title="{}">{}</a>', licence, licence, licence_name(licence))
