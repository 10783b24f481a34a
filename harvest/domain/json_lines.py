"""One JSON object a line."""

from typing import Any

import orjson

from harvest.domain.reading import encoding_problem
from harvest.domain.record import RecordError


def load_object(line: bytes) -> dict[str, Any]:
    """The JSON object on one line; raises RecordError for wrong encoding, broken JSON or another type."""
    try:
        value = orjson.loads(line)
    except orjson.JSONDecodeError as problem:
        if wrong := encoding_problem(line):
            return _read_as_western(line, wrong)
        raise RecordError("bad_json", f"it is not valid JSON: {problem.msg} at character {problem.colno}") from None
    if not isinstance(value, dict):
        raise RecordError("not_an_object", "it is not a JSON object")
    return value


def _read_as_western(line: bytes, wrong: str) -> dict[str, Any]:
    """A line that is no UTF-8 as Windows-1252, which older exports are in; it says so. Raises RecordError."""
    try:
        value = orjson.loads(line.decode("cp1252", "replace"))
    except orjson.JSONDecodeError:
        value = None
    if not isinstance(value, dict):
        raise RecordError("bad_encoding", wrong)
    warnings = value.get("reading_warnings")
    said = f"encoding: {wrong}; the line was read as Windows-1252"
    value["reading_warnings"] = [*(warnings if isinstance(warnings, list) else []), said]
    return value
