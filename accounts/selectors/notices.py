"""What a person is told in the page."""

from accounts.models import User
from common.planned import rows_of

MOST_COUNTED = 100
_UNSEEN = """
SELECT count(*) FROM (
    SELECT FROM accounts_notice WHERE user_id = %(user)s AND seen_at IS NULL LIMIT %(most)s
) unseen
"""


def unseen_count(user: User) -> int:
    """How many notices the person has not seen, up to 100. One query, on a small index."""
    (row,) = rows_of(_UNSEEN, {"user": user.pk, "most": MOST_COUNTED})
    return int(row[0])
