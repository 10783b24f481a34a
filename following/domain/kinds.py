"""What can be followed, and what there is to hear of it."""

from collections.abc import Mapping
from typing import Literal

type SubjectKind = Literal["author", "topic", "institution", "venue", "paper", "search", "person"]
type EventKind = Literal["work", "citation", "page_news", "moved", "retraction"]
type Cadence = Literal["at_once", "daily", "weekly", "never"]

# By the letter of a public id. A search has no page of its own; "person" is the reader, to whom some things happen.
KIND_OF_LETTER: Mapping[str, str] = {
    "A": "author",
    "T": "topic",
    "I": "institution",
    "S": "venue",
    "W": "paper",
}
LETTER_OF_KIND: Mapping[str, str] = {kind: letter for letter, kind in KIND_OF_LETTER.items()}
FOLLOWABLE = (*LETTER_OF_KIND, "search")
PERSON = "person"

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

# How much it says that a thing followed leads to an event: a person more than a field. Also the order in which one
# of several is named as the reason.
WEIGHTS: Mapping[str, float] = {
    "person": 8.0,
    "author": 4.0,
    "paper": 4.0,
    "search": 3.0,
    "venue": 1.5,
    "institution": 1.0,
    "topic": 1.0,
}
