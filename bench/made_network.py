"""A network of any size without a database, with every relation that a build has, drawn as in large corpora."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from graph.domain.relations import Ids

PEOPLE_A_WORK, REFERENCES_A_WORK, TOPICS_A_WORK = 2.7, 12, 3
SIMILAR_A_WORK, INSTITUTIONS_A_WORK, INSTITUTIONS = 5, 2, 40_000
GROUP = 300


@dataclass(frozen=True, slots=True)
class MadePairs:
    """Pairs by relation: works with their people, the works they cite, their topics, those most similar, their
    institutions and their years; people with theirs.
    """

    bylines: tuple[Ids, Ids]
    references: tuple[Ids, Ids]
    topics: tuple[Ids, Ids]
    similar: tuple[Ids, Ids]
    institutions: tuple[Ids, Ids]
    affiliations: tuple[Ids, Ids]
    years: tuple[Ids, Ids]


@lru_cache(maxsize=1)
def made_pairs(works: int, seed: int = 1) -> MadePairs:
    """Teams are geometric with a mean of 4.7; people work in groups of 300, one name in twenty comes from outside."""
    rng = np.random.default_rng(seed)
    people = int(works * PEOPLE_A_WORK)
    teams = np.clip(rng.geometric(0.21, works), 1, 60)
    owners = np.repeat(np.arange(1, works + 1), teams)
    group = rng.integers(0, people // GROUP, works)[owners - 1]
    persons = group * GROUP + (GROUP * rng.random(len(owners)) ** 3).astype(np.int64) + 1
    outside = rng.random(len(owners)) < 0.05
    persons[outside] = rng.integers(1, people + 1, int(outside.sum()))
    citing = rng.integers(2, works + 1, works * REFERENCES_A_WORK)
    cited = (citing * np.sqrt(rng.random(len(citing)))).astype(np.int64).clip(1)
    on = np.repeat(np.arange(1, works + 1), TOPICS_A_WORK)
    about = (4_000 * rng.random(len(on)) ** 2).astype(np.int64) + 1
    every = np.arange(1, works + 1)
    near = np.repeat(every, SIMILAR_A_WORK)
    alike = (near * rng.random(len(near))).astype(np.int64).clip(1)
    at = np.repeat(every, INSTITUTIONS_A_WORK)
    where = (INSTITUTIONS * rng.random(len(at)) ** 3).astype(np.int64) + 1
    first = np.concatenate([[0], np.cumsum(teams)[:-1]])
    return MadePairs(
        (owners, persons),
        (citing, cited),
        (on, about),
        (near, alike),
        (at, where),
        (persons[np.repeat(first, INSTITUTIONS_A_WORK)], where),
        (every, 1990 + every * 35 // (works + 1)),
    )
