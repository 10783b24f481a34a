"""Who wants to be asked."""

from accounts.models import User
from collaborations.models import CollaborationPreference


def preference_of(user: User) -> CollaborationPreference | None:
    return CollaborationPreference.objects.filter(user=user).first()
