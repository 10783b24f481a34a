"""The one way in which rows of a log are taken away: with the account that they are about."""

from django.db import connection

from accounts.models import User


def begin_erasure(*, user: User) -> None:
    """Open the logs for what is about this person, for the rest of the transaction.

    It is noted in papers_logscrub, and the transaction cannot be committed unless it deletes the account too.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT portal_begin_erasure(%s)", [user.pk])
