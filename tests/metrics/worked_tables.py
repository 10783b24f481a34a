"""Reading the worked tables of docs/metrics: each row is a test case."""

import ast
import re
from pathlib import Path

PAGES = Path(__file__).resolve().parents[2] / "docs" / "metrics"
SECTIONS = [
    "Definition",
    "Worked examples",
    "What feeds it",
    "When it is unknown",
    "What it does not say",
    "Trade-offs",
    "Source",
]


def value(cell: str):
    """A Python literal; `unknown` is None, `1..50` the whole numbers between, `50 × 0` fifty noughts, a bare date stays text."""
    cell = cell.strip()
    if span := re.fullmatch(r"(-?\d+)\.\.(-?\d+)", cell):
        return list(range(int(span[1]), int(span[2]) + 1))
    if times := re.fullmatch(r"(\d+) × (\d+)", cell):
        return [int(times[2])] * int(times[1])
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", cell):
        return cell
    cell = re.sub(r"range\((\d+), (\d+)\)", lambda span: str(list(range(int(span[1]), int(span[2])))), cell)
    return ast.literal_eval(re.sub(r"\bunknown\b", "None", cell))


def examples(page: Path) -> list[dict]:
    """The rows of a page's worked table, as a dict from column to value."""
    section = page.read_text().split("\n## Worked examples", 1)[1].split("\n##", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    columns = [cell.strip("` ") for cell in rows[0]]
    return [dict(zip(columns, map(value, row), strict=True)) for row in rows[2:]]
