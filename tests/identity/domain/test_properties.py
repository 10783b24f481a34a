"""What holds whatever the order and whatever is decided; `python -m bench.identity_rules` counts the same on real names."""

import numpy as np
import pytest

from identity.domain.certain import Certain, contradictions
from identity.domain.engine import Existing, atoms, resolve
from identity.domain.scores import b_cubed
from identity.domain.units import background
from identity.services.model import shipped_judge
from tests.identity.domain.test_engine import corpus

NAMES = ["Wei Wang", "W. Wang", "Wei Wei Wang", "Anna Rarename", "A. Rarename", "Ann Rarename"]
BESIDE = [f"Coauthor{letter} Namesson" for letter in "abcd"]


@pytest.fixture(scope="module")
def judge():
    return shipped_judge()


def bylines(seed, count=40):
    random = np.random.default_rng(seed)
    return [[NAMES[int(random.integers(6))], BESIDE[int(random.integers(4))]] for _ in range(count)]


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_works_changes_nothing(judge, seed):
    lines = bylines(seed)
    order = np.random.default_rng(seed + 100).permutation(len(lines))
    one = resolve(corpus(*lines), judge).person.reshape(-1, 2)
    years = {k: 2000 + k % 3 for k in range(len(lines))}
    shuffled = corpus(*[lines[k] for k in order])
    shuffled.year = np.array([years[int(k)] for k in order], dtype=np.float32)
    other = resolve(shuffled, judge).person.reshape(-1, 2)
    assert b_cubed(other.ravel(), one[order].ravel())[2] == 1.0


@pytest.mark.parametrize("seed", range(20))
def test_what_must_be_one_never_splits_what_nobody_doubts(seed):
    back = background(corpus(*bylines(seed)))
    random = np.random.default_rng(seed)
    free = atoms(back)
    pairs = [tuple(int(x) * 2 for x in random.choice(40, 2, replace=False)) for _ in range(3)]
    tied = atoms(back, Certain(together=pairs))
    assert all(tied[a] == tied[b] for a, b in pairs)
    assert all(len(set(tied[free == number].tolist())) == 1 for number in set(free.tolist()))


@pytest.mark.parametrize("seed", range(3))
def test_settling_a_block_again_changes_nothing(judge, seed):
    c = corpus(*bylines(seed))
    found = resolve(c, judge)
    again = resolve(c, judge, existing=Existing(found.person, {"w wang"}))
    assert b_cubed(again.person, found.person)[2] >= 0.97


@pytest.mark.parametrize("seed", range(3))
def test_names_that_are_not_settled_stay_as_they_stand(judge, seed):
    c = corpus(*bylines(seed))
    existing = np.random.default_rng(seed).integers(0, 20, len(c))[atoms(background(c))]
    found = resolve(c, judge, existing=Existing(existing, {"w wang"}))
    still = np.array([c.names[int(n)].block != "w wang" for n in c.name_of])
    assert b_cubed(found.person[still], existing[still])[2] == 1.0


def test_a_contradiction_is_told_with_the_chain_that_ties_the_two():
    certain = Certain(together=[(1, 2), (2, 3), (3, 4), (1, 4), (7, 8)], apart=[(1, 3), (1, 7), (5, 6)])
    assert contradictions(certain) == [[1, 2, 3]]
