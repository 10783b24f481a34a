from collections.abc import Callable

from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from catalogue import views

app_name = "catalogue"


def _page(folder: str, view: Callable[..., HttpResponseBase], name: str) -> list[URLPattern]:
    """The address that stands, and the shorter ones that redirect to it."""
    return [
        path(f"{folder}/<str:public_id>", view, name=f"{name}_bare"),
        path(f"{folder}/<str:public_id>/", view, name=f"{name}_short"),
        path(f"{folder}/<str:public_id>/<str:slug>/", view, name=name),
    ]


urlpatterns = [
    path("sources/", views.sources, name="sources"),
    *_page("papers", views.paper_detail, "paper"),
    path("papers/<str:public_id>/<str:slug>/cite.<str:format>", views.paper_citation, name="paper_citation"),
    path("papers/<str:public_id>/<str:slug>/numbers/<str:name>/", views.paper_number, name="paper_number"),
    *_page("topics", views.topic_detail, "topic"),
    *_page("institutions", views.institution_detail, "institution"),
    *_page("venues", views.venue_detail, "venue"),
]
