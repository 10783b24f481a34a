"""Nobody hidden comes up in slices and paths at random; a network that does not guard them is found out."""

import numpy as np

from graph.domain import leaks
from tests.graph.domain.made import bylines, network_of

TRIES = 400


def test_nobody_hidden_comes_up_in_random_slices_and_paths():
    network = network_of(bylines(works=300, people=120, seed=3, largest=6), [(n, n - 7) for n in range(20, 300)])
    hidden = np.arange(5, 120, 9, dtype=np.int64)
    assert [line for lines in leaks.tries(network, hidden, count=TRIES, seed=1) for line in lines] == []


def test_the_search_finds_a_leak(monkeypatch):
    network = network_of(bylines(works=300, people=120, seed=3, largest=6))
    monkeypatch.setattr(leaks, "replace", lambda network, **_more: network)
    found = leaks.tries(network, np.arange(5, 120, 9, dtype=np.int64), count=60, seed=1)
    assert any(found)
