"""The pictures' marks, written at once: they are many and all alike."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from common.charts import BubbleChart, BubbleRow, Column, YearChart
from common.history_chart import HistoryChart, HistoryRow
from common.templatetags.presentation import count, dated, fill, fill_each

register = template.Library()


@register.simple_tag
def year_columns(chart: YearChart, papers_only: bool = False) -> SafeString:
    """A bar for each year with works, and a slot that tells the year's numbers to the pointer."""
    pattern = "{year}: {works}" if papers_only else gettext("{year}: papers {works}, citations {citations}")
    return fill_each("{}", ((_column(column, pattern),) for column in chart.columns))


@register.simple_tag
def year_rows(chart: YearChart, papers_only: bool = False) -> SafeString:
    """The rows of the table twin, newest year first."""
    rows = ((c.year, count(c.works), count(c.citations)) for c in reversed(chart.columns))
    if papers_only:
        return fill_each('<tr><th scope="row">{}</th><td class="num">{}</td></tr>', (r[:2] for r in rows))
    return fill_each('<tr><th scope="row">{}</th><td class="num">{}</td><td class="num">{}</td></tr>', rows)


@register.simple_tag
def bubble_marks(chart: BubbleChart) -> SafeString:
    """The rows with their names and circles, and the years beneath."""
    rows = fill_each("{}", ((_bubble_row(row, chart),) for row in chart.rows))
    ticks = fill_each(
        '<text x="{}" y="{}" text-anchor="middle">{}</text>',
        ((x, chart.tick_y, year) for x, year in chart.ticks),
    )
    return fill("{}{}", rows, ticks)


@register.simple_tag
def bubble_rows(chart: BubbleChart) -> SafeString:
    """The rows of the table twin: each subject with its years."""
    return fill_each(
        '<tr><th scope="row">{}</th><td>{}</td><td class="num">{}</td></tr>',
        (
            (
                fill('<a href="{}">{}</a>', row.url, row.name) if row.url else row.name,
                ", ".join([f"{bubble.year} ({count(bubble.works)})" for bubble in row.bubbles]),
                count(row.total),
            )
            for row in chart.rows
        ),
    )


@register.simple_tag
def history_marks(chart: HistoryChart) -> SafeString:
    """A line for each number with its name and latest value, and the first and last month beneath."""
    rows = fill_each("{}", ((_history_row(row, chart),) for row in chart.rows))
    months = fill(
        '<text x="{}" y="{}">{}</text><text x="{}" y="{}" text-anchor="end">{}</text>',
        chart.left + 8, chart.base, dated(chart.months[0], "month"),
        chart.right - 8, chart.base, dated(chart.months[-1], "month"),
    )  # fmt: skip
    return fill("{}{}", rows, months)


@register.simple_tag
def history_rows(chart: HistoryChart) -> SafeString:
    """The rows of the table twin, newest month first."""
    return fill_each(
        '<tr><th scope="row">{}</th>{}</tr>',
        (
            (dated(month, "month"), fill_each('<td class="num">{}</td>', ((_whole(v),) for v in values)))
            for month, values in chart.table
        ),
    )


def _whole(value: float | None) -> str:
    return "–" if value is None else count(round(value))


def _history_row(row: HistoryRow, chart: HistoryChart) -> SafeString:
    return fill(
        '<text class="row-label" x="{}" y="{}">{}</text>{}{}<circle class="dot" cx="{}" cy="{}" r="3"/>'
        '<text class="row-label" x="{}" y="{}" text-anchor="end">{}</text>',
        chart.names_x, row.middle, row.name,
        fill_each('<polyline class="line" points="{}"/>', ((line,) for line in row.lines)),
        fill_each('<circle class="dot" cx="{}" cy="{}" r="2"/>', row.dots),
        row.end_x, row.end_y, chart.values_x, row.middle, _whole(row.last),
    )  # fmt: skip


def _column(column: Column, pattern: str) -> SafeString:
    told = pattern.format(year=column.year, works=count(column.works), citations=count(column.citations))
    bar: str = ""
    if column.works:
        bar = fill(
            '<rect class="bar-column" x="{}" y="{}" width="{}" height="{}" rx="1"/>',
            column.x, column.y, column.width, column.height,
        )  # fmt: skip
    label: str = ""
    if column.label:
        label = fill('<text x="{}" y="162" text-anchor="middle">{}</text>', column.centre, column.label)
    return fill(
        '<g><title>{}</title><rect class="hit" x="{}" y="0" width="{}" height="146"/>{}{}</g>',
        told, column.slot_x, column.slot_width, bar, label,
    )  # fmt: skip


def _bubble_row(row: BubbleRow, chart: BubbleChart) -> SafeString:
    circles = fill_each(
        '<circle class="bubble" cx="{}" cy="{}" r="{}"><title>{}: {}</title></circle>',
        ((b.x, row.y, b.radius, b.year, count(b.works)) for b in row.bubbles),
    )
    return fill(
        '<line class="grid" x1="{}" x2="{}" y1="{}" y2="{}"/><g><title>{}</title><text class="row-label" x="{}" y="{}">'
        "{}</text></g>{}",
        chart.names_end, chart.right, row.y, row.y, row.name, chart.left, row.label_y, row.short_name, circles,
    )  # fmt: skip
