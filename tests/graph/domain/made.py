"""Networks made by chance, for tests that ask another library for the same answer."""

import numpy as np

from graph.domain.network import Network
from graph.domain.relations import relation


def bylines(works: int, people: int, seed: int, largest: int = 5):
    rng = np.random.default_rng(seed)
    pairs = {
        (work, int(person))
        for work in range(1, works + 1)
        for person in rng.integers(1, people + 1, rng.integers(1, largest + 1))
    }
    return sorted(pairs)


def network_of(pairs, references=(), years=None, **more) -> Network:
    """Of (work, person), (citing work, cited work) and the year of each work, if any are told."""
    works, people = np.array([a for a, _ in pairs]), np.array([b for _, b in pairs])
    citing = np.array([a for a, _ in references], dtype=np.int64)
    cited = np.array([b for _, b in references], dtype=np.int64)
    built = {
        "byline": relation(works, people),
        "works_by": relation(people, works),
        "references": relation(citing, cited),
        "citing": relation(cited, citing),
    }
    if years:
        built["years"] = relation(np.array(list(years)), np.array(list(years.values())))
    return Network(built, **more)
