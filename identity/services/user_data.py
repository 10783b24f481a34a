"""What stays of who is whom when the account of the person who said so is deleted."""

from common.hooks import UserErased
from identity.models import IdentityConstraint


def erase_user_data(event: UserErased) -> None:
    """Keep the decisions, without saying whose they were."""
    IdentityConstraint.objects.filter(by_id=event.user_id).update(by=None)
