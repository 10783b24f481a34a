from django.urls import path

from profiles import views

app_name = "profiles"

urlpatterns = [
    path("authors/<str:public_id>", views.author_detail, name="author_bare"),
    path("authors/<str:public_id>/", views.author_detail, name="author_short"),
    path("authors/<str:public_id>/<str:slug>/", views.author_detail, name="author"),
    path("authors/<str:public_id>/<str:slug>/works.<str:format>", views.author_export, name="author_export"),
    path("authors/<str:public_id>/<str:slug>/numbers/<str:name>/", views.author_number, name="author_number"),
]
