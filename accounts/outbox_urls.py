"""Where kept mail is shown; mounted only where mail is kept."""

from django.urls import path

from accounts.views.outbox import outbox

app_name = "outbox"
urlpatterns = [path("", outbox, name="outbox")]
