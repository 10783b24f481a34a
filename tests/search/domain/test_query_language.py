import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.domain.query_language import parse_query, read_years, words_of


def parts(text: str) -> list[tuple[str, str, bool, bool]]:
    return [(part.field, part.value, part.is_excluded, part.is_phrase) for part in parse_query(text).parts]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("author:bengio attention", [("author", "bengio", False, False), ("", "attention", False, False)]),
        ('"graph neural" -survey', [("", "graph neural", False, True), ("", "survey", True, False)]),
        (
            'venue:"Nature Physics" -author:smith',
            [("venue", "Nature Physics", False, False), ("author", "smith", True, False)],
        ),
        ("foo:bar", [("", "foo:bar", False, False)]),
        ('unfinished "quote here', [("", "unfinished", False, False), ("", "quote here", False, True)]),
        ("Author:Ada", [("author", "Ada", False, False)]),
        ("- () & :*", []),
        ("few-shot GPT-3", [("", "few-shot", False, False), ("", "GPT-3", False, False)]),
    ],
)
def test_what_a_query_says(text, found):
    assert parts(text) == found


def test_a_part_is_taken_off_and_a_filter_put_in():
    query = parse_query('looms year:2019 venue:"Acta Textilia"')
    assert query.without(query.parts[1]) == 'looms venue:"Acta Textilia"'
    assert query.with_filter("year", "2020") == 'looms venue:"Acta Textilia" year:2020'
    assert query.with_filter("topic", "Silk weaving") == 'looms year:2019 venue:"Acta Textilia" topic:"Silk weaving"'
    assert query.free_text == "looms"
    assert not query.is_plain


@pytest.mark.parametrize(
    ("value", "years"),
    [
        ("2019", (2019, 2019)),
        ("2019-2022", (2019, 2022)),
        ("2022-2019", (2019, 2022)),
        ("2019-", (2019, 9999)),
        ("-2022", (1000, 2022)),
        ("2019..2022", (2019, 2022)),
        ("19", None),
        ("", None),
        ("-", None),
        ("soon", None),
        ("0000", None),
        ("0000-2019", None),
    ],
)
def test_years(value, years):
    assert read_years(value) == years


def test_words_are_parted_as_in_the_full_text():
    assert words_of("Few-shot GPT-3, few") == ("few", "shot", "gpt", "3")


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_a_query_and_so_is_it_without_a_part(text):
    query = parse_query(text)
    for part in query.parts:
        assert parse_query(query.without(part)) is not None
