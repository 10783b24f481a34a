"""The table that people read and the JSON that programs read."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson

from bench.registry import Line

HEADINGS = ("name", "value", "unit", "floor", "ratio", "reach")
_WIDTHS = (34, 12, 9, 12, 9, 0)


def heading() -> str:
    """The table's first line."""
    return _row(HEADINGS)


def row(line: Line) -> str:
    """One line: no cell holds a blank, `-` stands for nothing, `!` follows a reach that was missed."""
    facts = as_facts(line)
    cells = [facts["name"], _number(line.value), line.unit, _number(line.floor), _number(line.ratio)]
    return _row([*cells, facts["reach"] or "-"])


def as_facts(line: Line) -> dict[str, Any]:
    """The line as a JSON object; floor, ratio and reach are null where there is none."""
    reach = None if line.reach is None else f"{line.reach}{' !' if line.is_missed else ''}"
    return {
        "name": line.name,
        "value": line.value,
        "unit": line.unit,
        "floor": line.floor,
        "ratio": line.ratio,
        "reach": reach,
    }


def write_json(path: Path, lines: Sequence[Line]) -> None:
    """All lines as a JSON list."""
    path.write_bytes(orjson.dumps([as_facts(line) for line in lines], option=orjson.OPT_INDENT_2))


def _number(value: float | None) -> str:
    if value is None:
        return "-"
    if float(value).is_integer() and abs(value) < 1e9:
        return str(int(value))
    return f"{value:.4g}" if abs(value) < 1000 else f"{value:.0f}"


def _row(cells: Sequence[str]) -> str:
    return " ".join(cell.ljust(width) for cell, width in zip(cells, _WIDTHS, strict=True)).rstrip()
