from django.urls import path

from metrics import views

app_name = "metrics"

urlpatterns = [
    path("numbers/", views.numbers, name="numbers"),
    path("numbers/<str:name>/", views.number, name="number"),
]
