"""What somebody may be invited to."""

from enum import StrEnum


class Purpose(StrEnum):
    """Why one researcher writes to another for the first time."""

    CO_AUTHOR = "co_author"
    REVIEW = "review"
    DATA_OR_CODE = "data_or_code"
    TALK = "talk"
    POSITION = "position"  # a student or postdoc, sought or seeking
    OTHER = "other"
