"""BibTeX. Imported text is hostile: whatever a title holds, it stays inside its braces."""

import re

from bibtexparser.library import Library
from bibtexparser.model import Entry, Field
from bibtexparser.writer import BibtexFormat, write

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
_FORMULA = re.compile(r"(\$[^$]{1,2000}\$)")
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
    parts = _FORMULA.split(one_line(text))
    return "".join(part if _is_safe_formula(part) else _escaped_text(part) for part in parts)


def _escaped_text(text: str) -> str:
    return _SPECIAL_CHARACTER.sub(lambda match: _SPECIAL[match[0]], text)


def _is_safe_formula(part: str) -> bool:
    if len(part) < 3 or part[0] != "$" or part[-1] != "$" or part[-2] == "\\":
        return False
    if "%" in part or '"' in part or "^^" in part or _ACTING_COMMAND.search(part):
        return False
    depth = 0
    for character in part:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return depth == 0


def _entry_type(work: CitableWork) -> str:
    return ENTRY_TYPES.get(work.kind, "misc")


def _fields(work: CitableWork) -> list[tuple[str, str]]:
    entry_type = _entry_type(work)
    place = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}.get(entry_type)
    parts = work.date_parts
    return [
        ("title", _braced(f"{{{escaped(work.title)}}}")),
        ("author", _braced(" and ".join(_name(name) for name in work.names)) if work.names else ""),
        ("year", _braced(str(parts[0])) if parts else ""),
        ("month", MONTHS[parts[1] - 1] if len(parts) > 1 else ""),
        (place or "howpublished", _braced(escaped(work.venue)) if work.venue else ""),
        ("doi", _braced(_bare(work.doi)) if work.doi else ""),
        ("eprint", _braced(_bare(work.arxiv)) if work.arxiv else ""),
        ("archiveprefix", _braced("arXiv") if work.arxiv else ""),
        ("primaryclass", _braced(escaped(work.category)) if work.arxiv and work.category else ""),
        ("url", _braced(_bare(work.url))),
    ]


def _name(name: CitableName) -> str:
    """ "Family, Given"; a single name and one that holds "and" or a comma is braced whole."""
    if not name.given or "," in name.printed or re.search(r"\band\b", name.printed, re.I):
        return f"{{{escaped(name.printed)}}}"
    return f"{escaped(name.family)}, {escaped(name.given)}"


def _bare(text: str) -> str:
    """Identifiers and addresses: braces and backslashes percent-encoded, the rest as it is."""
    return one_line(text).replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D")


def _braced(text: str) -> str:
    return f"{{{text}}}"
