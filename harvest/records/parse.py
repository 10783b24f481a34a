"""The record format: JSON Lines in which every other source is expressed."""

import orjson

from harvest.domain.build import build_work
from harvest.domain.record import RecordError, WorkRecord


def parse_work(line: bytes) -> WorkRecord:
    """One line of a record-format file; raises RecordError when it cannot be taken."""
    return build_work(load_object(line))


def load_object(line: bytes) -> dict[str, object]:
    """The JSON object on one line; raises RecordError for broken JSON, wrong encoding or another type."""
    try:
        value = orjson.loads(line)
    except orjson.JSONDecodeError as problem:
        raise RecordError("bad_json", f"the line is not valid JSON: {problem.msg} at character {problem.colno}") from None
    if not isinstance(value, dict):
        raise RecordError("not_an_object", "the line is not a JSON object")
    return value
