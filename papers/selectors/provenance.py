"""What each source said of a record beside what is shown, and which of them each field was taken from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from papers.domain.correctable import CORRECTABLE
from papers.domain.display import iso_date
from papers.models import Correction, EntityStatement, Paper, PaperStatement, RecordKind
from papers.models.identity import PublicRecord

MOST_STATEMENTS = 20
MOST_CHARS = 20_000

# Where a source's words for a field are, when they are not under the field's own name.
_PAPER_KEYS = {"kind": "type", "is_retracted": "retracted"}
_ENTITY_KEYS = {"homepage_url": "homepage", "established_year": "established", "field_name": "field"}
# Shown for comparison only: nobody corrects these field by field.
_PAPER_MORE = ("authors", "categories", "topics", "references_total", "cited_by_count")


@dataclass(frozen=True, slots=True)
class Statement:
    """One source's words: `text` is indented JSON, cut after 20,000 characters; `says` has them by field."""

    source: str
    source_key: str
    first_seen_at: datetime
    changed_at: datetime
    text: str
    says: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field: what is shown, where that is from ("" where it is not kept), and what each statement says."""

    name: str
    shown: str
    source: str
    correction: Correction | None
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Provenance:
    """A record's statements, newest first, and its fields side by side; `count` is of all statements."""

    statements: tuple[Statement, ...]
    fields: tuple[FieldRow, ...]
    is_cut: bool


def provenance_of(kind: RecordKind, record: PublicRecord, corrections: Sequence[Correction]) -> Provenance:
    """Side by side what is shown and what was said. One query."""
    read = _paper_says if kind is RecordKind.PAPER else _entity_says
    rows = _statements(kind, record.pk)
    statements = tuple(_statement(row, read) for row in rows[:MOST_STATEMENTS])
    held = {correction.field: correction for correction in corrections}
    sources: Mapping[str, str] = record.field_sources if isinstance(record, Paper) else {}
    names = [*CORRECTABLE[kind.value], *(_PAPER_MORE if kind is RecordKind.PAPER else ())]
    fields = tuple(_row(name, _shown(record, name), sources, held.get(name), statements) for name in names)
    return Provenance(statements, fields, is_cut=len(rows) > MOST_STATEMENTS)


def _row(
    name: str,
    shown: str,
    sources: Mapping[str, str],
    correction: Correction | None,
    statements: Sequence[Statement],
) -> FieldRow:
    source = sources.get(name) or sources.get("*", "") if shown else ""
    said = tuple(statement.says.get(name, "") for statement in statements)
    return FieldRow(name, shown, "correction" if correction else source, correction, said)


def _statements(kind: RecordKind, object_id: int) -> list[PaperStatement | EntityStatement]:
    if kind is RecordKind.PAPER:
        papers = PaperStatement.objects.filter(paper_id=object_id).defer("digest", "other_digests")
        return list(papers.order_by("-changed_at", "pk")[: MOST_STATEMENTS + 1])
    entities = EntityStatement.objects.filter(kind=kind, object_id=object_id).defer("digest")
    return list(entities.order_by("-changed_at", "pk")[: MOST_STATEMENTS + 1])


def _statement(row: PaperStatement | EntityStatement, read: Callable[[Mapping[str, Any]], dict[str, str]]) -> Statement:
    text = orjson.dumps(row.statement, option=orjson.OPT_INDENT_2).decode()
    says = read(row.statement if isinstance(row.statement, dict) else {})
    return Statement(row.source, row.source_key, row.first_seen_at, row.changed_at, text[:MOST_CHARS], says)


def _paper_says(statement: Mapping[str, Any]) -> dict[str, str]:
    names = (*CORRECTABLE["paper"], *_PAPER_MORE)
    return {name: _value_text(statement.get(_PAPER_KEYS.get(name, name))) for name in names}


def _entity_says(statement: Mapping[str, Any]) -> dict[str, str]:
    names = {name for rules in CORRECTABLE.values() for name in rules}
    return {name: _value_text(statement.get(_ENTITY_KEYS.get(name, name))) for name in names}


def _value_text(value: Any) -> str:
    """A source's value in one line: lists by their first members and how many more, things by their name."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return str(value.get("name") or value.get("code") or "")
    if isinstance(value, list):
        first = ", ".join(_value_text(one) for one in value[:5])
        return f"{first} … ({len(value):,})" if len(value) > 5 else first
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _shown(record: PublicRecord, name: str) -> str:
    if isinstance(record, Paper):
        if name == "published":
            return iso_date(record.published_date, record.published_precision)
        if name == "authors":
            return f"({record.author_count:,})"
        if name == "cited_by_count":
            return _value_text(record.reported_citation_count)
        if name in ("categories", "topics"):
            return ""
    value = getattr(record, name)
    return str(value) if isinstance(value, PublicRecord) else _value_text(value)
