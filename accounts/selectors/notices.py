"""What a person is told in the page."""

from accounts.models import Notice, User


def unseen_count(user: User) -> int:
    """How many notices the person has not seen, up to 100. One query, on a small index."""
    return Notice.objects.filter(user=user, seen_at=None)[:100].count()
