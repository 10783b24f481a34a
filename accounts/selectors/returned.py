"""Whether mail reaches a person."""

from accounts.models import SuppressedAddress, User


def stopped_mail(user: User) -> SuppressedAddress | None:
    """Since when and why the person's own address gets no mail; None while it does."""
    return SuppressedAddress.objects.filter(address=user.email.lower()).first()
