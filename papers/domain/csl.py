"""CSL-JSON, which Zotero, pandoc and citeproc read."""

from papers.domain.citable import CitableName, CitableWork, one_line

TYPES = {
    "article": "article-journal",
    "journal-article": "article-journal",
    "review": "article-journal",
    "letter": "article-journal",
    "editorial": "article-journal",
    "book": "book",
    "chapter": "chapter",
    "book-chapter": "chapter",
    "conference": "paper-conference",
    "conference-paper": "paper-conference",
    "proceedings-article": "paper-conference",
    "dissertation": "thesis",
    "report": "report",
    "dataset": "dataset",
    "software": "software",
}


def csl_item(work: CitableWork) -> dict[str, object]:
    """One item; keys without a value are left out."""
    parts = work.date_parts
    item: dict[str, object] = {
        "id": work.public_id,
        "type": TYPES.get(work.kind, "article"),
        "title": one_line(work.title),
        "author": [_name(name) for name in work.names],
        "issued": {"date-parts": [list(parts)]} if parts else None,
        "container-title": one_line(work.venue),
        "DOI": work.doi,
        "archive": "arXiv" if work.arxiv else "",
        "archive_location": work.arxiv,
        "abstract": one_line(work.abstract),
        "language": work.language,
        "URL": work.url,
    }
    return {name: value for name, value in item.items() if value}


def _name(name: CitableName) -> dict[str, str]:
    if not name.given:
        return {"literal": one_line(name.printed)}
    return {"family": one_line(name.family), "given": one_line(name.given)}
