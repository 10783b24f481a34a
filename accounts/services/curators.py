"""Making curators: staff with the rights of a group and nothing beyond."""

from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from accounts.domain.rights import CURATOR, SENIOR_CURATOR
from accounts.models import User
from accounts.services.rights import grant_group_rights


class InvalidCurator(ValueError):
    """An address or a password that cannot be taken; `str()` is a sentence."""


@dataclass(frozen=True, slots=True)
class MadeCurator:
    """The user, and whether the account is new."""

    user: User
    is_new: bool


@transaction.atomic
def make_curator(*, email: str, password: str | None = None, is_senior: bool = False) -> MadeCurator:
    """Make a user, or take the one of this address, and let them into the admin as a curator.

    Without a password a new account has none that works and an existing one keeps its own. Raises InvalidCurator.
    Someone who has more rights already keeps them.
    """
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise InvalidCurator(f"{email!r} is not an e-mail address.") from None
    user = User.objects.filter(email=address).first()
    is_new = user is None
    if user is None:
        user = User(email=address)
        user.set_unusable_password()
    if password is not None:
        _check_password(password, user)
        user.set_password(password)
    user.is_staff = user.is_active = True
    user.save()
    grant_group_rights(groups=Group.objects, permissions=Permission.objects, content_types=ContentType.objects)
    user.groups.add(Group.objects.get(name=SENIOR_CURATOR if is_senior else CURATOR))
    return MadeCurator(user, is_new)


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as problem:
        raise InvalidCurator(" ".join(problem.messages)) from None


def password_path(user: User) -> str:
    """The path of a page where this user sets a password, once, within PASSWORD_RESET_TIMEOUT."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("admin:set_password", args=[uid, default_token_generator.make_token(user)])
