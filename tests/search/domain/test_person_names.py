import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.domain.name_spellings import spellings, syllables
from papers.domain.names import search_text
from search.domain.person_names import exact_query, fit, loose_query, opened_initials, read_name
from search.domain.spelling import deletions, errors_allowed, errors_between


@pytest.mark.parametrize(
    ("printed", "among"),
    [
        ("Müller", {"muller", "mueller"}),
        ("Ødegård", {"odegard", "oedegaard"}),
        ("Łukasz", {"lukasz"}),
        ("Yıldız", {"yildiz"}),
        ("Weiß", {"weiss"}),
        ("Щербаков", {"shcherbakov", "serbakov"}),
        ("Юрий", {"yuriy", "urij", "iurii", "yury"}),
    ],
)
def test_usual_spellings_of_a_word(printed, among):
    assert among <= set(spellings(printed))


@pytest.mark.parametrize(
    ("name", "found_by"),
    [
        ("Zhi-Qin Xu", {"zhi", "qin", "zhiqin", "xu"}),
        ("Jan van der Berg", {"berg", "vanderberg"}),
        ("Miles O’Brien", {"obrien"}),
        ("曾毅", {"曾毅", "zeng", "yi"}),
        ("欧阳修", {"ouyang", "xiu"}),
        ("김민수", {"kim", "minsu"}),
    ],
)
def test_what_a_name_is_found_by(name, found_by):
    assert found_by <= set(search_text([name]).split())


def test_two_plain_words_are_found_by_no_more():
    assert search_text(["John Smith"]) == "john smith"


def test_a_han_name_has_readings_of_its_family_and_syllables():
    assert syllables("曾毅") == (("ceng", "zeng"), ("yi",))
    assert syllables("王") == (("wang",), ())


@pytest.mark.parametrize(
    ("typed", "holds"),
    [("Zhi Qin Xu", "('zhiqin' & 'xu')"), ("Müller", "'mueller'"), ("王伟", "'wei'"), ("Anna O Brien", "'anna'")],
)
def test_a_typed_name_as_a_condition(typed, holds):
    assert holds in exact_query(read_name(typed), is_open_ended=False)


def test_a_name_that_is_like_it_may_have_errors_nicknames_and_initials():
    name = read_name("Bob Smiht")
    query = loose_query(name, ((), ("smith",)))
    assert "'smith'" in query
    assert "'robert'" in query
    assert fit(name, "robert smith") > fit(name, "r smith") > fit(name, "anna jones")


def test_joined_initials_are_opened_but_not_in_a_name_in_capitals():
    assert opened_initials("CR Huang") == "C R Huang"
    assert opened_initials("CHU REN HUANG") == "CHU REN HUANG"


@pytest.mark.parametrize(
    ("a", "b", "errors"),
    [
        ("jonh", "john", 1),
        ("smith", "smith", 0),
        ("enginering", "engineering", 1),
        ("abcdefgh", "xbcdefgy", 2),
        ("a", "abcd", 3),
    ],
)
def test_errors_between_words(a, b, errors):
    assert errors_between(a, b, most=2) == errors
    assert errors_between(b, a, most=2) == errors


@settings(deadline=None)
@given(st.text("abcde", min_size=3, max_size=9), st.text("abcde", min_size=3, max_size=9))
def test_words_one_error_apart_share_a_deletion(a, b):
    if errors_between(a, b, most=1) <= 1:
        assert not set(deletions(a)).isdisjoint(deletions(b))


def test_short_words_and_numbers_have_no_errors():
    assert [errors_allowed(word) for word in ("xu", "wang", "bengio", "tibshirani", "2019")] == [0, 1, 1, 2, 0]


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_a_condition_that_holds_no_stray_sign(text):
    name = read_name(text)
    query = exact_query(name, is_open_ended=True)
    assert query.count("'") % 2 == 0
    assert query.count("(") == query.count(")")
    assert loose_query(name, tuple(() for _ in name.tokens)) is not None
