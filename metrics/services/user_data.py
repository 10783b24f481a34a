"""What stays of a setting when the account of the person who made it is deleted."""

from common.hooks import UserErased
from metrics.models import AutomaticTraining


def erase_user_data(event: UserErased) -> None:
    """Keep the setting, without saying whose it was."""
    AutomaticTraining.objects.filter(decided_by_id=event.user_id).update(decided_by=None)
