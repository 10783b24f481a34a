"""Geometry of the history picture: one line a number, each on its own scale, month by month; with a table twin."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH = 720
ROW = 38
LINE = 24
NAMES_END = 96
VALUES_START = 640


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A number over the months, None where it was unknown. `lines` are the points of its unbroken stretches, `dots`
    the months that stand alone; `last` is the latest known value.
    """

    name: str
    values: tuple[float | None, ...]
    lines: tuple[str, ...]
    dots: tuple[tuple[str, str], ...]
    last: float
    end_x: str
    end_y: str
    middle: str


@dataclass(frozen=True, slots=True)
class HistoryChart:
    """`rows` are drawn; there are none before the second month. `months` and `columns` make the table."""

    months: tuple[date, ...]
    columns: tuple[tuple[str, tuple[float | None, ...]], ...]
    rows: tuple[HistoryRow, ...]
    viewbox: str
    base: str
    left: int = NAMES_END
    right: int = VALUES_START
    names_x: int = 4
    values_x: int = WIDTH - 4

    @property
    def table(self) -> list[tuple[date, list[float | None]]]:
        """A row for each month, the newest first."""
        rows = [(month, [values[place] for _name, values in self.columns]) for place, month in enumerate(self.months)]
        return rows[::-1]


def history_chart(months: Sequence[date], numbers: Sequence[tuple[str, Sequence[float | None]]]) -> HistoryChart | None:
    """Months oldest first; numbers that were never known are left out. None without a month."""
    if not months:
        return None
    known = [(name, tuple(values)) for name, values in numbers if any(v is not None for v in values)]
    places = _positions(months)
    rows: tuple[HistoryRow, ...] = ()
    if len(months) > 1:
        rows = tuple(_row(name, values, places, index) for index, (name, values) in enumerate(known))
    height = len(rows) * ROW
    return HistoryChart(tuple(months), tuple(known), rows, f"0 0 {WIDTH} {height + 18}", str(height + 12))


def _positions(months: Sequence[date]) -> list[float]:
    """Where each month stands, to scale: a month without a snapshot leaves its room."""
    numbers = [month.year * 12 + month.month for month in months]
    span = max(numbers[-1] - numbers[0], 1)
    return [NAMES_END + 8 + (number - numbers[0]) / span * (VALUES_START - NAMES_END - 16) for number in numbers]


def _row(name: str, values: tuple[float | None, ...], positions: list[float], index: int) -> HistoryRow:
    present = [value for value in values if value is not None]
    low, high = min(present), max(present)
    bottom = index * ROW + (ROW + LINE) / 2
    points: list[tuple[float, float] | None] = [
        None if value is None else (x, bottom - (LINE / 2 if high == low else LINE * (value - low) / (high - low)))
        for value, x in zip(values, positions, strict=True)
    ]
    stretches = _stretches(points)
    end = next(point for point in reversed(points) if point is not None)
    return HistoryRow(
        name=name,
        values=values,
        lines=tuple(" ".join(f"{x:.1f},{y:.1f}" for x, y in run) for run in stretches if len(run) > 1),
        dots=tuple((f"{run[0][0]:.1f}", f"{run[0][1]:.1f}") for run in stretches if len(run) == 1),
        last=present[-1],
        end_x=f"{end[0]:.1f}",
        end_y=f"{end[1]:.1f}",
        middle=f"{index * ROW + ROW / 2 + 4:.1f}",
    )


def _stretches(points: list[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    runs: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if run]
