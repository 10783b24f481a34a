"""What a person is called."""

from accounts.models import User
from common.richtext.markup import without_controls

LONGEST_NAME = 300


def clean_name(text: str) -> str:
    """One line without control characters, of at most 300 characters; "" is a name that is not given."""
    return " ".join(without_controls(text).split())[:LONGEST_NAME]


def rename_user(*, user: User, name: str) -> None:
    user.name = clean_name(name)
    user.save(update_fields=["name"])
