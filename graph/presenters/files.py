"""The picture as a file: SVG and PNG to look at, GraphML, CSV and JSON for programs. Nothing that a page hides is in one."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import orjson
from django.template.loader import render_to_string
from lxml import etree

from graph.domain.nodes import Edge
from graph.domain.state import public_id
from graph.presenters.bitmap import png_of
from graph.presenters.drawing import FILE, drawn
from graph.selectors.pictures import Composed
from graph.selectors.records import Record

FORMATS = ("svg", "png", "graphml", "csv", "json")
_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_FACTS = ("label", "url", "year", "works", "citations", "field")


def file_of(composed: Composed, format: str, *, origin: str) -> tuple[str, str | bytes]:
    """The media type and the content. `origin` stands before the addresses."""
    media_type, make = _MAKERS[format]
    return media_type, make(composed, origin)


def _facts(record: Record, composed: Composed, origin: str) -> dict[str, object]:
    """None where something is not known."""
    return {
        "id": public_id(record.node),
        "kind": record.node.kind,
        "label": record.label,
        "url": origin + record.url,
        "year": record.year,
        "works": record.works,
        "citations": record.citations,
        "field": record.field or None,
        "reason": composed.reasons[record.node],
    }


def _tie(edge: Edge) -> dict[str, object]:
    return {
        "source": public_id(edge.a),
        "target": public_id(edge.b),
        "kind": edge.kind,
        "weight": round(edge.weight, 4),
        "is_directed": edge.is_directed,
    }


def _json(composed: Composed, origin: str) -> bytes:
    return orjson.dumps(
        {
            "address": f"{origin}/explore/?{composed.state.address}",
            "version": composed.version or None,
            "nodes": [_facts(record, composed, origin) for record in composed.records.values()],
            "edges": [_tie(edge) for edge in composed.edges],
        },
        option=orjson.OPT_INDENT_2,
    )


def _csv(composed: Composed, origin: str) -> str:
    """One row a tie, with the names of both ends: what spreadsheets and Gephi read."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["source", "source_label", "source_kind", "target", "target_label", "target_kind", "tie", "weight"])
    for edge in composed.edges:
        a, b = composed.records[edge.a], composed.records[edge.b]
        writer.writerow(
            [
                public_id(edge.a),
                _harmless(a.label),
                a.node.kind,
                public_id(edge.b),
                _harmless(b.label),
                b.node.kind,
                edge.kind,
                f"{edge.weight:g}",
            ]
        )
    return text.getvalue()


def _harmless(text: str) -> str:
    """A label that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _graphml(composed: Composed, origin: str) -> bytes:
    root = etree.fromstring(f'<graphml xmlns="{_GRAPHML}"/>')
    numbers = {"year": "int", "works": "int", "citations": "long"}
    for name in ("kind", "reason", *_FACTS):
        etree.SubElement(
            root,
            "key",
            {"id": name, "for": "node", "attr.name": name, "attr.type": numbers.get(name, "string")},
        )
    for name, kind in (("tie", "string"), ("weight", "double")):
        etree.SubElement(root, "key", {"id": name, "for": "edge", "attr.name": name, "attr.type": kind})
    graph = etree.SubElement(root, "graph", {"edgedefault": "undirected"})
    for record in composed.records.values():
        facts = _facts(record, composed, origin)
        node = etree.SubElement(graph, "node", {"id": str(facts.pop("id"))})
        for name, value in facts.items():
            if value is not None:
                etree.SubElement(node, "data", {"key": name}).text = _xml_text(str(value))
    for edge in composed.edges:
        tie = _tie(edge)
        ends = {
            "source": str(tie["source"]),
            "target": str(tie["target"]),
            "directed": str(tie["is_directed"]).lower(),
        }
        element = etree.SubElement(graph, "edge", ends)
        etree.SubElement(element, "data", {"key": "tie"}).text = edge.kind
        etree.SubElement(element, "data", {"key": "weight"}).text = f"{edge.weight:g}"
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _xml_text(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(c for c in text if c in "\t\n" or ord(c) >= 32)


def _svg(composed: Composed, origin: str) -> str:
    return render_to_string("graph/picture.svg", {"drawing": drawn(composed, FILE), "origin": origin})


def _png(composed: Composed, origin: str) -> bytes:
    return png_of(drawn(composed, FILE))


_MAKERS: dict[str, tuple[str, Callable[[Composed, str], str | bytes]]] = {
    "svg": ("image/svg+xml", _svg),
    "png": ("image/png", _png),
    "graphml": ("application/graphml+xml", _graphml),
    "csv": ("text/csv; charset=utf-8", _csv),
    "json": ("application/json", _json),
}
assert tuple(_MAKERS) == FORMATS
