"""The API's addresses: every resource with and without a closing slash, its schema and its documentation."""

from django.urls import URLPattern, re_path
from drf_spectacular.views import SpectacularJSONAPIView

from catalogue.api.entities.resources import INSTITUTIONS, SOURCES, TOPICS
from catalogue.api.works.resource import WORKS
from common.openalex_api.schema import views_of
from common.openalex_api.views import ReadView
from portal.api_views import ApiRoot, api_docs, unknown_address
from profiles.api.resource import AUTHORS

RESOURCES: dict[str, tuple[type[ReadView], type[ReadView]]] = {
    resource.plural: views_of(resource) for resource in (WORKS, AUTHORS, INSTITUTIONS, TOPICS, SOURCES)
}


def _addresses(plural: str, views: tuple[type[ReadView], type[ReadView]]) -> list[URLPattern]:
    listing, record = views
    return [
        re_path(rf"^api/{plural}/?$", listing.as_view(), name=f"api-{plural}"),
        re_path(rf"^api/{plural}/(?P<identifier>.+?)/?$", record.as_view(), name=f"api-{plural}-one"),
    ]


urlpatterns = [
    re_path(r"^api/?$", ApiRoot.as_view(), name="api-root"),
    re_path(r"^api/schema/?$", SpectacularJSONAPIView.as_view(), name="api-schema"),
    re_path(r"^api/docs/?$", api_docs, name="api-docs"),
    *(pattern for plural, views in RESOURCES.items() for pattern in _addresses(plural, views)),
    re_path(r"^api/", unknown_address, name="api-unknown"),
]
