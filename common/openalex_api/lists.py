"""What every list does: choose a page of ids, count, and have the resource write the rows."""

from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any

from django.db.models import QuerySet

from common.db.timeouts import read_timeout
from common.openalex_api.grammar import condition_of, parse_filter, parse_sort
from common.openalex_api.paging import (
    COUNT_BOUND,
    FOUND_BOUND,
    Ordering,
    Position,
    Slice,
    capped_count,
    digest_of,
    read_cursor,
    slice_after,
    slice_at,
    write_cursor,
)
from common.openalex_api.parameters import ListParameters
from common.openalex_api.problems import InvalidParameter
from common.openalex_api.resources import RELEVANCE, Resource

READ_MILLISECONDS = 4_000


@dataclass(frozen=True, slots=True)
class ListAnswer:
    """`results` and what is said of them; `milliseconds` is kept apart, since it differs each time."""

    results: list[dict[str, Any]]
    meta: dict[str, Any]
    milliseconds: int


def answer_list(resource: Resource, parameters: ListParameters, *, origin: str) -> ListAnswer:
    """One page of a list. Raises InvalidParameter, and ReadUnavailable when it takes too long."""
    started = perf_counter()
    ordering = ordering_of(resource, parameters)
    digest = digest_of(resource.plural, parameters.search, parameters.filter, ordering.name, parameters.sort)
    after = read_cursor(parameters.cursor, ordering=ordering, digest=digest) if parameters.cursor else None
    fields = parameters.select or frozenset(resource.fields) - resource.heavy_fields
    with read_timeout(milliseconds=READ_MILLISECONDS):
        matches = matching_rows(resource, parameters)
        ordered = resource.ranked(matches, parameters.search) if ordering.name == RELEVANCE else matches
        if parameters.cursor:
            page = slice_after(ordered, ordering=ordering, after=after, size=parameters.per_page)
        else:
            page = slice_at(ordered, ordering=ordering, page=parameters.page, size=parameters.per_page)
        count = _count(matches, page, after=after, parameters=parameters)
        rows = resource.write(page.ids, fields=fields, origin=origin, is_single=False) if page.ids else []
    results = [{name: row[name] for name in resource.fields if name in fields} for row in rows]
    meta = _meta(parameters, page, count=count, digest=digest)
    return ListAnswer(results, meta, round((perf_counter() - started) * 1000))


def ordering_of(resource: Resource, parameters: ListParameters) -> Ordering:
    """The order asked for; without one by relevance when there are words to match, else the resource's own."""
    text = parameters.sort or (f"{RELEVANCE}:desc" if parameters.search else resource.default_sort)
    name, is_descending = parse_sort(text, resource.orderings)
    if name == RELEVANCE:
        if not parameters.search:
            raise InvalidParameter("sort", "relevance_score needs search: without words nothing is more relevant.")
        if not is_descending:
            raise InvalidParameter("sort", "relevance_score is sorted downwards.", allowed=["relevance_score:desc"])
    return replace(resource.orderings[name], is_descending=is_descending)


def matching_rows(resource: Resource, parameters: ListParameters) -> QuerySet[Any]:
    """Every row that the filter and the words let through."""
    terms = parse_filter(parameters.filter, resource.filters)
    matches = resource.rows().filter(condition_of(terms, resource.filters))
    return resource.matching(matches, parameters.search) if parameters.search else matches


def _count(
    matches: QuerySet[Any], page: Slice, *, after: Position | None, parameters: ListParameters
) -> tuple[int, bool]:
    """Counted for the first page alone: later ones carry the figure in their cursor (negative: a lower bound)."""
    if after is not None:
        return abs(after.count), after.count >= 0
    if page.last is None and parameters.page == 1 and not parameters.search:
        return len(page.ids), True
    return capped_count(matches, bound=FOUND_BOUND if parameters.search else COUNT_BOUND)


def _meta(parameters: ListParameters, page: Slice, *, count: tuple[int, bool], digest: str) -> dict[str, Any]:
    number, is_exact = count
    meta: dict[str, Any] = {
        "count": number,
        "count_is_exact": is_exact,
        "page": None if parameters.cursor else parameters.page,
        "per_page": parameters.per_page,
    }
    if parameters.cursor:
        carried = number if is_exact else -number
        meta["next_cursor"] = write_cursor(Position(*page.last, carried), digest=digest) if page.last else None
    return meta
