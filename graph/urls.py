from django.urls import path

from graph import views

app_name = "graph"

urlpatterns = [
    path("explore/", views.explore, name="explore"),
    path("explore/around/<str:public_id>/", views.around, name="around"),
    path("explore/picture.<str:format>", views.export, name="export"),
]
