import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from graph.domain.nodes import Node
from graph.domain.state import COLOURS, MODES, SIZES, SORTS, InvalidState, State, public_id, read_state

NODES = st.builds(Node, st.sampled_from("AWTI"), st.integers(1, 10**9))
SOME = st.lists(NODES, max_size=5, unique=True).map(tuple)
STATES = st.builds(
    State,
    focus=SOME,
    expanded=SOME,
    hidden=SOME,
    mode=st.sampled_from(MODES),
    pins=st.dictionaries(NODES, st.tuples(st.integers(0, 100), st.integers(0, 100)), max_size=4),
    kinds=st.sampled_from(["AWTI", "A", "WT"]),
    first_year=st.none() | st.integers(1000, 2100),
    last_year=st.none() | st.integers(1000, 2100),
    least=st.sampled_from([0.0, 0.5, 3.0]),
    most=st.integers(12, 500),
    colour=st.sampled_from(COLOURS),
    size=st.sampled_from(SIZES),
    sort=st.sampled_from(SORTS),
)


@given(STATES)
def test_an_address_brings_back_the_state_that_it_was_made_of(state):
    assert read_state(QueryDict(state.address).dict()) == state


@pytest.mark.parametrize(
    "asked",
    [
        {"n": "Abcdfg"},
        {"n": "nonsense"},
        {"mode": "x"},
        {"kinds": "AX"},
        {"from": "two"},
        {"least": "nan"},
        {"pin": f"{public_id(Node('A', 1))}:-1:3"},
        {"most": "many"},
        {"sort": "; drop"},
        {"n": ",".join(public_id(Node("A", n)) for n in range(1, 20))},
    ],
)
def test_an_address_that_no_picture_has_is_refused(asked):
    with pytest.raises(InvalidState):
        read_state(asked)
