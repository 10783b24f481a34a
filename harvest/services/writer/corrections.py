"""What people set stands above what sources say."""

from collections.abc import Sequence
from dataclasses import replace

from common.mathematics import render_text
from harvest.domain.record import WorkRecord
from harvest.services.writer.draft import Draft
from harvest.services.writer.tables import fetch
from papers.domain.dates import parse_date

_TEXT_FIELDS = frozenset({"title", "abstract", "kind", "language", "license", "comment"})


def apply_corrections(drafts: Sequence[Draft]) -> None:
    """Put the corrected values of known papers into their drafts and name "correction" as the fields' source."""
    by_id = {draft.paper_id: draft for draft in drafts}
    for paper_id, field, value in fetch(
        "SELECT object_id, field, value #>> '{}' FROM papers_correction WHERE kind = 'paper' AND object_id = ANY(%s)",
        [list(by_id)],
    ):
        draft = by_id[paper_id]
        if field in _TEXT_FIELDS:
            draft.record = _with_text(draft.record, field, value or "")
        elif field == "published":
            draft.record = replace(draft.record, published=parse_date(value) if value else None)
        elif field == "is_retracted":
            draft.record = replace(draft.record, is_retracted=value == "true")
        else:
            continue
        draft.field_sources = {**draft.field_sources, field: "correction"}


def _with_text(record: WorkRecord, field: str, value: str) -> WorkRecord:
    if field in ("title", "abstract"):
        plain, html = render_text(value)
        return replace(record, **{field: plain, f"{field}_html": html})
    return replace(record, **{field: value})
