"""How many invitations somebody may send: few at first, more with what is known of who they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

WINDOW = timedelta(days=7)
WAIT_AFTER_DECLINE = timedelta(days=90)
MOST_WAITING_PER_AUTHOR = 3  # invitations to a page that nobody claims
MOST_PENDING_RECEIVED = 20  # what lies in one inbox unanswered
LONGEST_WORDS = 1_200
SHORTEST_WORDS = 20
LONGEST_MESSAGE = 8_000
MOST_PEOPLE = 8  # in one conversation
EXPIRY_DAYS = (14, 30, 60)
USUAL_EXPIRY_DAYS = 30

# New invitations in seven days, by verification level, and what the band of trust adds.
_BY_LEVEL = {0: 1, 1: 1, 2: 2, 3: 5, 4: 10}
_BY_TRUST = ((85, 5), (65, 3), (40, 1), (0, 0))


@dataclass(frozen=True, slots=True)
class Quota:
    """How many may be sent in seven days, and how many may lie unanswered at one time."""

    weekly: int
    pending: int


def quota(*, level: int, trust: int, is_at_limit: bool = False) -> Quota:
    """`level` 0–4, `trust` 0–100, as metrics store them; 0 and 0 before they do. Nothing while a curator limits it."""
    if is_at_limit:
        return Quota(0, 0)
    weekly = _BY_LEVEL[max(0, min(4, level))] + next(more for least, more in _BY_TRUST if trust >= least)
    return Quota(weekly, 2 * weekly)


def quotas_by_level() -> Mapping[int, int]:
    """What the page about invitations shows: level → invitations a week without what trust adds."""
    return dict(_BY_LEVEL)
