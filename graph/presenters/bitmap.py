"""A drawing as a PNG, at twice its size, on white paper."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from graph.presenters.drawing import DIAMOND, HOUSE, Drawing, DrawnNode
from graph.presenters.fonts import face, runs, width

SCALE = 2
PAPER, INK, GREY, RULE = "#ffffff", "#1c1b19", "#55524b", "#d9d4c8"
# The light colours of static/css/graph.css, which a test holds to them.
COLOURS = {
    "kind-A": "#55524b",
    "kind-W": "#fffdf8",
    "kind-T": "#2f6b3f",
    "kind-I": "#3b5b86",
    "focus": "#a3271b",
    "field-1": "#a3271b",
    "field-2": "#2f6b3f",
    "field-3": "#3b5b86",
    "field-4": "#8a6a00",
    "field-5": "#7a3f8a",
    "field-6": "#0f6e74",
    "time-1": "#d8d2c3",
    "time-2": "#dba79f",
    "time-3": "#cb6d60",
    "time-4": "#a3271b",
    "time-5": "#5c0f08",
    "none": "#b9b3a5",
}


def png_of(drawing: Drawing) -> bytes:
    sheet = drawing.sheet
    image = Image.new("RGB", (sheet.width * SCALE, sheet.height * SCALE), PAPER)
    pen = ImageDraw.Draw(image)
    for line in drawing.edges:
        ends = [line.x1 * SCALE, line.y1 * SCALE, line.x2 * SCALE, line.y2 * SCALE]
        pen.line(ends, fill=RULE, width=max(1, round(line.width * SCALE)))
        if line.head:
            pen.polygon([(x * SCALE, y * SCALE) for x, y in line.head], fill=RULE)
    for node in drawing.nodes:
        _mark(pen, node)
    for node in drawing.nodes:
        _label(pen, node, sheet.text)
    content = io.BytesIO()
    image.save(content, "PNG", optimize=True)
    return content.getvalue()


def fill_of(drawn: DrawnNode) -> str:
    return COLOURS["focus" if drawn.reason == "focus" else drawn.colour]


def edge_of(drawn: DrawnNode) -> str:
    """Works are outlined, since their colour is the paper's."""
    return GREY if drawn.colour == "kind-W" and drawn.reason != "focus" else fill_of(drawn)


def _mark(pen: ImageDraw.ImageDraw, drawn: DrawnNode) -> None:
    x, y, r = drawn.x * SCALE, drawn.y * SCALE, drawn.size * SCALE
    fill, edge = fill_of(drawn), edge_of(drawn)
    if drawn.node.kind == "A":
        pen.ellipse([x - r, y - r, x + r, y + r], fill=fill, outline=edge)
    elif drawn.node.kind == "W":
        side = r * 0.86
        pen.rounded_rectangle([x - side, y - side, x + side, y + side], 3, fill=fill, outline=edge, width=2)
    else:
        corners = DIAMOND if drawn.node.kind == "T" else HOUSE
        pen.polygon([(x + dx * r, y + dy * r) for dx, dy in corners], fill=fill, outline=edge)


def _label(pen: ImageDraw.ImageDraw, drawn: DrawnNode, size: float) -> None:
    if drawn.label is None:
        return
    long = width(drawn.text, size)
    left = {"start": 0.0, "end": long, "middle": long / 2}[drawn.label.anchor]
    x, y = (drawn.label.x - left) * SCALE, drawn.label.y * SCALE
    for part, text in runs(drawn.text):
        font = face(part, round(size * SCALE))
        if font is None:
            return
        pen.text((x, y), text, font=font, fill=INK, anchor="lm", stroke_width=3, stroke_fill=PAPER)
        x += font.getlength(text)
