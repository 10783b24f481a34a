"""A BibTeX entry as a mapping of the record format."""

import re
from typing import Any

from harvest.domain.build import build_work
from harvest.domain.copies import (
    OWN_KINDS,
    collected_ids,
    copied_from,
    is_about_identifier,
    language_code,
    listed_ids,
    outside_address,
    unnamed_id,
    venue_kind,
    without_empty,
)
from harvest.domain.record import RecordError, WorkRecord
from harvest.sources.bibtex.entries import BibEntry
from harvest.sources.bibtex.journals import journal_name
from harvest.sources.bibtex.names import people, plain, with_quotes
from papers.domain.dates import certain_date, month_number

_KINDS = {
    "article": "article",
    "inproceedings": "conference-paper",
    "conference": "conference-paper",
    "book": "book",
    "mvbook": "book",
    "collection": "book",
    "incollection": "book-chapter",
    "inbook": "book-chapter",
    "phdthesis": "dissertation",
    "mastersthesis": "dissertation",
    "thesis": "dissertation",
    "techreport": "report",
    "report": "report",
    "unpublished": "preprint",
    "online": "other",
    "misc": "other",
    "electronic": "other",
    "dataset": "dataset",
    "software": "software",
    "proceedings": "book",
    "booklet": "book",
    "manual": "report",
    "suppperiodical": "article",
    "standard": "standard",
    "review": "review",
}
_VENUE_KINDS = {
    "article": "journal",
    "inproceedings": "conference",
    "conference": "conference",
    "incollection": "book",
    "inbook": "book",
}
_VOLUMES = frozenset({"book", "mvbook", "collection", "proceedings", "booklet", "manual"})
_ARXIV_VENUE = re.compile(r"(?:arxiv|corr)\b.*|.*\barxiv preprint\b.*", re.I)
_NAMED_WHOLE = re.compile(r"arXiv \([A-Za-z ]+\)")  # as OpenAlex names it, and so our own exports
_ISSN = re.compile(r"[0-9]{4}-?[0-9]{3}[0-9Xx]\b")
_SPLIT_WORDS = re.compile(r"[,;]")


def parse_entry(entry: BibEntry) -> WorkRecord:
    """One entry as a work; raises RecordError."""
    if entry.problem:
        raise RecordError("bad_bibtex", entry.problem)
    return build_work(_mapping(entry), source="bibtex")


def _mapping(entry: BibEntry) -> dict[str, Any]:
    fields = entry.fields
    ids = _ids(entry)
    venue = _venue(entry, ids)
    stated = plain(fields.get("entrysubtype", "")).lower()
    kind = stated if stated in OWN_KINDS else _KINDS.get(entry.kind, "other")
    if kind != stated and kind in {"other", "article"} and venue and venue["type"] == "repository":
        kind = "preprint"
    return without_empty(
        {
            "ids": ids,
            "title": _title(fields),
            "abstract": with_quotes(fields.get("abstract", "")),
            "type": kind,
            "published": _published(fields),
            "venue": venue,
            "language": language_code(fields.get("language") or fields.get("langid") or ""),
            "comment": plain(fields.get("note", "")),
            "topics": _keywords(fields),
            "authors": _people(entry),
            "authors_total": int(fields["authorstotal"]) if fields.get("authorstotal", "").isdigit() else None,
            "urls": _urls(fields),
            "copied_from": copied_from([fields.get("url", "")]),
            "repeated": list(entry.repeated),
        }
    ) | _bibliographic(entry)


def _title(fields: dict[str, str]) -> str:
    title, subtitle = plain(fields.get("title", "")), plain(fields.get("subtitle", ""))
    return f"{title}: {subtitle}" if title and subtitle and subtitle.lower() not in title.lower() else title


def _people(entry: BibEntry) -> list[dict[str, Any]]:
    fields = entry.fields
    found = people(fields.get("author", ""))
    for role in ("editor", "translator"):
        found += people(fields.get(role, ""), role=role)
    return found


