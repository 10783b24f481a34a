"""Kinds of events, and how often they are mailed."""

from collections.abc import Mapping
from typing import Literal

type EventKind = Literal["work", "citation", "page_news", "moved", "retraction"]
type Cadence = Literal["at_once", "daily", "weekly", "never"]

# The reader, to whom some things happen: a target that nobody follows.
PERSON = "person"
PERSON_WEIGHT = 8.0  # among the weights of following.targets

EVENT_KINDS = ("work", "citation", "page_news", "moved", "retraction")
CADENCES = ("at_once", "daily", "weekly", "never")
# Nobody is written to more than weekly who did not ask for it; what is wrong or has moved is said at once.
DEFAULT_CADENCE: Mapping[str, str] = {
    "work": "weekly",
    "citation": "weekly",
    "page_news": "weekly",
    "moved": "at_once",
    "retraction": "at_once",
}
