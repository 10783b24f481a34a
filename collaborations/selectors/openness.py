"""Who wants to be asked."""

from accounts.models import User
from collaborations.models import Openness


def openness_of(user: User) -> Openness | None:
    return Openness.objects.filter(user=user).first()
