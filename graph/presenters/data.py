"""The picture as the browser draws it: places, sizes and colours by name, so that light and dark are the page's."""

from __future__ import annotations

from collections.abc import Sequence
from math import log1p
from typing import Any

from graph.domain.state import public_id
from graph.presenters.drawing import Drawing
from graph.selectors.pictures import Composed


def picture_data(composed: Composed, drawings: Sequence[Drawing]) -> dict[str, Any]:
    """`nodes` and `edges` in order of weight, and `sheets` by name: width and height.

    Each node says by the name of the sheet where it stands on it, as the drawing has it: one place, whoever draws.
    """
    nodes = []
    for marks in zip(*(drawing.nodes for drawing in drawings), strict=True):
        first = marks[0]
        nodes.append(
            {
                "id": public_id(first.node),
                "kind": first.node.kind,
                "label": first.text,
                "size": first.size,
                "colour": first.colour,
                "focus": first.node in composed.state.focus,
                **{
                    drawing.sheet.name: [round(mark.x, 1), round(mark.y, 1)]
                    for drawing, mark in zip(drawings, marks, strict=True)
                },
            }
        )
    edges = [
        [public_id(edge.a), public_id(edge.b), edge.kind, round(0.8 + log1p(edge.weight), 2)] for edge in composed.edges
    ]
    sheets = {each.sheet.name: [each.sheet.width, each.sheet.height] for each in drawings}
    return {"nodes": nodes, "edges": edges, "sheets": sheets}
