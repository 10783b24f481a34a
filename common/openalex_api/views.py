"""Views that read: lists and single records, cached by ETag, open to every origin, throttled by address."""

from hashlib import blake2b
from http import HTTPStatus
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import get_conditional_response, patch_vary_headers
from orjson import dumps
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from common.db.timeouts import read_timeout
from common.openalex_api.lists import READ_MILLISECONDS, answer_list
from common.openalex_api.parameters import read_list_parameters, read_select
from common.openalex_api.problems import InvalidParameter, InvalidValue
from common.openalex_api.resources import Resource
from common.openalex_api.throttles import AddressThrottle

MAX_AGE_SECONDS = 60
EXPOSED_HEADERS = "ETag, Link, Retry-After"


class Permanently(HttpResponseRedirect):
    """301 without a body; the address is ours, made from an identifier."""

    status_code = HTTPStatus.MOVED_PERMANENTLY


class ReadView(APIView):
    """Anyone may read, no cookie is looked at, nothing is written."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (AddressThrottle,)
    renderer_classes = (JSONRenderer,)
    http_method_names = ("get", "head", "options")

    def options(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:  # type: ignore[override]  # no body to render
        """What a browser asks before it reads from another origin."""
        response = HttpResponse(status=HTTPStatus.NO_CONTENT)
        response["Allow"] = "GET, HEAD, OPTIONS"
        response["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        response["Access-Control-Allow-Headers"] = "Accept, Authorization, If-None-Match"
        response["Access-Control-Max-Age"] = "86400"
        return response

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        final = super().finalize_response(request, response, *args, **kwargs)
        final["Access-Control-Allow-Origin"] = "*"
        final["Access-Control-Expose-Headers"] = EXPOSED_HEADERS
        return final


class ListView(ReadView):
    """A list of a resource."""

    resource: ClassVar[Resource]

    def get(self, request: Request) -> HttpResponse:
        parameters = read_list_parameters(request.query_params, fields=self.resource.fields)
        answer = answer_list(self.resource, parameters, origin=origin_of(request))
        results = dumps(answer.results)  # written once, for the tag and for the body
        etag = etag_of(results, dumps(answer.meta))
        meta = {
            "count": answer.meta["count"],
            "db_response_time_ms": answer.milliseconds,
            **answer.meta,
        }
        # Joined by hand: orjson would copy half a megabyte through a buffer that it grows.
        body = b'{"meta":%b,"results":%b}' % (dumps(meta), results)
        return cacheable(request, body, etag=etag)


class RecordView(ReadView):
    """One record by any of its identifiers; an identifier other than its own id redirects after a merge."""

    resource: ClassVar[Resource]

    def get(self, request: Request, identifier: str) -> HttpResponse:
        resource = self.resource
        fields = read_select(request.query_params, fields=resource.fields) or frozenset(resource.fields)
        with read_timeout(milliseconds=READ_MILLISECONDS):
            try:
                found = resource.find(identifier)
            except InvalidValue as error:
                raise InvalidParameter("identifier", f"{error}.", allowed=error.allowed) from None
            if found is None:
                raise NotFound(f"No {resource.name} here has this identifier.")
            if not found.is_canonical:
                return Permanently(_path_of(request, identifier, found.public_id))
            [row] = resource.write([found.row_id], fields=fields, origin=origin_of(request), is_single=True)
        body = dumps({name: row[name] for name in resource.fields if name in fields})
        return cacheable(request, body, etag=etag_of(body))


def origin_of(request: Request) -> str:
    """https://host of this request, from which every id in the answer is made."""
    return f"{request._request.scheme}://{request._request.get_host()}"


def _path_of(request: Request, identifier: str, public_id: str) -> str:
    """The same address with the record's own id, the query string kept."""
    path = request.path
    start = len(path.rstrip("/")) - len(identifier)
    query = request.META.get("QUERY_STRING", "")
    return path[:start] + public_id + (f"?{query}" if query else "")


def etag_of(*parts: bytes) -> str:
    """A weak tag over the parts."""
    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(part)
    return f'W/"{digest.hexdigest()}"'


def cacheable(request: Request, body: bytes, *, etag: str) -> HttpResponse:
    """The answer whose JSON this is, or 304 when the request already has it."""
    response = HttpResponse(body, content_type="application/json")
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={MAX_AGE_SECONDS}"
    patch_vary_headers(response, ["Accept", "Host"])
    plain: HttpRequest = request._request
    answer = get_conditional_response(plain, etag=etag, response=response)
    assert isinstance(answer, HttpResponse)  # a response goes in, so one comes out
    return answer
