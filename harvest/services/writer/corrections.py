"""What people set stands above what sources say; what sources say is kept with it, for when it is withdrawn."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import orjson

from common.richtext.mathematics import render_text
from harvest.domain.record import WorkRecord
from harvest.services.writer.tables import execute, fetch
from harvest.services.writer.upsert import Upsert
from papers.domain.dates import parse_date

_TEXT_FIELDS = frozenset({"title", "abstract", "kind", "language", "license", "comment"})
_RENDERED = frozenset({"title", "abstract"})


def apply_corrections(upserts: Sequence[Upsert]) -> None:
    """Put the corrected values of known papers into their drafts and name "correction" as the fields' source.

    A corrected venue is left for `corrected_venues`: a draft has the sources' words for one, not its row.
    """
    by_id = {upsert.paper_id: upsert for upsert in upserts}
    stated: dict[int, tuple[Any, str]] = {}
    for row_id, paper_id, field, value in fetch(
        """SELECT id, object_id, field, value #>> '{}' FROM papers_correction
           WHERE kind = 'paper' AND object_id = ANY(%s) AND field <> 'venue'""",
        [list(by_id)],
    ):
        upsert = by_id[paper_id]
        stated[row_id] = (_source_value(upsert, field), upsert.field_sources.get(field, ""))
        if field in _TEXT_FIELDS:
            upsert.record = _with_text(upsert.record, field, value or "")
        elif field == "published":
            upsert.record = replace(upsert.record, published=parse_date(value) if value else None)
        elif field == "is_retracted":
            upsert.corrected_retraction = value == "true"
        else:
            continue
        upsert.field_sources = {**upsert.field_sources, field: "correction"}
    keep_source_values(stated)


def corrected_venues(upserts: Sequence[Upsert], source_values: Mapping[int, int | None]) -> dict[int, int | None]:
    """The venue's row id that people set, by paper; `stated` has those that sources lead to, which are kept."""
    by_id = {upsert.paper_id: upsert for upsert in upserts if not upsert.is_new}
    venues: dict[int, int | None] = {}
    words: dict[int, tuple[Any, str]] = {}
    for row_id, paper_id, venue_id in fetch(
        """SELECT c.id, c.object_id, v.canonical_id FROM papers_correction c
           LEFT JOIN canonical_venue v ON v.id = (c.value #>> '{}')::bigint
           WHERE c.kind = 'paper' AND c.object_id = ANY(%s) AND c.field = 'venue'""",
        [list(by_id)],
    ):
        upsert = by_id[paper_id]
        words[row_id] = (source_values[paper_id], upsert.field_sources.get("venue", ""))
        upsert.field_sources = {**upsert.field_sources, "venue": "correction"}
        venues[paper_id] = venue_id
    keep_source_values(words)
    return venues


def corrected_fields(kind: str, object_ids: Iterable[int]) -> dict[int, dict[str, tuple[int, Any]]]:
    """By record, the (correction's id, value) of each corrected field."""
    fields: dict[int, dict[str, tuple[int, Any]]] = {}
    for row_id, object_id, field, value in fetch(
        """SELECT id, object_id, field, value #>> '{}' FROM papers_correction
           WHERE kind = %s AND object_id = ANY(%s)""",
        [kind, list(object_ids)],
    ):
        fields.setdefault(object_id, {})[field] = (row_id, value)
    return fields


def keep_source_values(source_values: Mapping[int, tuple[Any, str]]) -> None:
    """Store with each correction (by its id) what sources say now, and which of them."""
    if not source_values:
        return
    rows = [(row_id, orjson.dumps(value).decode(), source[:32]) for row_id, (value, source) in source_values.items()]
    execute(
        """UPDATE papers_correction c SET imported_value = s.value::jsonb, imported_source = s.source
           FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS s(id, value, source)
           WHERE c.id = s.id AND (c.imported_value IS DISTINCT FROM s.value::jsonb OR c.imported_source <> s.source)""",
        [list(values) for values in zip(*rows, strict=True)],
    )


def _source_value(upsert: Upsert, field: str) -> Any:
    record = upsert.record
    if field == "is_retracted":
        return upsert.is_retracted
    if field in _RENDERED:
        return {"text": getattr(record, field), "html": getattr(record, f"{field}_html")}
    if field == "published":
        return record.published.iso() if record.published else ""
    if field == "kind":
        return record.kind or "other"
    return getattr(record, field, None)


def _with_text(record: WorkRecord, field: str, value: str) -> WorkRecord:
    changes: dict[str, Any] = {field: value}
    if field in _RENDERED:
        changes[field], changes[f"{field}_html"] = render_text(value)
    return replace(record, **changes)
