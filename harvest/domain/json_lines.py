"""One JSON object a line, and values in it that may be of any type."""

from collections.abc import Mapping
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


def as_text(value: object) -> str:
    """A text as it is; "" for any other value."""
    return value if isinstance(value, str) else ""


def as_list(value: object) -> list[Any]:
    """A list as it is; nothing for any other value."""
    return value if isinstance(value, list) else []


def as_object(value: object) -> Mapping[str, Any]:
    """An object as it is; an empty one for any other value."""
    return value if isinstance(value, Mapping) else {}


def as_objects(value: object) -> list[Mapping[str, Any]]:
    """The objects of a list; nothing for any other value."""
    return [one for one in as_list(value) if isinstance(one, Mapping)]
