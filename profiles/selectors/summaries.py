"""An author's numbers: the stored row, or the same computed from the bylines while there is none."""

from datetime import date

from profiles.domain.summary import AuthorSummary
from profiles.selectors.live_summary import live_summary
from profiles.selectors.stored_summary import stored_summary


def summary_of(author_id: int, *, today: date) -> AuthorSummary:
    """One query for a stored summary, two for one computed now."""
    return stored_summary(author_id) or live_summary(author_id, today=today)
