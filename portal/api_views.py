"""The API's first page, its documentation for people, and the answer to an address that is none."""

from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema, inline_serializer
from orjson import dumps
from rest_framework import serializers as s
from rest_framework.request import Request

from common.openalex_api.problems import problem
from common.openalex_api.views import ReadView, cacheable, etag_of, origin_of
from portal.api_docs import ApiDocs, docs_from_schema

PLURALS = ("works", "authors", "institutions", "topics", "sources")


class ApiRoot(ReadView):
    """Where everything is."""

    @extend_schema(
        operation_id="get_root",
        tags=["root"],
        summary="Where everything is",
        responses=inline_serializer(
            "Root",
            {
                "version": s.CharField(),
                "documentation_url": s.URLField(),
                "schema_url": s.URLField(),
                **{f"{plural}_url": s.URLField() for plural in PLURALS},
            },
        ),
    )
    def get(self, request: Request) -> HttpResponse:
        origin = origin_of(request)
        places = {
            "version": "1",
            "documentation_url": origin + reverse("api-docs"),
            "schema_url": origin + reverse("api-schema"),
        }
        places |= {f"{plural}_url": origin + reverse(f"api-{plural}") for plural in PLURALS}
        body = dumps(places)
        return cacheable(request, body, etag=etag_of(body))


@require_safe
@require_safe
def api_docs(request: HttpRequest) -> HttpResponse:
    """The documentation, made on the server from the schema: it needs no script and no other host."""
    return render(request, "portal/api_docs.html", {"docs": _docs()})


def unknown_address(request: HttpRequest) -> HttpResponse:
    """404 as a problem for every other address under /api/."""
    response = problem(404, f"There is nothing at this address. The API begins at {reverse('api-root')}.")
    response["Access-Control-Allow-Origin"] = "*"
    return response


@lru_cache(maxsize=1)
def _docs() -> ApiDocs:
    schema = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]  # not typed there
    return docs_from_schema(schema)
