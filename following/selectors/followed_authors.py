"""Which authors somebody follows, for those who would change their records."""

from collections.abc import Collection

from following.models import Followed


def followed_among(author_ids: Collection[int]) -> set[int]:
    """The authors with a follower among these."""
    rows = Followed.objects.filter(kind="author", target_id__in=author_ids, followers_count__gt=0)
    return set(rows.values_list("target_id", flat=True))
