"""What people set stands above what sources say; what sources say is kept with it, for when it is withdrawn."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import orjson

from common.mathematics import render_text
from harvest.domain.record import WorkRecord
from harvest.services.writer.draft import Draft
from harvest.services.writer.tables import execute, fetch
from papers.domain.dates import parse_date

_TEXT_FIELDS = frozenset({"title", "abstract", "kind", "language", "license", "comment"})
_RENDERED = frozenset({"title", "abstract"})


def apply_corrections(drafts: Sequence[Draft]) -> None:
    """Put the corrected values of known papers into their drafts and name "correction" as the fields' source.

    A corrected venue is left for `corrected_venues`: a draft has the sources' words for one, not its row.
    """
    by_id = {draft.paper_id: draft for draft in drafts}
    stated: dict[int, tuple[Any, str]] = {}
    for row_id, paper_id, field, value in fetch(
        """SELECT id, object_id, field, value #>> '{}' FROM papers_correction
           WHERE kind = 'paper' AND object_id = ANY(%s) AND field <> 'venue'""",
        [list(by_id)],
    ):
        draft = by_id[paper_id]
        stated[row_id] = (_stated(draft, field), draft.field_sources.get(field, ""))
        if field in _TEXT_FIELDS:
            draft.record = _with_text(draft.record, field, value or "")
        elif field == "published":
            draft.record = replace(draft.record, published=parse_date(value) if value else None)
        elif field == "is_retracted":
            draft.corrected_retraction = value == "true"
        else:
            continue
        draft.field_sources = {**draft.field_sources, field: "correction"}
    keep_stated(stated)


def corrected_venues(drafts: Sequence[Draft], stated: Mapping[int, int | None]) -> dict[int, int | None]:
    """The venue's row id that people set, by paper; `stated` has those that sources lead to, which are kept."""
    by_id = {draft.paper_id: draft for draft in drafts if not draft.is_new}
    venues: dict[int, int | None] = {}
    words: dict[int, tuple[Any, str]] = {}
    for row_id, paper_id, venue_id in fetch(
        """SELECT c.id, c.object_id, v.canonical_id FROM papers_correction c
           LEFT JOIN canonical_venue v ON v.id = (c.value #>> '{}')::bigint
           WHERE c.kind = 'paper' AND c.object_id = ANY(%s) AND c.field = 'venue'""",
        [list(by_id)],
    ):
        draft = by_id[paper_id]
        words[row_id] = (stated[paper_id], draft.field_sources.get("venue", ""))
        draft.field_sources = {**draft.field_sources, "venue": "correction"}
        venues[paper_id] = venue_id
    keep_stated(words)
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


def keep_stated(stated: Mapping[int, tuple[Any, str]]) -> None:
    """Store with each correction (by its id) what sources say now, and which of them."""
    if not stated:
        return
    rows = [(row_id, orjson.dumps(value).decode(), source[:32]) for row_id, (value, source) in stated.items()]
    execute(
        """UPDATE papers_correction c SET stated_value = s.value::jsonb, stated_source = s.source
           FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS s(id, value, source)
           WHERE c.id = s.id AND (c.stated_value IS DISTINCT FROM s.value::jsonb OR c.stated_source <> s.source)""",
        [list(values) for values in zip(*rows, strict=True)],
    )


def _stated(draft: Draft, field: str) -> Any:
    record = draft.record
    if field == "is_retracted":
        return draft.is_retracted
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
