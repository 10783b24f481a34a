"""What is known of the nodes of a picture, and whether its ties still stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from common.db.sql import fetch, fetch_as
from graph.domain.nodes import Node, Picture
from papers.selectors.addresses import addressing
from papers.selectors.identified import heirs_of


@dataclass(frozen=True, slots=True)
class Record:
    """A node with its facts. None and "" are not known.

    `field` is a category's code, `field_name` its name in words. `year` is a work's, or the first of a person's works.
    """

    node: Node
    label: str
    url: str
    year: int | None = None
    last_year: int | None = None
    works: int | None = None
    citations: int | None = None
    field: str = ""
    field_name: str = ""
    is_retracted: bool = False


class _Row(NamedTuple):
    """What each of the statements answers."""

    id: int
    label: str
    year: int | None
    last_year: int | None
    works: int | None
    citations: int | None
    field: str | None
    field_name: str | None
    is_retracted: bool


_WORKS = """
SELECT p.id, p.title AS label, date_part('year', p.published_date)::int AS year, NULL::int AS last_year,
       NULL::int AS works, p.shown_citation_count AS citations,
       c.code AS field, coalesce(nullif(c.name, ''), c.code) AS field_name, p.is_retracted
FROM canonical_paper p LEFT JOIN papers_category c ON c.id = p.primary_category_id
WHERE p.id = ANY(%(ids)s) AND p.is_canonical
"""
_PEOPLE = """
SELECT a.id, a.name AS label, m.first_year::int AS year, m.last_year::int AS last_year, m.works_count AS works,
       m.cited_by_count AS citations, c.code AS field, coalesce(nullif(c.name, ''), c.code) AS field_name,
       false AS is_retracted
FROM listed_author a LEFT JOIN metrics_authormetrics m ON m.author_id = a.id
LEFT JOIN papers_category c ON c.id = (m.top_categories -> 0 ->> 0)::bigint
WHERE a.id = ANY(%(ids)s) AND a.is_canonical
"""
_TOPICS = """
SELECT t.id, t.name AS label, NULL::int AS year, NULL::int AS last_year, NULL::int AS works, NULL::int AS citations,
       c.code AS field, coalesce(nullif(t.field_name, ''), c.group_name) AS field_name, false AS is_retracted
FROM canonical_topic t LEFT JOIN papers_category c ON c.id = t.category_id
WHERE t.id = ANY(%(ids)s) AND t.is_canonical
"""
_INSTITUTIONS = """
SELECT i.id, i.name AS label, NULL::int AS year, NULL::int AS last_year, NULL::int AS works, NULL::int AS citations,
       NULL AS field, NULL AS field_name, false AS is_retracted
FROM canonical_institution i WHERE i.id = ANY(%(ids)s) AND i.is_canonical
"""
_SQL = {"W": _WORKS, "A": _PEOPLE, "T": _TOPICS, "I": _INSTITUTIONS}

_BYLINES = """
SELECT paper_id, author_id FROM papers_authorship
WHERE paper_id = ANY(%(works)s) AND author_id = ANY(%(people)s)
"""
_PLACES = """
SELECT p.author_id, p.institution_id FROM unnest(%(people)s::bigint[], %(places)s::bigint[]) p(author_id, institution_id)
WHERE EXISTS (SELECT FROM papers_authorship s JOIN papers_authorshipinstitution x ON x.authorship_id = s.id
              WHERE s.author_id = p.author_id AND x.institution_id = p.institution_id)
"""


def records_of(nodes: Iterable[Node]) -> dict[Node, Record]:
    """The records that are shown, one query for each kind that there is; others are left out."""
    ids: dict[str, list[int]] = {}
    for node in nodes:
        ids.setdefault(node.kind, []).append(node.id)
    address = addressing()
    found: dict[Node, Record] = {}
    for kind, wanted in ids.items():
        for row in fetch_as(_Row, _SQL[kind], {"ids": wanted}, is_prepared=True):
            node = Node(kind, row.id)
            found[node] = Record(
                node,
                row.label,
                address(kind, row.id, row.label),
                row.year,
                row.last_year,
                row.works,
                row.citations,
                row.field or "",
                row.field_name or "",
                row.is_retracted,
            )
    return _distinguished(found)


def _distinguished(found: dict[Node, Record]) -> dict[Node, Record]:
    """Two fields of one name say which they are: "Machine Learning (stat.ML)"."""
    names = Counter(record.label for record in found.values() if record.node.kind == "T")
    return {
        node: replace(record, label=f"{record.label} ({record.field})")
        if node.kind == "T" and record.field and names[record.label] > 1
        else record
        for node, record in found.items()
    }


def keep_what_stands(picture: Picture) -> None:
    """Take out bylines and affiliations that the tables no longer hold. At most two queries."""
    wrote = [(edge.b.id, edge.a.id) for edge in picture.edges if edge.kind == "wrote" and edge.b.kind == "W"]
    there = [(edge.a.id, edge.b.id) for edge in picture.edges if edge.kind == "at" and edge.a.kind == "A"]
    bylines = _present(_BYLINES, {"works": [w for w, _ in wrote], "people": [a for _, a in wrote]}) if wrote else set()
    places = _present(_PLACES, {"people": [a for a, _ in there], "places": [i for _, i in there]}) if there else set()
    picture.edges = [
        edge
        for edge in picture.edges
        if not (edge.kind == "wrote" and edge.b.kind == "W" and (edge.b.id, edge.a.id) not in bylines)
        and not (edge.kind == "at" and edge.a.kind == "A" and (edge.a.id, edge.b.id) not in places)
    ]


def _present(sql: str, values: dict[str, Any]) -> set[tuple[int, int]]:
    return {(a, b) for a, b in fetch(sql, values, is_prepared=True)}


def canonical_nodes(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """The nodes after merges, unlisted people and unknown ids left out. One query for each kind, rarely more."""
    heirs = {
        kind: heirs_of(kind, [node.id for node in nodes if node.kind == kind]) for kind in {node.kind for node in nodes}
    }
    found = [Node(node.kind, heirs[node.kind][node.id]) for node in nodes if node.id in heirs[node.kind]]
    return tuple(dict.fromkeys(found))
