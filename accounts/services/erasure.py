"""The one way in which a log changes: what names a person is taken out of it in the transaction that deletes them."""

from django.contrib.admin.models import LogEntry
from django.contrib.auth.hashers import make_password
from django.db import connection

from accounts.models import User


def begin_erasure(*, user: User) -> None:
    """Open the logs for what is about this person, for the rest of the transaction.

    It is noted in papers_logscrub, and the transaction cannot be committed unless it deletes the account too.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT portal_begin_erasure(%s)", [user.pk])


DELETED = "deleted@accounts.invalid"
"""The address of the account that nobody has, whose lines in the admin's log are those of deleted accounts."""


def anonymise_admin_log(*, user: User) -> None:
    """Leave what the person did in the admin, said of nobody, and take their names out of what was done to them.

    After `begin_erasure`, in its transaction.
    """
    own = LogEntry.objects.filter(user=user)
    if own.exists():
        own.update(user=_deleted_account())
    LogEntry.objects.filter(
        content_type__app_label="accounts", content_type__model="user", object_id=str(user.pk)
    ).update(object_repr="", change_message="")


def _deleted_account() -> User:
    account, _ = User.objects.get_or_create(
        email=DELETED, defaults={"name": "Deleted accounts", "is_active": False, "password": make_password(None)}
    )
    return account
