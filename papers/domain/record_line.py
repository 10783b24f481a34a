"""A work as a line of the record format, which `import_records` reads."""

import json

from papers.domain.citable import CitableName, CitableWork


def record_line(work: CitableWork) -> str:
    """One JSON object and a line break; keys without a value are left out."""
    ids: dict[str, list[str]] = {}
    for scheme, value in work.identifiers:
        ids.setdefault(scheme, []).append(value)
    venue = {"name": work.venue, "type": work.venue_kind, "issn": list(work.issns), "publisher": work.publisher}
    facts: dict[str, object] = {
        "ids": ids,
        "title": work.title,
        "abstract": work.abstract,
        "type": work.kind,
        "published": "-".join(f"{part:02d}" for part in work.date_parts),
        "venue": {key: value for key, value in venue.items() if value} if work.venue else None,
        "language": work.language,
        "authors": [
            *(_person(name) for name in work.names),
            *({**_person(name), "role": "editor"} for name in work.editors),
            *({**_person(name), "role": "translator"} for name in work.translators),
        ],
        "authors_truncated": work.authors_total is not None,
        "authors_total": work.authors_total,
        "volume": work.volume,
        "issue": work.issue,
        "pages": work.pages,
        "article_number": work.article_number,
        "publisher": work.publisher,
        "book_title": work.book_title,
        "edition": work.edition,
        "isbn": list(work.isbns),
        "notices": [{"kind": work.notice}] if work.notice else None,
        "retracted": work.notice in ("retraction", "withdrawal"),
        "copied_from": work.public_id,
        "source": "export",
    }
    said = {key: value for key, value in facts.items() if value not in ("", None, False, [], {})}
    return json.dumps(said, ensure_ascii=False) + "\n"


def _person(name: CitableName) -> dict[str, object]:
    parts = {"name": name.printed, "given": name.given, "particle": name.particle, "suffix": name.suffix}
    stated: dict[str, object] = {key: value for key, value in parts.items() if value}
    if name.is_group:
        return {"name": name.printed, "is_group": True}
    # Printed alone, a family name of several words or one before a suffix would be read as a given name and a family name.
    is_in_parts = bool(name.given or name.suffix or " " in name.full_family)
    return {**stated, "family": name.family} if is_in_parts else {"name": name.printed}
