"""What the OpenAPI schema says of lists and records."""

from collections.abc import Callable, Mapping

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
    inline_serializer,
)
from rest_framework import serializers as s

from common.openalex_api.fields import FilterField
from common.openalex_api.parameters import DEFAULT_PER_PAGE, MAX_PAGE, MAX_PER_PAGE
from common.openalex_api.problems import PROBLEM_TYPE
from common.openalex_api.resources import Resource
from common.openalex_api.views import ListView, RecordView


class Problem(s.Serializer[object]):
    """An error, RFC 9457. `error` and `message` repeat it for clients of OpenAlex."""

    type = s.CharField()
    title = s.CharField()
    status = s.IntegerField()
    detail = s.CharField()
    parameter = s.CharField(required=False, help_text="The parameter at fault.")
    allowed = s.ListField(child=s.CharField(), required=False, help_text="What the parameter takes.")
    error = s.CharField()
    message = s.CharField()


class Meta(s.Serializer[object]):
    """What is said of a list."""

    count = s.IntegerField(help_text="Rows in the whole list; a lower bound where count_is_exact is false.")
    db_response_time_ms = s.IntegerField()
    count_is_exact = s.BooleanField()
    page = s.IntegerField(allow_null=True)
    per_page = s.IntegerField()
    next_cursor = s.CharField(
        allow_null=True, required=False, help_text="Present when cursor was given; null on the last page."
    )


_PROBLEMS = {
    (400, PROBLEM_TYPE): OpenApiResponse(Problem, description="A parameter or a value that is not taken."),
    (406, PROBLEM_TYPE): OpenApiResponse(Problem, description="Only JSON is served."),
    (429, PROBLEM_TYPE): OpenApiResponse(Problem, description="Too many requests; Retry-After says how long."),
    (503, PROBLEM_TYPE): OpenApiResponse(Problem, description="The read took too long or an index is damaged."),
}
_NOT_MODIFIED = {304: OpenApiResponse(description="If-None-Match names the answer there would be.")}
_SELECT = OpenApiParameter("select", str, description="Root fields to give, separated by commas.")


def views_of(resource: Resource) -> tuple[type[ListView], type[RecordView]]:
    """The views of a resource, its list and one record by any identifier, as the schema describes them."""
    name = resource.plural.capitalize()
    listing: type[ListView] = type(f"{name}ListView", (ListView,), {"resource": resource})
    record: type[RecordView] = type(f"{name}RecordView", (RecordView,), {"resource": resource})
    return _describes_list(resource)(listing), _describes_record(resource)(record)


def _describes_list(resource: Resource) -> Callable[[type[ListView]], type[ListView]]:
    """Describe a list view: its parameters, their values and its answer."""
    answer = inline_serializer(
        name=f"{resource.plural.capitalize()}List",
        fields={"meta": Meta(), "results": resource.serializer(many=True)},
    )
    get = extend_schema(
        operation_id=f"list_{resource.plural}",
        tags=[resource.plural],
        summary=f"A list of {resource.plural}",
        parameters=_list_parameters(resource),
        responses={(200, "application/json"): answer, **_NOT_MODIFIED, **_PROBLEMS},
    )
    return extend_schema_view(get=get)


def _describes_record(resource: Resource) -> Callable[[type[RecordView]], type[RecordView]]:
    """Describe a view of one record."""
    identifier = OpenApiParameter(
        "identifier",
        str,
        OpenApiParameter.PATH,
        description="The record's id, an address of ours, `scheme:value`, or an outside identifier in any form.",
    )
    get = extend_schema(
        operation_id=f"get_{resource.name}",
        tags=[resource.plural],
        summary=f"One {resource.name} by any identifier",
        parameters=[identifier, _SELECT],
        responses={
            (200, "application/json"): resource.serializer,
            301: OpenApiResponse(description="The record was merged: Location names the one that stands for it."),
            **_NOT_MODIFIED,
            (404, PROBLEM_TYPE): OpenApiResponse(Problem, description="Nothing here has this identifier."),
            **_PROBLEMS,
        },
    )
    return extend_schema_view(get=get)


def _list_parameters(resource: Resource) -> list[OpenApiParameter]:
    sorts = [f"{name}{way}" for name in resource.orderings for way in ("", ":asc", ":desc")]
    return [
        OpenApiParameter("search", str, description="Words to find; sorted by relevance_score unless sort is given."),
        OpenApiParameter("filter", str, description=filter_text(resource.filters)),
        OpenApiParameter("sort", str, enum=sorts, description=f"Default: {resource.default_sort}."),
        _SELECT,
        OpenApiParameter(
            "per_page",
            {"type": "integer", "minimum": 1, "maximum": MAX_PER_PAGE, "default": DEFAULT_PER_PAGE},
            description="Also written per-page.",
        ),
        OpenApiParameter(
            "page",
            {"type": "integer", "minimum": 1, "maximum": MAX_PAGE, "default": 1},
            description="Not together with cursor.",
        ),
        OpenApiParameter("cursor", OpenApiTypes.STR, description="`*` for the first page, then next_cursor."),
    ]


def filter_text(filters: Mapping[str, FilterField]) -> str:
    """The filter parameter in words, each field on a line."""
    lines = [f"- `{name}`: {field.description}" for name, field in filters.items()]
    return "\n".join(
        [
            "Conditions `field:value`, joined by commas (and). Values are joined by `|` (or), at most 100; `!` before",
            "the first negates; `<`, `>` and `a-b` for numbers.",
            "",
            *lines,
        ]
    )
