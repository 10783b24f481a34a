"""The numbers of topics, institutions and venues as the last refresh left them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from metrics.models import EntityKind, EntityMetrics


def entity_numbers(kind: EntityKind, object_ids: Sequence[int]) -> dict[int, EntityMetrics]:
    """The stored numbers of these things by id; one without works, or not computed yet, is not among them. One query."""
    rows = EntityMetrics.objects.filter(kind=kind, object_id__in=object_ids)
    return {row.object_id: row for row in rows}


def with_counts(rows: QuerySet[Any], kind: EntityKind) -> QuerySet[Any]:
    """Rows of that kind with `works_count` and `cited_by_count` to filter and to sort by; NULL where none is stored."""
    own = EntityMetrics.objects.filter(kind=kind, object_id=OuterRef("pk"))
    counted: QuerySet[Any] = rows.annotate(
        works_count=Subquery(own.values("works_count")), cited_by_count=Subquery(own.values("cited_by_count"))
    )
    return counted


def figures_of(figures: str, known: int) -> dict[str, object]:
    """What citations are over, as the API says it: counted here or reported by a source, and for how many works."""
    kind = None if not figures else "counted" if figures == "counted" else "reported"
    return {"kind": kind, "reported_by": figures if kind == "reported" else None, "works_count": known}
