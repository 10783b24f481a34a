"""Who asks, as a row of ours."""

from django.http import HttpRequest

from accounts.models import User


def current_user(request: HttpRequest) -> User:
    """The person who is logged in; for views that let nobody else through."""
    assert isinstance(request.user, User)
    return request.user
