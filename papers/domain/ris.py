"""RIS, by rispy. Every value is one line, so that no text can start a tag of its own."""

from rispy.writer import RisWriter

from papers.domain.byline_noise import kind_of_name
from papers.domain.citable import CitableName, CitableWork, one_line

TYPES = {
    "article": "JOUR",
    "journal-article": "JOUR",
    "review": "JOUR",
    "letter": "JOUR",
    "editorial": "JOUR",
    "book": "BOOK",
    "chapter": "CHAP",
    "book-chapter": "CHAP",
    "conference": "CPAPER",
    "conference-paper": "CPAPER",
    "proceedings-article": "CPAPER",
    "proceedings": "CONF",
    "dissertation": "THES",
    "report": "RPRT",
    "dataset": "DATA",
    "preprint": "UNPB",
    "posted-content": "UNPB",
}


class UnnumberedWriter(RisWriter):  # type: ignore[misc]  # rispy carries no types
    """rispy's writer without the running number before each reference."""

    def set_header(self, count: int) -> str:
        return ""


_READ_BACK = {
    "JOUR": "article",
    "BOOK": "book",
    "CHAP": "book-chapter",
    "CPAPER": "conference-paper",
    "CONF": "conference-paper",
    "THES": "dissertation",
    "RPRT": "report",
    "DATA": "dataset",
    "UNPB": "preprint",
    "GEN": "other",
}
_NOTES = {"retraction": "Retracted", "withdrawal": "Withdrawn", "concern": "Expression of concern"}


def ris_entry(work: CitableWork) -> str:
    """One reference with its TY and ER lines, ending in a line break."""
    parts = work.date_parts
    kind = TYPES.get(work.kind, "GEN")
    first, _, last = work.pages.partition("-")
    in_book = kind in ("CHAP", "CPAPER") and work.book_title
    fields: dict[str, object] = {
        "type_of_reference": kind,
        "title": one_line(work.title),
        "authors": [_name(name) for name in work.names] + (["et al."] if work.authors_total is not None else []),
        "secondary_authors": [_name(name) for name in work.editors],
        "subsidiary_authors": [_name(name) for name in work.translators],
        "year": str(parts[0]) if parts else "",
        "date": "/".join(f"{part:02d}" for part in parts) if len(parts) > 1 else "",
        "secondary_title": one_line(work.book_title if in_book else work.venue),
        "tertiary_title": one_line(work.series),
        "volume": one_line(work.volume),
        "number": one_line(work.issue),
        "start_page": one_line(first if last and "-" not in last else work.pages),
        "end_page": one_line(last) if "-" not in last else "",
        "custom7": one_line(work.article_number),
        "edition": one_line(work.edition),
        "publisher": one_line(work.publisher),
        "issn": "; ".join(work.isbns if kind in ("BOOK", "CHAP") else work.issns),
        "doi": one_line(work.doi),
        "note": f"arXiv:{one_line(work.arxiv)}" if work.arxiv else "",
        "accession_number": "; ".join(f"{scheme}:{one_line(value)}" for scheme, value in _unnamed(work)),
        "type_of_work": work.kind if _READ_BACK.get(kind) != work.kind else "",
        "notes": [_NOTES[work.notice]] if work.notice in _NOTES else [],
        "language": one_line(work.language),
        "keywords": [one_line(word) for word in work.keywords],
        "abstract": one_line(work.abstract),
        "urls": [one_line(work.url)] if work.url else [],
        "id": work.public_id,
    }
    reference = {name: value for name, value in fields.items() if value}
    return str(UnnumberedWriter().formats([reference])).strip("\n") + "\n\n"


def _unnamed(work: CitableWork) -> list[tuple[str, str]]:
    """What RIS has no tag for."""
    also = [(scheme, value) for scheme in ("pmid", "pmcid") if (value := work.identifier(scheme))]
    return [*also, *work.other_identifiers]


def _name(name: CitableName) -> str:
    """ "Last, First, Jr."; a group ends in a comma, a person of one name in several words in two.

    A group keeps the commas of its name where every reader can tell that it is one: "IsoQuest, Inc.,".
    """
    family, given, suffix = (
        one_line(text).replace(",", " ").replace(";", " ") for text in (name.full_family, name.given, name.suffix)
    )
    if name.is_group:
        group = one_line(name.printed).replace(";", " ")
        return f"{group if kind_of_name(group) == 'group' else group.replace(',', ' ')},"
    if given or suffix:
        return ", ".join(filter(None, (family, given, suffix)))
    return f"{family},," if " " in family else family
