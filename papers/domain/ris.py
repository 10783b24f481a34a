"""RIS, by rispy. Every value is one line, so that no text can start a tag of its own."""

from rispy.writer import RisWriter

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


def ris_entry(work: CitableWork) -> str:
    """One reference with its TY and ER lines, ending in a line break."""
    parts = work.date_parts
    fields: dict[str, object] = {
        "type_of_reference": TYPES.get(work.kind, "GEN"),
        "title": one_line(work.title),
        "authors": [_name(name) for name in work.names],
        "year": str(parts[0]) if parts else "",
        "date": "/".join(f"{part:02d}" for part in parts) if len(parts) > 1 else "",
        "secondary_title": one_line(work.venue),
        "doi": one_line(work.doi),
        "number": f"arXiv:{one_line(work.arxiv)}" if work.arxiv else "",
        "language": one_line(work.language),
        "abstract": one_line(work.abstract),
        "urls": [one_line(work.url)],
        "id": work.public_id,
    }
    reference = {name: value for name, value in fields.items() if value}
    return str(UnnumberedWriter().formats([reference])).strip("\n") + "\n\n"


def _name(name: CitableName) -> str:
    return f"{one_line(name.family)}, {one_line(name.given)}" if name.given else one_line(name.printed)
