from django.urls import path

from following.views import atom, feed, following, notifications

app_name = "following"

urlpatterns = [
    path("follow/", following.follow, name="follow"),
    path("following/", following.following, name="following"),
    path("feed/", feed.feed, name="feed"),
    path("feed/key/", feed.feed_key, name="feed_key"),
    path("notifications/", notifications.notifications, name="notifications"),
    path("notifications/settings/", notifications.settings, name="settings"),
    path("notifications/preview/", notifications.preview, name="preview"),
    path("notifications/unsubscribe/<str:token>/", notifications.unsubscribe, name="unsubscribe"),
    path("feeds/search.atom", atom.search_atom, name="search_atom"),
    path("feeds/private/<str:token>.atom", atom.private_atom, name="private_atom"),
    path("feeds/<str:code>.atom", atom.atom, name="atom"),
]
