"""OpenAlex objects as the API and the snapshot give them, of older and newer shapes."""

from typing import Any, Literal

from harvest.domain.build import build_work
from harvest.domain.build_entities import build_author, build_institution, build_topic, build_venue
from harvest.domain.record import RecordError, SourceRecord, WorkRecord
from harvest.sources.openalex import entities
from harvest.sources.openalex.works import work_mapping

type EntityKind = Literal["work", "author", "institution", "source", "topic"]

_SOURCE = "openalex"
_LETTERS: dict[str, EntityKind] = {
    "W": "work",
    "A": "author",
    "I": "institution",
    "S": "source",
    "T": "topic",
    "V": "source",
}


def parse_object(raw: dict[str, Any]) -> SourceRecord:
    """One object of any kind, told by its id; raises RecordError."""
    match kind_of(raw):
        case "work":
            return parse_work(raw)
        case "author":
            return build_author(entities.author_mapping(raw), source=_SOURCE)
        case "institution":
            return build_institution(entities.institution_mapping(raw), source=_SOURCE)
        case "source":
            return build_venue(entities.venue_mapping(raw), source=_SOURCE)
        case "topic":
            return build_topic(entities.topic_mapping(raw), source=_SOURCE)


def parse_work(raw: dict[str, Any]) -> WorkRecord:
    """One work; raises RecordError."""
    return build_work(work_mapping(raw), source=_SOURCE)


def objects_in(raw: dict[str, Any]) -> list[dict[str, Any]]:
    """The objects of a list answer of the API, or the single object itself."""
    results = raw.get("results")
    if isinstance(results, list) and "id" not in raw:
        return [one for one in results if isinstance(one, dict)]
    return [raw]


def kind_of(raw: dict[str, Any]) -> EntityKind:
    """What the object is; raises RecordError when its id does not say."""
    number = str(raw.get("id") or "").rstrip("/").rsplit("/", 1)[-1]
    kind = _LETTERS.get(number[:1].upper())
    if kind is None or not number[1:].isdigit():
        raise RecordError("no_id", f"the object's id {str(raw.get('id'))[:80]!r} is not one of OpenAlex")
    return kind
