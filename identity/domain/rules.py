"""The rules and zones by which a mention stands where it does."""

from enum import StrEnum

MAX_BYLINE = 50  # on a longer one, standing beside somebody says little, and pairs of names cost its square


class Rule(StrEnum):
    """What put a mention on a person; each has its own words on the page."""

    PERSON = "person"
    IDENTIFIER = "identifier"
    NAME = "name"
    COMMON_NAME = "common name"
    VARIANT = "variant"
    INITIALS = "initials"
    COMPANY = "company"
    ALONE = "alone"
    KEPT = "kept"


class Zone(StrEnum):
    """link: on the person, counted. ask: may be theirs, shown and not counted. apart: attributed to nobody known."""

    LINK = "link"
    ASK = "ask"
    APART = "apart"
