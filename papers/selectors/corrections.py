"""What fields show now, and what people corrected."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from papers.domain.display import iso_date
from papers.models import Author, Correction, Institution, Paper, RecordKind, Topic, Venue
from papers.models.identity import PublicRecord

_MODELS: dict[RecordKind, type[PublicRecord]] = {
    RecordKind.PAPER: Paper,
    RecordKind.AUTHOR: Author,
    RecordKind.INSTITUTION: Institution,
    RecordKind.VENUE: Venue,
    RecordKind.TOPIC: Topic,
}
RENDERED = frozenset({"title", "abstract"})


@dataclass(frozen=True, slots=True)
class Shown:
    """A field of a record: its canonical `value`; the same as `stated` has it in a Correction; and its source.

    `source` is empty when the record has one source only, or the kind of record keeps no source for its fields.
    """

    value: Any
    stated: Any
    source: str = ""


def records_of(kind: RecordKind) -> QuerySet[Any]:
    """All records of a kind, merged ones too."""
    manager: Any = _MODELS[kind]._default_manager
    return manager.all()  # type: ignore[no-any-return]  # one of five models


def kind_of(model: type[PublicRecord]) -> RecordKind:
    """The kind of record of a model."""
    return next(kind for kind, known in _MODELS.items() if issubclass(model, known))


def shown_values(kind: RecordKind, field: str, object_ids: Sequence[int]) -> dict[int, Shown]:
    """What the field shows now, by record id. One query."""
    if kind is not RecordKind.PAPER:
        rows = records_of(kind).filter(pk__in=object_ids).values_list("pk", field)
        return {pk: Shown(value, value) for pk, value in rows}
    columns = {
        "published": ("published_date", "published_precision"),
        "venue": ("venue_id",),
        "title": ("title", "title_html"),
        "abstract": ("abstract", "abstract_html"),
    }.get(field, (field,))
    rows = Paper.objects.filter(pk__in=object_ids).order_by("pk").values_list("pk", "field_sources", *columns)
    return {pk: _shown(field, values, sources) for pk, sources, *values in rows}


def _shown(field: str, values: Sequence[Any], sources: dict[str, str]) -> Shown:
    value = iso_date(*values) if field == "published" else values[0]
    stated = {"text": values[0], "html": values[1]} if field in RENDERED else value
    return Shown(value, stated, sources.get(field, ""))


def corrections_of(kind: RecordKind, object_id: int) -> QuerySet[Correction]:
    """The corrections of a record with the people who made them."""
    return Correction.objects.filter(kind=kind, object_id=object_id).select_related("by").order_by("field", "pk")


@dataclass(frozen=True, slots=True)
class CorrectionText:
    """A correction as people read it: what was set, and what sources say instead."""

    correction: Correction
    set_to: str
    stated: str


def as_text(corrections: Sequence[Correction]) -> list[CorrectionText]:
    """The corrections with venues by name. One query where there are venues, none otherwise."""
    venues = {v for c in corrections if c.field == "venue" for v in (c.value, c.imported_value) if v}
    names = dict(Venue.objects.filter(pk__in=venues).values_list("pk", "name")) if venues else {}
    return [
        CorrectionText(c, _value_text(c.field, c.value, names), _value_text(c.field, c.imported_value, names))
        for c in corrections
    ]


def _value_text(field: str, value: Any, names: dict[int, str]) -> str:
    if field == "venue":
        return names.get(value, "")
    if isinstance(value, dict):
        return str(value.get("text", ""))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
