from django.urls import path
from django.views.decorators.cache import never_cache

from collaborations.views import conversations, inbox, invitations, participants, safety

app_name = "collaborations"

urlpatterns = [
    path("", never_cache(inbox.inbox), name="inbox"),
    path("people/", never_cache(inbox.people), name="people"),
    path("search/", never_cache(inbox.search), name="search"),
    path("rules/", never_cache(inbox.rules), name="rules"),
    path("choices/", never_cache(safety.choices), name="choices"),
    path("invite/<str:public_id>/", never_cache(invitations.write), name="invite"),
    path("block/<str:public_id>/", never_cache(safety.block), name="block"),
    path("invitations/", never_cache(inbox.past), name="past"),
    path("invitations/<uuid:key>/", never_cache(invitations.invitation), name="invitation"),
    path("invitations/<uuid:key>/answer/", never_cache(invitations.answer), name="answer"),
    path("invitations/<uuid:key>/report/", never_cache(safety.report_invitation), name="report_invitation"),
    path("joining/<uuid:key>/", never_cache(participants.addition), name="addition"),
    path("conversations/<uuid:key>/", never_cache(conversations.conversation), name="conversation"),
    path("conversations/<uuid:key>/news/", never_cache(conversations.news), name="news"),
    path("conversations/<uuid:key>/change/", never_cache(conversations.change), name="change"),
    path("conversations/<uuid:key>/thread/", never_cache(conversations.thread), name="thread"),
    path("conversations/<uuid:key>/people/", never_cache(participants.propose), name="propose"),
    path("conversations/<uuid:key>/export.<str:format>", never_cache(conversations.export), name="export"),
    path(
        "conversations/<uuid:key>/report/<uuid:message_key>/",
        never_cache(safety.report_message),
        name="report_message",
    ),
]
