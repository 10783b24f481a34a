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
            raise RecordError("bad_encoding", wrong) from None
        raise RecordError("bad_json", f"it is not valid JSON: {problem.msg} at character {problem.colno}") from None
    if not isinstance(value, dict):
        raise RecordError("not_an_object", "it is not a JSON object")
    return value
