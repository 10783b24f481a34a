from collections.abc import Callable

from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from catalogue import browse_views, views

app_name = "catalogue"


def _page(folder: str, view: Callable[..., HttpResponseBase], name: str, **fixed: str) -> list[URLPattern]:
    """The address that stands, and the shorter ones that redirect to it."""
    return [
        path(f"{folder}/<str:public_id>", view, fixed, name=f"{name}_bare"),
        path(f"{folder}/<str:public_id>/", view, fixed, name=f"{name}_short"),
        path(f"{folder}/<str:public_id>/<str:slug>/", view, fixed, name=name),
    ]


urlpatterns = [
    path("sources/", views.sources, name="sources"),
    path("browse/", browse_views.browse, name="browse"),
    path("browse/<str:kind>/<str:group>/", browse_views.browse_group, name="browse_group"),
    path("sitemap.xml", browse_views.sitemap, name="sitemap"),
    path("sitemap-<str:kind>-<int:number>.xml", browse_views.sitemap_part, name="sitemap_part"),
    path("robots.txt", browse_views.robots, name="robots"),
    *_page("papers", views.paper_detail, "paper"),
    path("papers/<str:public_id>/<str:slug>/cite.<str:format>", views.paper_citation, name="paper_citation"),
    path("papers/<str:public_id>/<str:slug>/numbers/<str:name>/", views.paper_number, name="paper_number"),
    path("papers/<str:public_id>/<str:slug>/similar/", views.similar_works, name="similar_works"),
    *_page("topics", views.entity_detail, "topic", kind="topic"),
    *_page("institutions", views.entity_detail, "institution", kind="institution"),
    *_page("venues", views.entity_detail, "venue", kind="venue"),
]
