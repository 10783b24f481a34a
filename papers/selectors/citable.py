"""Works to cite, one or thousands, in batches that keep memory bounded."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import batched

from papers.domain.bibtex import bibtex_entry
from papers.domain.citable import CitableName, CitableWork
from papers.domain.csl import csl_item
from papers.domain.names import parse_person_name
from papers.domain.public_ids import encode
from papers.domain.ris import ris_entry
from papers.models import Authorship, Paper, PaperIdentifier
from papers.selectors.addresses import address
from papers.selectors.bylines import shown_name

BATCH = 200

MEDIA_TYPES = {
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "json": "application/vnd.citationstyles.csl+json",
}


def cited_as(paper_ids: Iterable[int], *, format: str, origin: str) -> Iterator[str]:
    """The text of an export, piece by piece. `format` is a key of MEDIA_TYPES, `origin` the site's https://host."""
    works = citable_works(paper_ids, origin=origin)
    if format == "json":
        return _json_array(works)
    return map(bibtex_entry if format == "bib" else ris_entry, works)


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


def _batch(paper_ids: Sequence[int], *, origin: str) -> Iterator[CitableWork]:
    rows = Paper.objects.filter(id__in=paper_ids).values_list(
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
    )
    papers = {row[0]: row for row in rows}
    names = _names(paper_ids)
    identifiers: dict[tuple[int, str], str] = {}
    found = PaperIdentifier.objects.filter(paper_id__in=paper_ids, scheme__in=["doi", "arxiv"])
    for paper_id, scheme, value in found.order_by("-value").values_list("paper_id", "scheme", "value"):
        identifiers[paper_id, scheme] = value
    for pk in paper_ids:
        if pk not in papers:
            continue
        _pk, title, kind, day, precision, venue, venue_kind, category, abstract, language = papers[pk]
        yield CitableWork(
            public_id=encode("W", pk),
            title=title,
            kind=kind,
            names=tuple(names[pk]),
            published_date=day,
            precision=precision,
            venue=venue or "",
            venue_kind=venue_kind or "",
            doi=identifiers.get((pk, "doi"), ""),
            arxiv=identifiers.get((pk, "arxiv"), ""),
            category=category or "",
            url=origin + address("W", pk, title),
            abstract=abstract,
            language=language,
        )


def _names(paper_ids: Sequence[int]) -> dict[int, list[CitableName]]:
    names: dict[int, list[CitableName]] = defaultdict(list)
    rows = Authorship.objects.filter(paper_id__in=paper_ids).order_by("paper_id", "position")
    for paper_id, printed in rows.values_list("paper_id", shown_name()):
        parts = parse_person_name(printed)
        given = f"{parts.given}, {parts.suffix}" if parts.suffix else parts.given
        names[paper_id].append(CitableName(printed, parts.family, given))
    return names
