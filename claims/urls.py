from django.urls import path

from claims.views import claiming, evidence, mine

app_name = "claims"

urlpatterns = [
    path("", mine.mine, name="mine"),
    path("new/<str:public_id>/", claiming.start, name="start"),
    path("vouch/<uuid:key>/", evidence.vouch, name="vouch"),
    path("<uuid:key>/", claiming.claim, name="claim"),
    path("<uuid:key>/orcid/", evidence.orcid, name="orcid"),
    path("<uuid:key>/orcid/works/", evidence.orcid_works, name="orcid_works"),
    path("<uuid:key>/mail/", evidence.mail, name="mail"),
    path("<uuid:key>/mail/code/", evidence.mail_code, name="mail_code"),
    path("<uuid:key>/page/", evidence.link_back, name="link_back"),
    path("<uuid:key>/co-authors/", evidence.vouchers, name="vouchers"),
    path("<uuid:key>/submit/", claiming.submit, name="submit"),
    path("<uuid:key>/answer/", claiming.answer, name="answer"),
    path("<uuid:key>/confirm/", claiming.confirm, name="confirm"),
    path("<uuid:key>/withdraw/", claiming.withdraw, name="withdraw"),
]
