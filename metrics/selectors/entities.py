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
