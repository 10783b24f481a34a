"""BibTeX. Imported text is hostile: whatever a title holds, it stays inside its braces."""

import re
from collections.abc import Sequence

from bibtexparser.library import Library
from bibtexparser.model import Entry, Field
from bibtexparser.writer import BibtexFormat, write

from common.richtext.markup import cut_at_formulas
from papers.domain.citable import CitableName, CitableWork, one_line

ENTRY_TYPES = {
    "article": "article",
    "journal-article": "article",
    "review": "article",
    "letter": "article",
    "editorial": "article",
    "book": "book",
    "chapter": "incollection",
    "book-chapter": "incollection",
    "conference": "inproceedings",
    "conference-paper": "inproceedings",
    "proceedings-article": "inproceedings",
    "proceedings": "proceedings",
    "dissertation": "phdthesis",
    "report": "techreport",
}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_SPECIAL = {
    "\\": r"{\textbackslash}",
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    '"': "{''}",
}
_SPECIAL_CHARACTER = re.compile(r'[\\{}$&%#_~^"]')
_COMMENT = re.compile(r"(?<!\\)(?:\\\\)*%")
_TEX_SIGN = re.compile(r"\\.", re.S)
# Commands that read, write or redefine have no place in a formula from outside.
_ACTING_COMMAND = re.compile(
    r"\\(?:input|include|open|close|read|write|immediate|special|catcode|[egx]?def|let|csname|newcommand|renewcommand"
    r"|loop|href|url|directlua|usepackage|makeatletter)"
)


def bibtex_entry(work: CitableWork) -> str:
    """One entry, ending in a line break."""
    layout = BibtexFormat()  # type: ignore[no-untyped-call]  # the library's constructor has no annotations
    layout.indent = "  "
    layout.trailing_comma = True
    fields = [Field(name, value) for name, value in _fields(work) if value]
    library = Library([Entry(_entry_type(work), work.key, fields)])
    return write(library, bibtex_format=layout)


def escaped(text: str) -> str:
    """The text as TeX prints it. Formulas between $ signs stay when their braces match and they hold no comment."""
    parts = cut_at_formulas(one_line(text))
    return "".join(part if _is_safe_formula(part) else _escaped_text(part) for part in parts)


def _escaped_text(text: str) -> str:
    return _SPECIAL_CHARACTER.sub(lambda match: _SPECIAL[match[0]], text)


def _is_safe_formula(part: str) -> bool:
    if len(part) < 3 or part[0] != "$" or part[-1] != "$" or part[-2] == "\\":
        return False
    if _COMMENT.search(part) or '"' in part or "^^" in part or _ACTING_COMMAND.search(part):
        return False
    # BibTeX counts the braces that TeX prints, `\{`, as well: they have to match with and without.
    return _braces_match(part) and _braces_match(_TEX_SIGN.sub("", part))


def _braces_match(text: str) -> bool:
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return depth == 0


def _entry_type(work: CitableWork) -> str:
    if work.kind in ("preprint", "other") and work.venue_kind == "journal":
        return "article"
    return ENTRY_TYPES.get(work.kind, "misc")


def _fields(work: CitableWork) -> list[tuple[str, str]]:
    entry_type = _entry_type(work)
    place = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}.get(entry_type)
    parts = work.date_parts
    venue = work.book_title if place == "booktitle" and work.book_title else work.venue
    texts = {
        "title": f"{{{escaped(work.title)}}}",
        "author": _people(work.names, cut=work.authors_total is not None),
        "editor": _people(work.editors),
        "translator": _people(work.translators),
        "year": str(parts[0]) if parts else "",
        "month": "",
        "day": str(parts[2]) if len(parts) > 2 else "",
        place or "howpublished": escaped(venue),
        "series": escaped(work.series),
        "volume": escaped(work.volume),
        "number": escaped(work.issue),
        "pages": escaped(work.pages.replace("-", "--") if work.pages.count("-") == 1 else work.pages),
        "eid": escaped(work.article_number),
        "edition": escaped(work.edition),
        _PUBLISHERS.get(entry_type, "publisher"): escaped(work.publisher),
        "isbn": ", ".join(work.isbns),
        "issn": ", ".join(work.issns),
        "doi": _bare(work.doi),
        "eprint": _bare(work.arxiv),
        "archiveprefix": "arXiv" if work.arxiv else "",
        "primaryclass": escaped(work.category) if work.arxiv else "",
        "pmid": _bare(work.identifier("pmid")),
        "pmcid": _bare(work.identifier("pmcid")),
        "identifiers": escaped("; ".join(f"{scheme}:{value}" for scheme, value in work.other_identifiers)),
        "entrysubtype": work.kind if _reads_back_as(entry_type, work.venue_kind) != work.kind else "",
        "language": escaped(work.language),
        "keywords": ", ".join(escaped(word) for word in work.keywords),
        "note": _NOTES.get(work.notice, ""),
        "url": _bare(work.url),
        "abstract": escaped(work.abstract),
    }
    month = MONTHS[parts[1] - 1] if len(parts) > 1 else ""
    written = ((name, month if name == "month" else _braced(text) if text else "") for name, text in texts.items())
    return [(name, text) for name, text in written if text]


_VOLUMES = frozenset({"book", "proceedings"})
_PUBLISHERS = {"phdthesis": "school", "techreport": "institution"}
_READ_BACK = {
    "article": "article",
    "book": "book",
    "incollection": "book-chapter",
    "inproceedings": "conference-paper",
    "phdthesis": "dissertation",
    "techreport": "report",
}
_NOTES = {"retraction": "Retracted", "withdrawal": "Withdrawn", "concern": "Expression of concern"}


def _reads_back_as(entry_type: str, venue_kind: str) -> str:
    """The kind that a reader of the entry takes the work for, if nothing more is said."""
    kind = _READ_BACK.get(entry_type, "")
    return "preprint" if kind == "article" and venue_kind == "repository" else kind


def _people(names: Sequence[CitableName], *, cut: bool = False) -> str:
    joined = " and ".join(_name(name) for name in names)
    return f"{joined} and others" if cut and joined else joined


def _name(name: CitableName) -> str:
    """ "Family, Given" or "Family, Jr., Given"; a group is braced whole, a person of one name in several words has a comma."""
    if name.is_group:
        return f"{{{escaped(name.printed)}}}"
    family, given, suffix = (_part(text) for text in (name.full_family, name.given, name.suffix))
    if suffix:
        return f"{family}, {suffix}, {given}"
    if given:
        return f"{family}, {given}"
    return f"{family}," if " " in family and not family.startswith("{") else family


def _part(text: str) -> str:
    """A part of a name; one that holds a comma, "and" or a sign that names are told by is braced."""
    plain = escaped(text)
    return f"{{{plain}}}" if _TELLING.search(text) else plain


_TELLING = re.compile(r",|\band\b|=", re.I)


def _bare(text: str) -> str:
    """Identifiers and addresses: braces and backslashes percent-encoded, the rest as it is."""
    return one_line(text).replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D")


def _braced(text: str) -> str:
    return f"{{{text}}}"
