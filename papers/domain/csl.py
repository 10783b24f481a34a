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


_READ_BACK = {
    "article-journal": "article",
    "book": "book",
    "chapter": "book-chapter",
    "paper-conference": "conference-paper",
    "thesis": "dissertation",
    "report": "report",
    "dataset": "dataset",
    "software": "software",
}
_STATUS = {"retraction": "retracted", "withdrawal": "withdrawn", "concern": "expression of concern"}


def csl_item(work: CitableWork) -> dict[str, object]:
    """One item; keys without a value are left out."""
    parts = work.date_parts
    kind = TYPES.get(work.kind, "article")
    in_book = kind in ("chapter", "paper-conference") and work.book_title
    item: dict[str, object] = {
        "id": work.public_id,
        "type": kind,
        "genre": work.kind if _READ_BACK.get(kind) != work.kind else "",
        "title": one_line(work.title),
        "author": [_name(name) for name in work.names],
        "editor": [_name(name) for name in work.editors],
        "translator": [_name(name) for name in work.translators],
        "issued": {"date-parts": [list(parts)]} if parts else None,
        "container-title": one_line(work.book_title if in_book else work.venue),
        "collection-title": one_line(work.series),
        "volume": one_line(work.volume),
        "issue": one_line(work.issue),
        "page": one_line(work.pages),
        "number": one_line(work.article_number),
        "edition": one_line(work.edition),
        "publisher": one_line(work.publisher),
        "ISBN": " ".join(work.isbns),
        "ISSN": " ".join(work.issns),
        "DOI": work.doi,
        "PMID": work.identifier("pmid"),
        "PMCID": work.identifier("pmcid"),
        "archive": "arXiv" if work.arxiv else "",
        "archive_location": work.arxiv,
        "abstract": one_line(work.abstract),
        "keyword": ", ".join(one_line(word) for word in work.keywords),
        "language": work.language,
        "status": _STATUS.get(work.notice, ""),
        "URL": work.url,
        "custom": _custom(work),
    }
    return {name: value for name, value in item.items() if value}


def _custom(work: CitableWork) -> dict[str, object]:
    """What CSL has no variable for; keys without a value are left out."""
    others: dict[str, list[str]] = {}
    for scheme, value in work.other_identifiers:
        others.setdefault(scheme, []).append(value)
    custom = {
        "ids": others,
        "authors_truncated": work.authors_total is not None,
        "authors_total": work.authors_total,
    }
    return {name: value for name, value in custom.items() if value}


def _name(name: CitableName) -> dict[str, str]:
    if name.is_group:
        return {"literal": one_line(name.printed)}
    parts = {
        "family": one_line(name.family),
        "given": one_line(name.given),
        "non-dropping-particle": one_line(name.particle),
        "suffix": one_line(name.suffix),
    }
    return {key: value for key, value in parts.items() if value}
