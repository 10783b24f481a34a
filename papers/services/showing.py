"""A field's value into the record and into every copy of it: rendered text, listings, search, the queue of changes."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import orjson
from django.db import connection

from common.richtext.mathematics import render_text
from papers.domain.dates import parse_date
from papers.domain.names import parse_person_name, search_text
from papers.domain.ranking import relevance
from papers.models import Author, Authorship, Change, Paper, PaperSearch, RecordKind
from papers.models.identity import UNKNOWN_DATE
from papers.selectors.corrections import RENDERED, records_of

# What a reader finds a paper by, and what the numbers of its authors are made of.
_SEARCHED = RENDERED
_COUNTED = frozenset({"is_retracted", "published", "kind"})


def show_values(
    *,
    kind: RecordKind,
    field: str,
    values: Mapping[int, Any],
    sources: Mapping[int, str] | str,
    now: datetime,
    is_own_word: bool = False,
) -> None:
    """Show `values` (by record id) in a field; inside the caller's transaction, which holds the record's lock.

    `sources` says where they come from: one name for all, or one a record, "" for a record's only source. A name that
    is the owner's own word is shown and found; bylines go on being matched by the name that sources state.
    """
    if not values:
        return
    for ids, value in _alike(values):
        if kind is RecordKind.PAPER:
            _show_paper_field(ids, field, value, now)
        elif kind is RecordKind.AUTHOR:
            _show_author_name(ids, str(value or ""), now, is_own_word=is_own_word)
        else:
            records_of(kind).filter(pk__in=ids).update(**{field: value}, changed_at=now)
    if kind is RecordKind.PAPER:
        _name_sources(field, values, sources)
    _tell(kind, field, list(values), now)


def _alike(values: Mapping[int, Any]) -> list[tuple[list[int], Any]]:
    """The records by value, so that a thousand of one value are one statement."""
    groups: dict[bytes, tuple[list[int], Any]] = {}
    for pk, value in values.items():
        groups.setdefault(orjson.dumps(value), ([], value))[0].append(pk)
    return list(groups.values())


def _show_paper_field(ids: list[int], field: str, value: Any, now: datetime) -> None:
    papers = Paper.objects.filter(pk__in=ids)
    if field in RENDERED:
        stated = isinstance(value, dict)
        plain, html = (value["text"], value["html"]) if stated else render_text(str(value or ""))
        papers.update(**{field: plain, f"{field}_html": html}, changed_at=now)
    elif field == "published":
        _show_date(ids, str(value or ""), now)
    else:
        column = "venue_id" if field == "venue" else field
        papers.update(**{column: value}, changed_at=now)


def _show_date(ids: list[int], iso: str, now: datetime) -> None:
    """A date of publication, and the copies of it by which works are listed."""
    known = parse_date(iso) if iso else None
    day = known.first_day if known else None
    Paper.objects.filter(pk__in=ids).update(
        published_date=day, published_precision=known.precision if known else "", changed_at=now
    )
    _rank_again(ids, day)
    with connection.cursor() as cursor:
        for table in ("papers_papercategory", "papers_papertopic", "papers_authorshipinstitution"):
            cursor.execute(
                f"UPDATE {table} SET published_date = %s WHERE paper_id = ANY(%s)",
                [day or UNKNOWN_DATE, ids],
            )


def _rank_again(ids: list[int], day: date | None) -> None:
    by_count: dict[int | None, list[int]] = defaultdict(list)
    for pk, citations in Paper.objects.filter(pk__in=ids).values_list("pk", "shown_citation_count"):
        by_count[citations].append(pk)
    for citations, members in by_count.items():
        Authorship.objects.filter(paper_id__in=members).update(
            published_date=day or UNKNOWN_DATE, relevance=relevance(citations=citations, published=day)
        )


def _show_author_name(ids: list[int], name: str, now: datetime, *, is_own_word: bool) -> None:
    """A name and, unless it is an owner's own word, the keys by which bylines are matched. `name_slot` stays."""
    parts = parse_person_name(name)
    authors = list(
        Author.objects.filter(pk__in=ids)
        .only("pk", "search_text", "has_private_names", "key", "family_key", "initials", "is_initials")
        .order_by("pk")
    )
    for author in authors:
        author.name = name
        if not is_own_word:
            author.key = (parts.key or name.casefold())[:300]
            author.family_key, author.initials = parts.family_key[:300], parts.initials[:40]
            author.is_initials = parts.is_initials
        author.search_text = search_text([name] if author.has_private_names else [name, author.search_text])
        author.changed_at = now
    Author.objects.bulk_update(
        authors,
        ["name", "key", "family_key", "initials", "is_initials", "search_text", "changed_at"],
        batch_size=500,
    )


def _name_sources(field: str, values: Mapping[int, Any], sources: Mapping[int, str] | str) -> None:
    by_source: dict[str, list[int]] = defaultdict(list)
    for pk in values:
        by_source[sources if isinstance(sources, str) else sources.get(pk, "")].append(pk)
    with connection.cursor() as cursor:
        for source, ids in by_source.items():
            cursor.execute(
                """UPDATE papers_paper SET field_sources = (field_sources - %s::text) || %s::jsonb
                   WHERE id = ANY(%s)""",
                [field, orjson.dumps({field: source} if source else {}).decode(), ids],
            )


def _tell(kind: RecordKind, field: str, ids: list[int], now: datetime) -> None:
    """What read models must look at again."""
    changes = [Change(kind=kind, object_id=pk, at=now) for pk in ids]
    if kind is RecordKind.PAPER:
        if field in _SEARCHED:
            mark_stale(ids)
        if field in _COUNTED:
            people = Authorship.objects.filter(paper_id__in=ids).order_by("author").values_list("author")
            changes += [Change(kind=RecordKind.AUTHOR, object_id=pk, at=now) for (pk,) in people.distinct()]
    if kind is RecordKind.AUTHOR and field == "name":
        papers = Authorship.objects.filter(author_id__in=ids).order_by("paper").values_list("paper", flat=True)
        mark_stale(list(papers.distinct()))
    Change.objects.bulk_create(changes, batch_size=5_000)


def mark_stale(paper_ids: list[int]) -> int:
    """Have the papers' full text made anew; returns how many. A paper without a row for it gets one."""
    rows = [PaperSearch(paper_id=pk, is_stale=True) for pk in paper_ids]
    PaperSearch.objects.bulk_create(
        rows, batch_size=5_000, update_conflicts=True, unique_fields=["paper"], update_fields=["is_stale"]
    )
    return len(rows)
