"""Numbers and their formulas as pages show them."""

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from common.templatetags.presentation import count, fill, fill_each, markup
from metrics.presenters.coverage import Coverage
from metrics.presenters.explanations import Cell, Table
from metrics.presenters.formula_text import Words, name_of
from metrics.presenters.tiles import Tile
from metrics.presenters.trust_text import TrustLine

register = template.Library()


@register.filter
def number_name(name: str) -> Words:
    """What a number is called, by its name in addresses."""
    return name_of(name)


@register.filter
def formula_address(identifier: str) -> str:
    """The page of the formula `h_index@1`."""
    return reverse("metrics:number", args=[identifier.partition("@")[0]])


@register.simple_tag
def tile(shown: Tile, url: str = "") -> SafeString:
    """A number in the strip at the head of a page; `url` is of the page whose numbers it explains, "" for none."""
    value = fill("<b>{}</b>", shown.value) if shown.value else fill('<i class="unknown">–</i>')
    note = fill("<small>{}</small>", shown.note) if shown.note else fill("")
    thin = fill(' class="thin"') if shown.is_muted else fill("")
    text = fill("{}<span>{}{}</span>", value, shown.label, note)
    if url:
        return fill('<a href="{}numbers/{}/" data-panel{}>{}</a>', url, shown.name, thin, text)
    return fill('<a href="{}"{}>{}</a>', reverse("metrics:number", args=[shown.name]), thin, text)


@register.simple_tag
def table_rows(table: Table) -> SafeString:
    """The rows of an explanation's table; the first cell of each names it."""
    return fill_each("<tr>{}</tr>", ((_cells(row),) for row in table.rows))


@register.simple_tag
def coverage_line(reach: Coverage) -> SafeString:
    """ "13% 1,204 of 9,001 authors"; less than all is never shown as 100%."""
    if reach.of_papers:
        pattern = ngettext("{known} of {total} paper", "{known} of {total} papers", reach.total)
    else:
        pattern = ngettext("{known} of {total} author", "{known} of {total} authors", reach.total)
    told = pattern.format(known=count(reach.known), total=count(reach.total))
    if not reach.is_exact:
        told = gettext("about {figures}").format(figures=told)
    return fill("<b>{}%</b> <span>{}</span>", count(int(reach.share)), told)


@register.simple_tag
def trust_points(lines: tuple[TrustLine, ...]) -> SafeString:
    """A line for each point: what it is, what it earned, why, and what would add more."""
    return fill_each(
        '<li><span>{}<small>{}{}</small></span><span class="aside">{} / {}</span></li>',
        ((line.name, line.reason, _next(line), line.earned, line.possible) for line in lines),
    )


def _next(line: TrustLine) -> SafeString:
    if not line.next_step:
        return fill("")
    return fill(' <span class="gain">+{}: {}</span>', line.next_points, line.next_step)


def _cells(row: tuple[Cell, ...]) -> SafeString:
    cells = fill_each("{}", ((_data(cell),) for cell in row[1:]))
    return fill('<th scope="row">{}</th>{}', _cell(next(iter(row))), cells)


def _data(cell: Cell) -> SafeString:
    return fill('<td class="num">{}</td>' if cell.is_number else "<td>{}</td>", _cell(cell))


def _cell(cell: Cell) -> SafeString:
    text = markup(cell.html) if cell.html else str(cell.text)
    return fill('<a href="{}">{}</a>', cell.url, text) if cell.url else fill("{}", text)
