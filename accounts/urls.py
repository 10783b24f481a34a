"""The account pages: ours, and allauth's without the addresses that it keeps for old links."""

from allauth.urls import build_provider_urlpatterns
from django.urls import include, path

from accounts.views.devices import know_device
from accounts.views.overview import account
from accounts.views.proof import reauthenticate_by_code, send_proof_code
from accounts.views.returned import resume

own = [
    path("", account, name="account"),
    path("mail/resume/", resume, name="resume_mail"),
    path("known-device/<str:token>/", know_device, name="know_device"),
    path("reauthenticate/code/", reauthenticate_by_code, name="reauthenticate_by_code"),
    path("reauthenticate/code/send/", send_proof_code, name="send_proof_code"),
]

urlpatterns = [
    path("", include((own, "accounts"))),
    path("", include("allauth.account.urls")),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
    path("3rdparty/", include("allauth.socialaccount.urls")),
    *build_provider_urlpatterns(),
]
