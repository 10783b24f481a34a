"""The API's addresses: every resource with and without a closing slash, its schema and its documentation."""

from django.urls import URLPattern, re_path
from drf_spectacular.views import SpectacularJSONAPIView

from catalogue.api import views as catalogue
from common.api.views import ReadView
from portal.api_views import ApiRoot, api_docs, unknown_address
from profiles.api import views as profiles

RESOURCES: dict[str, tuple[type[ReadView], type[ReadView]]] = {
    "works": (catalogue.WorkList, catalogue.WorkRecord),
    "authors": (profiles.AuthorList, profiles.AuthorRecord),
    "institutions": (catalogue.InstitutionList, catalogue.InstitutionRecord),
    "topics": (catalogue.TopicList, catalogue.TopicRecord),
    "sources": (catalogue.SourceList, catalogue.SourceRecord),
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
