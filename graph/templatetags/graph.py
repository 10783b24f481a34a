"""The marks of a drawing, written at once: they are many and all alike.

Coordinates are our own; labels and addresses go through `fill`. Every node is a link to where its picture goes on, out
of the way of the tab key: the list beside the picture holds the same links.
"""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString

from common.templatetags.presentation import fill, fill_each
from graph.domain.nodes import Node
from graph.domain.state import public_id
from graph.presenters.bitmap import INK, RULE, edge_of, fill_of
from graph.presenters.drawing import DIAMOND, HOUSE, Drawing, DrawnNode
from graph.presenters.lines import DrawnEdge
from graph.presenters.wording import KIND_NAMES, KINDS_NAMES, REASONS

register = template.Library()

LABEL_DROP = 0.36  # of the text's height: from its middle to its line


@register.simple_tag
def drawing_marks(drawing: Drawing) -> SafeString:
    """Lines beneath, then nodes, then labels above all."""
    lines = fill_each("{}", ((_line(line),) for line in drawing.edges))
    nodes = fill_each("{}", ((_node(node),) for node in drawing.nodes))
    labels = fill_each("{}", ((_label(node, drawing.sheet.text),) for node in drawing.nodes if node.label))
    return fill('<g class="ties">{}</g><g class="nodes">{}</g><g class="labels">{}</g>', lines, nodes, labels)


@register.simple_tag
def drawing_file(drawing: Drawing, origin: str) -> SafeString:
    """The same for a file that no style sheet goes with: each mark says its own colours."""
    lines = fill_each(
        '<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" stroke-width="{}"/>',
        ((_n(e.x1), _n(e.y1), _n(e.x2), _n(e.y2), RULE, e.width) for e in drawing.edges),
    )
    heads = fill_each('<path d="{}" fill="{}"/>', ((_corners(e.head), RULE) for e in drawing.edges if e.head))
    nodes = fill_each(
        '<a href="{}{}" fill="{}" stroke="{}"><title>{}</title>{}</a>',
        ((origin, d.record.url, fill_of(d), edge_of(d), d.record.label, shape(d, "")) for d in drawing.nodes),
    )
    labels = fill_each(
        '<text x="{}" y="{}" text-anchor="{}" fill="{}" stroke="#fff" stroke-width="3" paint-order="stroke">{}</text>',
        (
            (_n(d.label.x), _n(d.label.y + drawing.sheet.text * LABEL_DROP), d.label.anchor, INK, d.text)
            for d in drawing.nodes
            if d.label
        ),
    )
    return fill("<g>{}{}</g><g>{}</g><g>{}</g>", lines, heads, nodes, labels)


def _line(line: DrawnEdge) -> SafeString:
    return fill(
        '<line class="tie {}" x1="{}" y1="{}" x2="{}" y2="{}" stroke-width="{}"/>{}',
        line.edge.kind,
        _n(line.x1),
        _n(line.y1),
        _n(line.x2),
        _n(line.y2),
        line.width,
        fill('<path class="head" d="{}"/>', _corners(line.head)) if line.head else "",
    )


def _corners(corners: Iterable[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in corners) + "Z"


def _node(drawn: DrawnNode) -> SafeString:
    classes = f"node {drawn.colour}" + (" focus" if drawn.reason == "focus" else "")
    return fill(
        '<a href="{}" tabindex="-1" data-node="{}"><title>{}</title>{}</a>',
        drawn.href,
        public_id(drawn.node),
        drawn.record.label,
        shape(drawn, classes),
    )


def _label(drawn: DrawnNode, size: float) -> SafeString:
    label = drawn.label
    assert label is not None
    return fill(
        '<a href="{}" tabindex="-1" data-node="{}"><text class="{}" x="{}" y="{}" text-anchor="{}">{}</text></a>',
        drawn.href,
        public_id(drawn.node),
        "focus" if drawn.reason == "focus" else f"label-{drawn.node.kind}",
        _n(label.x),
        _n(label.y + size * LABEL_DROP),
        label.anchor,
        drawn.text,
    )


def shape(drawn: DrawnNode, classes: str) -> SafeString:
    """People are circles, works squares, topics diamonds, institutions houses: told apart without colour."""
    x, y, r = drawn.x, drawn.y, drawn.size
    if drawn.node.kind == "A":
        return fill('<circle class="{}" cx="{}" cy="{}" r="{}"/>', classes, _n(x), _n(y), _n(r))
    if drawn.node.kind == "W":
        side = r * 0.86
        return fill(
            '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="1.5"/>',
            classes,
            _n(x - side),
            _n(y - side),
            _n(side * 2),
            _n(side * 2),
        )
    corners = DIAMOND if drawn.node.kind == "T" else HOUSE
    return fill('<path class="{}" d="{}"/>', classes, _corners((x + dx * r, y + dy * r) for dx, dy in corners))


def _n(value: float) -> str:
    """One decimal, as SVG writes numbers whatever the reader's language."""
    return f"{value:.1f}".removesuffix(".0")


@register.simple_tag
def kind_mark(kind: str, colour: str = "") -> SafeString:
    """A node's shape by itself, for a legend and a list."""
    shapes = {
        "A": '<circle class="node {}" cx="8" cy="8" r="5"/>',
        "W": '<rect class="node {}" x="3.5" y="3.5" width="9" height="9" rx="1.5"/>',
        "T": '<path class="node {}" d="M8 2L14 8L8 14L2 8Z"/>',
        "I": '<path class="node {}" d="M8 2L13.5 7L12.2 13H3.8L2.5 7Z"/>',
    }
    mark = fill(shapes[kind], colour or f"kind-{kind}")
    return fill('<svg class="mark" viewBox="0 0 16 16" aria-hidden="true">{}</svg>', mark)


@register.filter
def node_id(node: Node) -> str:
    return public_id(node)


@register.filter
def kind_word(kind: str) -> str:
    return str(KIND_NAMES[kind])


@register.filter
def kinds_word(kind: str) -> str:
    return str(KINDS_NAMES[kind])


@register.filter
def reason_word(reason: str) -> str:
    return str(REASONS[reason])
