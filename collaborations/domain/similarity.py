"""Who could work with whom: four sides of a match, none of them fame. No citation, follower or score enters."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

WEIGHT_NEARNESS, WEIGHT_DISTANCE, WEIGHT_COMPLEMENT, WEIGHT_INSTITUTION = 50, 20, 20, 10
LEAST_NEARNESS = 0.05
# Two unrelated abstracts in English still have a cosine of about this much.
COSINE_FLOOR, COSINE_CEILING = 0.35, 0.90


@dataclass(frozen=True, slots=True)
class Subjects:
    """What somebody works on: works by topic and by category."""

    topics: Mapping[int, int]
    categories: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Match:
    """One candidate against the one who asks; every side 0–1, `cosine` None where texts could not be compared.

    `joint_works` are works that both signed, `between` co-authors of both.
    """

    similarity: float
    cosine: float | None
    joint_works: int
    between: int
    complement: float
    is_same_institution: bool

    @property
    def distance(self) -> float:
        """Best two steps away, where somebody can introduce them; next those who wrote together before."""
        if self.joint_works:
            return 0.6
        return min(1.0, 0.7 + 0.1 * self.between) if self.between else 0.0

    @property
    def score(self) -> float:
        return (
            WEIGHT_NEARNESS * self.similarity
            + WEIGHT_DISTANCE * self.distance
            + WEIGHT_COMPLEMENT * self.complement
            + WEIGHT_INSTITUTION * self.is_same_institution
        )

    @property
    def is_worth_showing(self) -> bool:
        """Whether there is a reason at all."""
        return self.similarity >= LEAST_NEARNESS or self.distance > 0 or self.is_same_institution


def overlap(mine: Mapping[int, int], theirs: Mapping[int, int]) -> float:
    """Cosine of two counts of works by subject; 0 where either has none. Long records gain nothing by their length."""
    length = sqrt(sum(n * n for n in mine.values())) * sqrt(sum(n * n for n in theirs.values()))
    return sum(n * theirs.get(key, 0) for key, n in mine.items()) / length if length else 0.0


def similarity(mine: Subjects, theirs: Subjects, *, cosine: float | None) -> float:
    """0–1: half from the texts where they can be compared, the rest from topics and categories."""
    by_topic = overlap(mine.topics, theirs.topics)
    by_category = overlap(mine.categories, theirs.categories)
    subjects = 0.6 * by_topic + 0.4 * by_category if mine.topics and theirs.topics else by_category
    if cosine is None:
        return subjects
    scaled = (cosine - COSINE_FLOOR) / (COSINE_CEILING - COSINE_FLOOR)
    return 0.5 * max(0.0, min(1.0, scaled)) + 0.5 * subjects


def complementary(mine: Subjects, theirs: Subjects) -> tuple[int, ...]:
    """Topics of theirs that the one who asks has not written on, most works first; none without common ground."""
    if not common(mine.topics, theirs.topics) and not common(mine.categories, theirs.categories):
        return ()
    new = [(works, topic) for topic, works in theirs.topics.items() if topic not in mine.topics and works > 1]
    return tuple(topic for _works, topic in sorted(new, key=lambda pair: (-pair[0], pair[1])))


def complement(mine: Subjects, theirs: Subjects) -> float:
    """How much of their work lies on such topics, up to one half, which counts as 1."""
    total = sum(theirs.topics.values())
    if not total:
        return 0.0
    return min(1.0, 2 * sum(theirs.topics[topic] for topic in complementary(mine, theirs)) / total)


def common(mine: Collection[int], theirs: Mapping[int, int]) -> tuple[int, ...]:
    """What both have, by how much of it the other has."""
    shared = [(works, key) for key, works in theirs.items() if key in mine]
    return tuple(key for _works, key in sorted(shared, key=lambda pair: (-pair[0], pair[1])))


def ranked[C](matches: Sequence[tuple[C, int, Match]]) -> list[tuple[C, Match]]:
    """(candidate, id, match) worth showing, best first; those that match alike in the order of a number that says nothing."""
    worth = [(one, key, match) for one, key, match in matches if match.is_worth_showing]
    order = {key: (-round(match.score, 3), key * 2654435761 % 2**32) for _one, key, match in worth}
    return [(one, match) for one, key, match in sorted(worth, key=lambda entry: order[entry[1]])]
