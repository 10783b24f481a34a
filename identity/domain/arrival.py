"""Where a name belongs that arrives: how likely it is each of the persons there are, by what is quickly known of both.

The engine weighs the whole record; an import has a batch and milliseconds. So few clues are weighed here, by weights that
were learned as the engine's trees were, from names that were cut (`python -m bench.identity_arrival --fit`). Who is
placed so is settled later.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from identity.domain.words import bucket_counts

LIKELY, MARGIN = 0.60, 0.40  # as the engine links where nobody else is near
FEW_BEARERS = 1.0  # people whom an initial with its family name stands for, up to which a full name takes its record
LEAST_BEARERS = 0.003
TELLING = 1 / (1 + 3)  # how few are called as a co-author who tells by himself: the engine's MOST_RIVALS
TOLD = 0.9

type Block = tuple[str, str]  # family key, first letter of the given name


class Question(StrEnum):
    """What is asked of a name: which of those called so; who of those called so in full; whose initials these are."""

    COMMON = "common"
    INITIALS = "initials"
    FULLER = "fuller"


CLUES = (
    "always",
    "shares a co-author",
    "shares two",
    "how few are called as the rarest of them",
    "words of titles",
    "has no co-authors to compare",
    "category",
    "bearers of the name",
    "candidates",
    "the best other candidate's rarest co-author",
    "the best other candidate's words",
)
RAREST, RAREST_OF_OTHERS = 3, 9  # places of the clues
WEIGHTS: Mapping[Question, Sequence[float]] = {
    Question.COMMON: (-1.83, 1.92, 0.45, 0.64, 3.34, 0.32, 1.83, -0.48, -0.67, -0.14, 0.29),
    Question.INITIALS: (-0.93, 2.42, 0.69, -0.43, 3.88, 0.50, 1.78, -0.23, -0.78, -1.05, -3.45),
    Question.FULLER: (-1.74, 1.67, 0.17, -0.13, 1.97, 0.54, 1.53, -0.46, -1.21, -0.42, -1.16),
}


@dataclass(frozen=True, slots=True)
class Work:
    """What of a work is weighed: who is on it (none where the byline is long), words of its title, its first category."""

    company: frozenset[Block]
    words: Collection[int]
    category: int | None = None


def title_words(title: str) -> Collection[int]:
    """The words that tell, as buckets."""
    return bucket_counts(title).keys()


@dataclass(slots=True)
class Profile:
    """What the works of a person have."""

    company: set[Block] = field(default_factory=set)
    words: Counter[int] = field(default_factory=Counter)
    categories: Counter[int] = field(default_factory=Counter)

    def add(self, work: Work, own: Block) -> None:
        """One more work, on which the person is called `own`."""
        self.company |= work.company - {own}
        self.words.update(work.words)
        if work.category is not None:
            self.categories[work.category] += 1


def likeliest(
    question: Question,
    work: Work,
    own: Block,
    candidates: Mapping[int, Profile],
    *,
    bearers: float,
    rivals: Callable[[Block], float],
) -> int | None:
    """The candidate to whom a name `own` on a work most likely belongs, None where nobody is likely enough.

    `bearers`: how many people are likely to be called so here; `rivals` says it of an initial with a family name.
    """
    rows = clues(work, own, list(candidates.values()), bearers=bearers, rivals=rivals)
    ranked = sorted(((_weighed(question, row), -k) for k, row in enumerate(rows)), reverse=True)
    if not ranked or ranked[0][0] < LIKELY:
        return None
    # Two who are called so in full may be one person whom arrivals parted; two with these initials are two.
    if question is not Question.COMMON and len(ranked) > 1 and ranked[0][0] - ranked[1][0] < MARGIN:
        return None
    return list(candidates)[-ranked[0][1]]


def _weighed(question: Question, row: Sequence[float]) -> float:
    """The chance of one candidate. A telling co-author is enough, as in the engine's first stage: of a common name, and of
    initials where nobody else has such a one. Sums of clues say too little of that for the commonest names."""
    chance = chance_of(question, row)
    rarest, of_others = row[RAREST], row[RAREST_OF_OTHERS]
    if rarest < TELLING or question is Question.FULLER or (question is Question.INITIALS and of_others >= TELLING):
        return chance
    return max(chance, TOLD + (1 - TOLD) * chance / 2)


def chance_of(question: Question, row: Sequence[float], weights: Mapping[Question, Sequence[float]] = WEIGHTS) -> float:
    """How likely the two are one person."""
    return 1.0 / (1.0 + math.exp(-sum(w * x for w, x in zip(weights[question], row, strict=True))))


def clues(
    work: Work, own: Block, candidates: Sequence[Profile], *, bearers: float, rivals: Callable[[Block], float]
) -> list[list[float]]:
    """CLUES of each candidate."""
    mine = work.company - {own}
    found = [sorted((1 / (1 + rivals(block)) for block in mine & one.company), reverse=True) for one in candidates]
    rarest = [few[0] if few else 0.0 for few in found]
    words = [_cosine(work.words, one.words) for one in candidates]
    common = math.log(max(bearers, LEAST_BEARERS))
    return [
        [
            1.0,
            float(len(few) > 0),
            float(len(few) > 1),
            rarest[k],
            words[k],
            float(not mine or not one.company),
            _category(work, one),
            common,
            math.log(len(candidates)),
            max(rarest[:k] + rarest[k + 1 :], default=0.0),
            max(words[:k] + words[k + 1 :], default=0.0),
        ]
        for k, (one, few) in enumerate(zip(candidates, found, strict=True))
    ]


def _cosine(words: Collection[int], of: Counter[int]) -> float:
    if not words or not of:
        return 0.0
    length = math.sqrt(len(words) * sum(n * n for n in of.values()))
    return sum(of[word] for word in words if word in of) / length


def _category(work: Work, one: Profile) -> float:
    """How many of the works have the category, from a middle at which it says nothing; 0.0 where it is unknown."""
    if work.category is None or not one.categories:
        return 0.0
    return one.categories[work.category] / one.categories.total() - 0.2
