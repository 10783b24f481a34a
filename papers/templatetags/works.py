"""Words for what works are and where statements come from."""

from django import template
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from common.templatetags.presentation import fill
from papers.domain.licences import licence_host, licence_name

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

LINKS: dict[str, str | Promise] = {
    "html": _("Full text"),
    "landing": _("Landing page"),
    "pdf": _("PDF"),
    "xml": _("XML"),
}

SOURCES = {
    "acl": "ACL Anthology",
    "arxiv": "arXiv",
    "bibtex": "BibTeX",
    "crossref": "Crossref",
    "openalex": "OpenAlex",
    "orcid": "ORCID",
    "paperscape": "Paperscape",
    "ris": "RIS",
    "ror": "ROR",
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
def venue_kind_name(kind: str) -> str:
    """What a venue is, in the reader's language; "Venue" when no source says."""
    return str(VENUE_KINDS.get(kind) or kind.replace("-", " ").capitalize() or gettext("Venue"))


@register.filter
def source_name(source: str) -> str:
    return SOURCES.get(source, source)


@register.filter
def scheme_name(scheme: str) -> str:
    return SCHEMES.get(scheme, scheme)


@register.filter
def link_name(kind: str) -> str:
    """What a link of a work leads to."""
    return str(LINKS.get(kind) or kind.replace("-", " ").capitalize() or gettext("Link"))


@register.filter
def language_name(code: str) -> str:
    """A language in the reader's own: "German"; one that has no name here is shown by its code."""
    try:
        return str(get_language_info(code.lower())["name_translated"])
    except KeyError:
        return code


@register.filter
def licence_link(stated: str) -> SafeString:
    """A licence by its short name, with its address where it has one."""
    if not licence_host(stated):
        return fill("{}", licence_name(stated))
    return fill('<a href="{}" rel="license external" title="{}">{}</a>', stated, stated, licence_name(stated))
