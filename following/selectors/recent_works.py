"""What somebody may read who has followed things just now: the latest works of these, until something happens to them."""

from datetime import date

from common.db.sql import fetch_column
from following.targets import TARGET_KINDS
from papers.selectors.cards import PaperCard, paper_cards

SHOWN = 10
FOLLOWS_ASKED = 200  # the latest ones: each gives its own latest works from an index

_ARMS = "\n    UNION\n".join(
    f"    SELECT w.* FROM mine f {join} WHERE f.kind = '{target.kind}'"
    for target in TARGET_KINDS
    for join in target.recent
)
_LATEST = f"""
WITH mine AS MATERIALIZED (
    SELECT kind, target_id FROM following_follow WHERE user_id = %(user)s ORDER BY id DESC LIMIT %(follows)s
)
SELECT paper_id FROM (
{_ARMS}
) latest ORDER BY published_date DESC, paper_id DESC LIMIT %(shown)s
"""


def latest_of_followed(user_id: int, *, today: date) -> tuple[PaperCard, ...]:
    """The latest dated works of what the person follows, newest first; none of papers and searches. Two queries."""
    asked = {"user": user_id, "follows": FOLLOWS_ASKED, "today": today, "shown": SHOWN}
    paper_ids = fetch_column(_LATEST, asked)
    return paper_cards(paper_ids, today=today)
