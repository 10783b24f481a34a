from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from portal import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(([path("", views.home, name="home")], "portal"))),
    path("", include("profiles.urls")),
    path("", include("catalogue.urls")),
    path("", include("metrics.urls")),
    path("", include("search.urls")),
    path("", include("graph.urls")),
    path("claims/", include("claims.urls")),
    path("", include("following.urls")),
    path("", include("portal.api")),
    path("collaborations/", include("collaborations.urls")),
    path("accounts/", include("accounts.urls")),
    path("admin/", admin.site.urls),
]
if settings.SHOWS_OUTBOX:
    urlpatterns.append(path("dev/outbox/", include("accounts.outbox_urls")))

handler500 = "portal.unavailable.server_error"
