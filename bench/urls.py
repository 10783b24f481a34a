from django.urls import URLPattern, URLResolver, path

from bench.floor import floor
from portal.urls import urlpatterns as portal_urls

urlpatterns: list[URLPattern | URLResolver] = [path("bench/floor/<int:pk>/", floor), *portal_urls]
