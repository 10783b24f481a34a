"""The pictures' marks, written at once: they are many and all alike.

A page draws hundreds: their coordinates, years and numbers are our own and stand in the mark-up as they are. Names
and whatever a translation says go through `fill` or `escaped`.
"""

from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from common.rendering.charts import BubbleChart, BubbleRow, Column, YearChart
from common.rendering.history_chart import HistoryChart, HistoryRow
from common.templatetags.presentation import count, dated, escaped, fill, fill_each, markup

register = template.Library()


@register.simple_tag
def year_columns(chart: YearChart) -> SafeString:
    """A bar for each year with works, and a slot that gives the year's numbers to the pointer."""
    cited = gettext("{year}: papers {works}, citations {citations}")
    patterns = {True: cited, False: gettext("{year}: papers {works}")}
    return markup(
        "".join(
            [_column(column, patterns[bool(chart.line) and column.citations is not None]) for column in chart.columns]
        )
    )


@register.simple_tag
def year_rows(chart: YearChart) -> SafeString:
    """The rows of the table twin, newest year first."""
    return markup("".join([_year_row(column, papers_only=not chart.line) for column in reversed(chart.columns)]))


@register.simple_tag
def bubble_marks(chart: BubbleChart) -> SafeString:
    """The rows with their names and circles, and the years beneath."""
    rows = [_bubble_row(row, chart) for row in chart.rows]
    ticks = [f'<text x="{x}" y="{chart.tick_y}" text-anchor="middle">{year}</text>' for x, year in chart.ticks]
    return markup("".join(rows + ticks))


@register.simple_tag
def bubble_rows(chart: BubbleChart) -> SafeString:
    """The rows of the table twin: each subject with its years."""
    return fill_each(
        '<tr><th scope="row">{}</th><td>{}</td><td class="num">{}</td></tr>',
        (
            (
                fill('<a href="{}">{}</a>', row.url, row.name) if row.url else row.name,
                ", ".join([f"{b.year} ({b.works if b.works < 1000 else count(b.works)})" for b in row.bubbles]),
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
        chart.left + 8,
        chart.base,
        dated(chart.months[0], "month"),
        chart.right - 8,
        chart.base,
        dated(chart.months[-1], "month"),
    )
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
        chart.names_x,
        row.middle,
        row.name,
        fill_each('<polyline class="line" points="{}"/>', ((line,) for line in row.lines)),
        fill_each('<circle class="dot" cx="{}" cy="{}" r="2"/>', row.dots),
        row.end_x,
        row.end_y,
        chart.values_x,
        row.middle,
        _whole(row.last),
    )


def _number(value: int) -> str:
    return str(value) if value < 1000 else escaped(count(value))


def _column(column: Column, pattern: str) -> str:
    told = pattern.format(year=column.year, works=count(column.works), citations=count(column.citations))
    bar = label = ""
    if column.works:
        bar = (
            f'<rect class="bar-column" x="{column.x}" y="{column.y}" width="{column.width}" height="{column.height}"'
            ' rx="1"/>'
        )
    if column.label:
        label = f'<text x="{column.centre}" y="162" text-anchor="middle">{column.label}</text>'
    return (
        f'<g><title>{escape(told)}</title><rect class="hit" x="{column.slot_x}" y="0" width="{column.slot_width}"'
        f' height="146"/>{bar}{label}</g>'
    )


def _year_row(column: Column, *, papers_only: bool) -> str:
    row = f'<tr><th scope="row">{column.year}</th><td class="num">{_number(column.works)}</td>'
    cited = (
        "" if papers_only else f'<td class="num">{"–" if column.citations is None else _number(column.citations)}</td>'
    )
    return f"{row}{cited}</tr>"


def _bubble_row(row: BubbleRow, chart: BubbleChart) -> str:
    y = row.y
    circles = [
        f'<circle class="bubble" cx="{b.x}" cy="{y}" r="{b.radius}"><title>{b.year}: {_number(b.works)}</title>'
        "</circle>"
        for b in row.bubbles
    ]
    return (
        f'<line class="grid" x1="{chart.names_end}" x2="{chart.right}" y1="{y}" y2="{y}"/><g>'
        f'<title>{escaped(row.name)}</title><text class="row-label" x="{chart.left}" y="{row.label_y}">'
        f"{escaped(row.short_name)}</text></g>{''.join(circles)}"
    )
