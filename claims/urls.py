from django.urls import include, path

from claims.evidence import KINDS
from claims.evidence.vouch import vouch
from claims.views import claiming, mine

app_name = "claims"

urlpatterns = [
    path("", mine.mine, name="mine"),
    path("new/<str:public_id>/", claiming.start, name="start"),
    path("new/<str:public_id>/works/", claiming.start_with_works, name="start_with_works"),
    path("vouch/<uuid:key>/", vouch, name="vouch"),
    path("<uuid:key>/", claiming.claim, name="claim"),
    path("<uuid:key>/", include([route for kind in KINDS for route in kind.routes])),
    path("<uuid:key>/submit/", claiming.submit, name="submit"),
    path("<uuid:key>/answer/", claiming.answer, name="answer"),
    path("<uuid:key>/confirm/", claiming.confirm, name="confirm"),
    path("<uuid:key>/withdraw/", claiming.withdraw, name="withdraw"),
]
