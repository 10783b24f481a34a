"""An author's numbers: the stored row where it is fresh, else computed from the bylines."""

from datetime import date

from profiles.domain.summary import AuthorSummary
from profiles.selectors.live_summary import live_summary


def summary_of(author_id: int, *, today: date) -> AuthorSummary:
    """One query."""
    return live_summary(author_id, today=today)
