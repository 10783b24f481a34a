"""Which id each person keeps after a run."""

from hypothesis import given
from hypothesis import strategies as st

from identity.domain.stable_ids import NEW, keep_ids


def test_most_mentions_keep_the_id_and_the_rest_get_a_new_one():
    assert keep_ids([0, 0, 0, 1], [7, 7, 7, 7], fixed={}) == {0: 7, 1: NEW}


def test_of_two_records_that_are_one_the_larger_stays_and_of_equals_the_elder():
    assert keep_ids([0, 0, 0], [9, 9, 7], fixed={}) == {0: 9}
    assert keep_ids([0, 0], [9, 7], fixed={}) == {0: 7}


def test_a_decision_comes_before_any_number():
    assert keep_ids([0, 0, 0, 1], [7, 7, 7, 7], fixed={3: 7}) == {0: NEW, 1: 7}


def test_a_claimed_record_chooses_first():
    assert keep_ids([0, 0, 0], [9, 9, 7], fixed={}, weighty={7}) == {0: 7}


def test_an_id_never_goes_to_whoever_has_fewer_of_its_mentions():
    assert keep_ids([0, 0, 0, 0, 0, 0, 1], [9, 9, 9, 9, 7, 7, 7], fixed={}) == {0: 9, 1: NEW}


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 5)), min_size=1))
def test_no_id_is_given_twice_and_none_to_a_person_without_a_mention_of_it(mentions):
    person, author = zip(*mentions, strict=True)
    kept = keep_ids(person, author, fixed={})
    given_out = [pk for pk in kept.values() if pk != NEW]
    assert len(given_out) == len(set(given_out))
    assert all((who, pk) in set(mentions) for who, pk in kept.items() if pk != NEW)
