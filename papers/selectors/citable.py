"""Works to cite, one or thousands, in batches that keep memory bounded."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import batched
from typing import Any

from papers.domain.bibtex import bibtex_entry
from papers.domain.citable import CitableName, CitableWork, citable_name
from papers.domain.csl import csl_item
from papers.domain.name_parts import NameParts
from papers.domain.public_ids import encode
from papers.domain.record_line import record_line
from papers.domain.ris import ris_entry
from papers.models import Authorship, Paper, PaperIdentifier, PaperLocation, VenueIdentifier
from papers.selectors.addresses import address
from papers.selectors.bylines import shown_name

BATCH = 200

MEDIA_TYPES = {
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "json": "application/vnd.citationstyles.csl+json",
    "jsonl": "application/jsonl",
}


_WRITERS = {"bib": bibtex_entry, "ris": ris_entry, "jsonl": record_line}


def cited_as(paper_ids: Iterable[int], *, format: str, origin: str) -> Iterator[str]:
    """The text of an export, piece by piece. `format` is a key of MEDIA_TYPES, `origin` the site's https://host."""
    works = citable_works(paper_ids, origin=origin)
    if format == "json":
        return _json_array(works)
    return map(_WRITERS[format], works)


def citable_works(paper_ids: Iterable[int], *, origin: str) -> Iterator[CitableWork]:
    """The works in the order given; three queries for each batch."""
    for batch in batched(paper_ids, BATCH):
        yield from _batch(batch, origin=origin)


def _json_array(works: Iterable[CitableWork]) -> Iterator[str]:
    opening = "["
    for work in works:
        yield opening + json.dumps(csl_item(work), ensure_ascii=False)
        opening = ",\n"
    yield "]" if opening != "[" else "[]"


_COLUMNS = (
    "id",
    "title",
    "kind",
    "published_date",
    "published_precision",
    "venue__name",
    "venue__kind",
    "primary_category__code",
    "abstract",
    "language",
    "contributors",
    "is_authors_truncated",
    "authors_total",
    "author_count",
    "notice",
    "venue_id",
)
_DETAILS = ("volume", "issue", "pages", "article_number", "publisher", "book_title", "edition", "isbns")


def _batch(paper_ids: Sequence[int], *, origin: str) -> Iterator[CitableWork]:
    papers = {row["id"]: row for row in Paper.objects.filter(id__in=paper_ids).values(*_COLUMNS)}
    names = _names(paper_ids)
    identifiers: dict[int, list[tuple[str, str]]] = defaultdict(list)
    found = PaperIdentifier.objects.filter(paper_id__in=paper_ids).order_by("scheme", "value")
    for paper_id, scheme, value in found.values_list("paper_id", "scheme", "value"):
        identifiers[paper_id].append((scheme, value))
    details = {
        row.pop("paper_id"): row
        for row in PaperLocation.objects.filter(paper_id__in=paper_ids, position=1).values("paper_id", *_DETAILS)
    }
    issns = _issns({row["venue_id"] for row in papers.values() if row["venue_id"]})
    for pk in paper_ids:
        if pk in papers:
            work = _work(papers[pk], names[pk], identifiers[pk], origin)
            yield _detailed(work, details.get(pk, {}), issns.get(papers[pk]["venue_id"], ()))


def _issns(venue_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    rows = VenueIdentifier.objects.filter(venue_id__in=venue_ids, scheme="issn").order_by("venue_id", "id")
    for venue_id, value in rows.values_list("venue_id", "value"):
        found[venue_id] = (*found.get(venue_id, ()), value)
    return found


def _detailed(work: CitableWork, details: Mapping[str, str], issns: tuple[str, ...]) -> CitableWork:
    """The work with the bibliographic details of its version of record."""
    texts: dict[str, Any] = {name: value for name, value in details.items() if name != "isbns"}
    isbns = tuple(dict.fromkeys((*work.isbns, *details.get("isbns", "").split())))
    return replace(work, **texts, isbns=isbns, issns=issns)


def _work(
    row: Mapping[str, Any], names: Sequence[tuple[CitableName, str]], ids: Sequence[tuple[str, str]], origin: str
) -> CitableWork:
    pk, title, contributors = row["id"], row["title"], row["contributors"]
    first = dict(reversed(ids))
    own_editors = [name for name, role in names if role == "editor"]
    return CitableWork(
        public_id=encode("W", pk),
        title=title,
        kind=row["kind"],
        names=tuple(name for name, role in names if role != "editor"),
        editors=(*own_editors, *_contributors(contributors, "editor")),
        translators=_contributors(contributors, "translator"),
        authors_total=(row["authors_total"] or row["author_count"]) if row["is_authors_truncated"] else None,
        published_date=row["published_date"],
        precision=row["published_precision"],
        venue=row["venue__name"] or "",
        venue_kind=row["venue__kind"] or "",
        doi=first.get("doi", ""),
        arxiv=first.get("arxiv", ""),
        identifiers=tuple(ids),
        isbns=tuple(value for scheme, value in ids if scheme == "isbn"),
        category=row["primary_category__code"] or "",
        url=origin + address("W", pk, title),
        abstract=row["abstract"],
        language=row["language"],
        notice=row["notice"],
    )


def _contributors(rows: Sequence[dict[str, Any]], role: str) -> tuple[CitableName, ...]:
    return tuple(citable_name(_parts_of(row)) for row in rows if row.get("role") == role)


def _parts_of(row: dict[str, Any]) -> NameParts:
    texts = {key: str(row.get(key, "")) for key in ("name", "given", "family", "particle", "suffix")}
    return NameParts(**texts, kind="group" if row.get("is_group") else "person")


def _names(paper_ids: Sequence[int]) -> dict[int, list[tuple[CitableName, str]]]:
    """The people of each byline, with their roles; a person who keeps earlier names private by the present one."""
    names: dict[int, list[tuple[CitableName, str]]] = defaultdict(list)
    rows = Authorship.objects.filter(paper_id__in=paper_ids).order_by("paper_id", "position")
    for paper_id, printed, given, family, particle, suffix, kind, is_private, is_group, role in rows.values_list(
        "paper_id",
        shown_name(),
        "given",
        "family",
        "particle",
        "suffix",
        "author__kind",
        "author__has_private_names",
        "is_group",
        "role",
    ):
        parts = (
            NameParts(printed)
            if is_private
            else NameParts(printed, given, family, particle, suffix, "group" if is_group else kind)
        )
        names[paper_id].append((citable_name(parts), role))
    return names
