"""What accounts itself holds on a person beyond the account: letters and notices."""

from datetime import datetime

from django.db import transaction

from accounts.models import Letter, Notice, User


@transaction.atomic
def forget_person(*, user: User, now: datetime) -> int:
    """Delete the person's letters and notices; one that is just being sent goes with its row. Returns how many."""
    del now
    letters, _ = Letter.objects.filter(to=user).delete()
    notices, _ = Notice.objects.filter(user=user).delete()
    return letters + notices
