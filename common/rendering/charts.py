"""Geometry of the pictures that pages draw as SVG: numbers in, coordinates out. Each has a table twin."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from common.rendering.year_counts import YearCount

WIDTH = 360
WIDE = 720
HEIGHT = 172
TOP = 16
BASE = 146
LEFT = 4
RIGHT = WIDTH - LEFT


class Column(NamedTuple):
    """One year: its bar, the slot around it that answers the pointer, and its label or "".

    Coordinates are texts as SVG has them, whatever way the reader's language writes numbers.
    """

    year: int
    works: int
    citations: int | None
    slot_x: str
    slot_width: str
    x: str
    width: str
    y: str
    height: str
    centre: str
    label: str


@dataclass(frozen=True, slots=True)
class YearChart:
    """`line` is the points of the citations' line, "" when there are none to draw. It ends with the year `counted_until`,
    after which nothing was counted; None where it runs to the end.
    """

    columns: tuple[Column, ...]
    line: str
    most_works: int
    most_citations: int
    counted_until: int | None
    viewbox: str
    right: int
    base: int = BASE
    left: int = LEFT


class Bubble(NamedTuple):
    """A subject's works of one year. A tuple, as `Column`: pages make hundreds."""

    x: str
    radius: str
    year: int
    works: int


@dataclass(frozen=True, slots=True)
class BubbleRow:
    """A subject: its name, address or "", total, and a circle for each year with works."""

    name: str
    short_name: str
    url: str
    total: int
    y: str
    label_y: str
    bubbles: tuple[Bubble, ...]


@dataclass(frozen=True, slots=True)
class BubbleChart:
    rows: tuple[BubbleRow, ...]
    ticks: tuple[tuple[str, str], ...]
    viewbox: str
    tick_y: str
    names_end: str
    left: int = LEFT
    right: int = RIGHT


@dataclass(frozen=True, slots=True)
class Series:
    """What a `bubble_chart` row is made of: pairs of a year and its works."""

    name: str
    url: str
    total: int
    years: Sequence[Sequence[int]]


def whole_years(counts: Iterable[YearCount], *, most: int = 60) -> list[YearCount]:
    """The same counts with the empty years between them; the last `most` years.

    A year between two whose citations were counted has none; one before or after them is not known.
    """
    known = {count.year: count for count in counts}
    if not known:
        return []
    last = max(known)
    first = max(min(known), last - most + 1)
    counted = [year for year, count in known.items() if count.citations is not None]
    span = range(min(counted), max(counted)) if counted else range(0)
    return [known.get(year, YearCount(year, 0, 0 if year in span else None)) for year in range(first, last + 1)]


def year_chart(counts: Iterable[YearCount], *, width: int = WIDTH) -> YearChart | None:
    """Bars of papers and a line of citations, each on its own scale; None for less than two years.

    `width` is WIDTH for a picture beside another and WIDE for one alone.
    """
    years = whole_years(counts)
    if len(years) < 2:
        return None
    most_works = max(count.works for count in years)
    most_citations = max((count.citations or 0 for count in years), default=0)
    right = width - LEFT
    slot = min((right - LEFT) / len(years), 46.0)
    offset = LEFT + ((right - LEFT) - slot * len(years)) / 2
    labelled = _labelled([count.year for count in years], slot)
    slot_width, width_written = _written(slot), _written(slot * 0.74)
    columns, points = [], []
    for index, count in enumerate(years):
        height = _scaled(count.works, most_works)
        left = offset + index * slot
        centre = _written(left + slot / 2)
        label = str(count.year) if count.year in labelled else ""
        x, y = _written(left + slot * 0.13), _written(BASE - height)
        bar = (_written(left), slot_width, x, width_written, y, _written(height), centre, label)
        columns.append(Column(count.year, count.works, count.citations, *bar))
        if count.citations is not None:
            points.append(f"{centre},{_written(BASE - _scaled(count.citations, most_citations))}")
    counted = [count.year for count in years if count.citations is not None]
    return YearChart(
        tuple(columns),
        " ".join(points) if most_citations and len(points) > 1 else "",
        most_works,
        most_citations,
        counted[-1] if counted and counted[-1] < years[-1].year else None,
        viewbox=f"0 0 {width} {HEIGHT}",
        right=right,
    )


def bubble_chart(subjects: Sequence[Series], *, longest_name: int = 21) -> BubbleChart | None:
    """A row for each subject, a circle for each year, its area the number of works; None for less than two years."""
    every_year = sorted({year for subject in subjects for year, _works in subject.years})
    if len(every_year) < 2:
        return None
    first, last = max(every_year[0], every_year[-1] - 39), every_year[-1]
    names_end = 146.0
    slot = min((RIGHT - names_end) / (last - first + 1), 26.0)
    largest = max(works for subject in subjects for _year, works in subject.years)
    row_height = 22.0
    radius = min(row_height / 2 - 1, 9.0)
    # Rows share their years, and most of their numbers of works: each is written once.
    years = range(first, last + 1)
    places = {year: _written(names_end + (year - first + 0.5) * slot) for year in years}
    numbers = {works for subject in subjects for _year, works in subject.years}
    radii = {works: _written(max(1.4, radius * (works / largest) ** 0.5)) for works in numbers}
    rows = []
    for index, subject in enumerate(subjects):
        bubbles = tuple(
            [Bubble(places[year], radii[works], year, works) for year, works in subject.years if year >= first]
        )
        rows.append(_bubble_row(subject, 12 + index * row_height, bubbles, longest_name))
    bottom = 12 + len(subjects) * row_height
    ticks = tuple((places[year], str(year)) for year in sorted(_labelled(years, slot)))
    return BubbleChart(tuple(rows), ticks, f"0 0 {WIDTH} {bottom + 10:.0f}", _written(bottom + 6), _written(names_end))


def _bubble_row(series: Series, middle: float, bubbles: tuple[Bubble, ...], longest_name: int) -> BubbleRow:
    return BubbleRow(
        name=series.name,
        short_name=_shortened(series.name, longest_name),
        url=series.url,
        total=series.total,
        y=_written(middle),
        label_y=_written(middle + 4),
        bubbles=bubbles,
    )


def _written(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _scaled(value: int, largest: int) -> float:
    """Height in the picture; a value above zero is never drawn as nothing."""
    if not value or not largest:
        return 0.0
    return max(1.5, (BASE - TOP) * value / largest)


def _labelled(years: Sequence[int], slot: float) -> set[int]:
    """The years that have room for a label of four digits: steps of 1, 2, 5, 10 or 20."""
    step = next((step for step in (1, 2, 5, 10, 20) if slot * step >= 30), 50)
    if step == 1:
        return set(years)
    if step == 2:
        return set(years[::-1][::2])
    return {year for year in years if year % step == 0} or {years[-1]}


def _shortened(name: str, longest: int) -> str:
    """The name cut to what fits; a code in brackets at its end, which tells it from another, stays whole."""
    if len(name) <= longest:
        return name
    code = name[name.rfind(" (") :] if name.endswith(")") and " (" in name[-12:] else ""
    return name[: longest - 1 - len(code)].rstrip() + "…" + code
