"""The picture as the browser draws it: places, sizes and colours by name, so that light and dark are the page's."""

from __future__ import annotations

from math import log1p
from typing import Any

from graph.domain.state import public_id
from graph.presenters.colours import palette_of
from graph.presenters.drawing import FULL, degrees_of, places, radius
from graph.presenters.fonts import cut
from graph.selectors.pictures import Composed


def picture_data(composed: Composed) -> dict[str, Any]:
    """`nodes` and `edges` in order of weight; coordinates from 0 to 1, y downwards as in the drawing."""
    degrees = degrees_of(composed.edges)
    at, palette = places(composed), palette_of(composed)
    nodes = []
    for place, node in enumerate(composed.nodes):
        record = composed.records[node]
        pin = composed.state.pins.get(node)
        x, y = (pin[0] / 100, pin[1] / 100) if pin else (float(at[place, 0]), float(at[place, 1]))
        nodes.append(
            {
                "id": public_id(node),
                "kind": node.kind,
                "label": cut(record.label, FULL.text, FULL.longest),
                "title": record.label,
                "url": record.url,
                "x": round(x, 4),
                "y": round(y, 4),
                "size": radius(record, composed, degrees.get(node, 0.0)) * (1.2 if node.kind in "TI" else 1.0),
                "colour": palette.colour(node),
                "focus": node in composed.state.focus,
                "pinned": pin is not None,
            }
        )
    edges = [
        [public_id(edge.a), public_id(edge.b), edge.kind, round(0.8 + log1p(edge.weight), 2)] for edge in composed.edges
    ]
    return {"nodes": nodes, "edges": edges}