def _bibliographic(entry: BibEntry) -> dict[str, Any]:
    fields = entry.fields
    is_article = entry.kind in {"article", "suppperiodical", "review"}
    pages = plain(fields.get("pages", "")).replace("--", "–").replace("–", "-")
    booktitle = plain(fields.get("booktitle", ""))
    number = plain(fields.get("eid") or fields.get("articleno") or fields.get("article-number") or "")
    return without_empty(
        {
            "volume": "" if "abs/" in fields.get("volume", "") else plain(fields.get("volume", "")),
            "issue": plain(fields.get("number") or fields.get("issue") or "")
            if is_article or not fields.get("series")
            else "",
            "pages": re.sub(r"\s*[-‐‑–—]+\s*", "-", pages),
            "article_number": "" if "arxiv" in number.lower() else number,
            "publisher": plain(
                fields.get("publisher")
                or fields.get("institution")
                or fields.get("school")
                or fields.get("organization")
                or ""
            ),
            "book_title": booktitle,
            "series": plain(fields.get("series", "")),
            "edition": plain(fields.get("edition", "")),
            "isbn": [one for one in re.split(r"[,;\s]+", fields.get("isbn", "").strip("{} ")) if one],
        }
    )


def _venue(entry: BibEntry, ids: dict[str, Any]) -> dict[str, Any] | None:
    fields = entry.fields
    raw = next((fields[name] for name in ("journal", "journaltitle", "booktitle") if fields.get(name)), "")
    name = "" if entry.kind in _VOLUMES else plain(journal_name(raw))
    if not name and entry.kind in {
        *_VOLUMES,
        "misc",
        "online",
        "unpublished",
        "techreport",
        "report",
        "dataset",
        "software",
    }:
        name = plain(fields.get("howpublished", ""))
        name = "" if "://" in name or "\\url" in name else name
    if (_ARXIV_VENUE.fullmatch(name) and not _NAMED_WHOLE.fullmatch(name)) or (ids.get("arxiv") and not name):
        name = "arXiv"
    if not name:
        return None
    return {
        "name": name,
        "type": venue_kind(name, _VENUE_KINDS.get(entry.kind, "")),
        "issn": _ISSN.findall(fields.get("issn", "")),
        "publisher": plain(fields.get("publisher", "")),
    }


def _keywords(fields: dict[str, str]) -> list[str]:
    text = fields.get("keywords") or fields.get("keyword") or ""
    return [one for part in _SPLIT_WORDS.split(text) if (one := plain(part).strip(" *"))]


def _urls(fields: dict[str, str]) -> dict[str, Any]:
    found = [outside_address(one) for one in re.split(r",?\s+|,(?=https?:)", fields.get("url", ""))]
    return {"landing": kept} if (kept := [one for one in found if one and not is_about_identifier(one)]) else {}


def _ids(entry: BibEntry) -> dict[str, Any]:
    fields = entry.fields
    stated = [(name, fields[name]) for name in ("doi", "pmid", "pmcid") if fields.get(name)]
    archive = (fields.get("archiveprefix") or fields.get("eprinttype") or "").strip("{} ").lower()
    eprint = fields.get("eprint", "").strip("{} ")
    if eprint and archive in {"", "arxiv", "pubmed", "pmid", "acl"}:
        stated.append(({"pubmed": "pmid", "": "arxiv"}.get(archive, archive), eprint))
    if entry.kind in {"book", "proceedings", "mvbook", "collection", "booklet"}:
        stated += [("isbn", one) for one in re.split(r"[,;]\s*|\s{2,}", fields.get("isbn", "")) if one]
    stated += listed_ids(plain(fields.get("identifiers", "")))
    texts = (
        fields.get(name, "")
        for name in ("url", "ee", "journal", "journaltitle", "howpublished", "note", "annote", "eprint", "eid", "pages")
    )
    preprint = fields.get("volume", "") if _ARXIV_VENUE.fullmatch(plain(fields.get("journal", ""))) else ""
    ids: dict[str, Any] = dict(collected_ids(stated, [*texts, preprint.replace("abs/", "arXiv:")]))
    if not ids:
        ids["local"] = unnamed_id(
            f"bibtex:{entry.key[:100]}",
            entry.key,
            fields.get("title", ""),
            fields.get("author", ""),
            fields.get("year", ""),
        )
    return ids


def _published(fields: dict[str, str]) -> str:
    """The date as far as it is certain; a raw text where nothing is, so that the record says what was left out."""
    raw = fields.get("date") or fields.get("year") or fields.get("issued") or ""
    known = certain_date(plain(raw).split("/")[0]) if raw else None
    if known is None:
        return plain(raw)
    month = known.month or month_number(plain(fields.get("month", "")))
    if month is None:
        return known.iso()
    day = known.day or int(day) if (day := fields.get("day", "").strip("{} ")).isdigit() else known.day
    found = certain_date(f"{known.year:04d}-{month:02d}-{day:02d}" if day else f"{known.year:04d}-{month:02d}")
    return found.iso() if found else known.iso()
