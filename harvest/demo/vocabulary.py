"""What a field of the demo corpus is made of: themes, approaches and the sentences around them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """A question that a community works on.

    `subject` is a noun phrase in lower case that fits after "for". `context` says why it
    matters, `difficulty` what stands in the way; both are whole sentences.
    """

    subject: str
    topics: tuple[str, ...]
    categories: tuple[str, ...]
    context: tuple[str, ...]
    difficulty: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Approach:
    """A way of working on any theme of its field.

    `does` is a sentence with a `{subject}` slot; `details` are sentences with TeX.
    """

    name: str
    does: str
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A field with its vocabulary. Result sentences may hold number slots: see `prose.NUMBERS`."""

    name: str
    category: str
    share: float
    team: float
    preprint_share: float
    themes: tuple[Theme, ...]
    approaches: tuple[Approach, ...]
    settings: tuple[str, ...]
    results: tuple[str, ...]
    checks: tuple[str, ...]
    closings: tuple[str, ...]
    journals: tuple[str, ...]
    conferences: tuple[str, ...]
