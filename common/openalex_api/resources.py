"""A resource of the API as a value: how its rows are chosen, found and written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import QuerySet
from rest_framework.serializers import Serializer

from common.openalex_api.fields import FilterField
from common.openalex_api.paging import Ordering

RELEVANCE = "relevance_score"


class WriteRows(Protocol):
    def __call__(
        self, ids: Sequence[int], *, fields: frozenset[str], origin: str, is_single: bool
    ) -> list[dict[str, Any]]:
        """The objects of these ids in this order, with at least the fields named. `origin` is https://host."""
        ...


class Ranked(Protocol):
    def __call__(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        """The rows of a queryset that hold the words."""
        ...


@dataclass(frozen=True, slots=True)
class Found:
    """The record that an identifier leads to; `public_id` is its own, `is_canonical` whether that was asked."""

    row_id: int
    public_id: str
    is_canonical: bool


@dataclass(frozen=True, slots=True)
class Resource:
    """`fields` are the root fields of one object, `heavy_fields` those a list writes only when they are selected.

    `matching` narrows a queryset to the rows that hold the words; `ranked` bounds it and adds `relevance_score`.
    `find` raises InvalidValue for a text that is no identifier and returns None for an unknown one.
    """

    name: str
    plural: str
    rows: Callable[[], QuerySet[Any]]
    filters: Mapping[str, FilterField]
    orderings: Mapping[str, Ordering]
    default_sort: str
    fields: tuple[str, ...]
    heavy_fields: frozenset[str]
    matching: Ranked
    ranked: Ranked
    find: Callable[[str], Found | None]
    write: WriteRows
    serializer: type[Serializer[Any]]
