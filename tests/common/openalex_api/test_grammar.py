"""The grammar of lists: what is read, and what is refused in words."""

from contextlib import suppress

import pytest
from django.db.models import Q
from hypothesis import given
from hypothesis import strategies as st

from common.openalex_api.fields import (
    BooleanField,
    DateField,
    NumberField,
    TextField,
    ValuesField,
    column_number,
    year_of,
)
from common.openalex_api.grammar import Term, condition_of, parse_filter, parse_select, parse_sort
from common.openalex_api.problems import InvalidParameter

FIELDS = {
    "cited_by_count": NumberField(column_number("cites"), "Citations."),
    "publication_year": NumberField(year_of("day"), "Year."),
    "is_retracted": BooleanField(lambda: Q(retracted=True), "Retracted."),
    "from_publication_date": DateField("day", "gte", "From."),
    "type": ValuesField(str, lambda values: Q(kind__in=values), "Type."),
    "default.search": TextField(lambda words: Q(words=words), "Words."),
}


def test_conditions_are_joined_by_commas_and_values_by_bars():
    terms = parse_filter("type:preprint|article, cited_by_count:>10,publication_year:!2020", FIELDS)
    assert terms == (
        Term("type", ("preprint", "article")),
        Term("cited_by_count", (">10",)),
        Term("publication_year", ("2020",), is_negated=True),
    )


def test_a_plus_or_a_space_between_values_means_that_both_hold():
    assert parse_filter("type:a+b", FIELDS) == parse_filter("type:a b", FIELDS)
    assert parse_filter("type:a+b", FIELDS) == (Term("type", ("a",)), Term("type", ("b",)))


def test_words_keep_their_spaces():
    assert parse_filter("default.search:neural nets", FIELDS) == (Term("default.search", ("neural nets",)),)


def test_a_value_may_hold_colons():
    assert parse_filter("type:https://x.org/1", FIELDS)[0].values == ("https://x.org/1",)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("foo:1", "'foo' is not a field"),
        ("type", "not of the form field:value"),
        ("type:", "empty value"),
        ("type:a||b", "empty value"),
        ("type:a|!b", "stands once"),
        ("type:" + "|".join("x" * 101), "more than 100 values"),
        (",".join(["type:a"] * 26), "more than 25 conditions"),
        ("type:" + "a" * 8_000, "longer than 8000"),
        ("type:a\0b", "cannot occur"),
    ],
)
def test_a_filter_that_is_none_is_refused_and_the_parameter_named(text, says):
    with pytest.raises(InvalidParameter) as error:
        parse_filter(text, FIELDS)
    assert error.value.parameter == "filter"
    assert says in str(error.value.detail)


@pytest.mark.parametrize(
    "text",
    [
        "cited_by_count:ten",
        "cited_by_count:-",
        "cited_by_count:99999999999",
        "publication_year:20222",
        "publication_year:>0",
        "is_retracted:maybe",
        "from_publication_date:2020",
        "from_publication_date:2020-02-30",
    ],
)
def test_a_value_that_a_field_does_not_take_is_refused(text):
    with pytest.raises(InvalidParameter) as error:
        condition_of(parse_filter(text, FIELDS), FIELDS)
    assert text.partition(":")[0] in str(error.value.detail)


def test_numbers_take_comparisons_and_ranges():
    def number(text):
        return condition_of(parse_filter(f"cited_by_count:{text}", FIELDS), FIELDS)

    assert number("5") == Q(cites__exact=5)
    assert number(">5") == Q(cites__gt=5)
    assert number("<5") == Q(cites__lt=5)
    assert number("5-9") == Q(cites__gte=5, cites__lte=9)
    assert number("5-") == Q(cites__gte=5)
    assert number("-9") == Q(cites__lte=9)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_but_never_breaks(text):
    for parse in (
        lambda: condition_of(parse_filter(text, FIELDS), FIELDS),
        lambda: parse_sort(text, ["a", "b"]),
        lambda: parse_select(text, ["id"]),
    ):
        with suppress(InvalidParameter):
            parse()


def test_sort_takes_one_field_and_a_direction():
    assert parse_sort("a:desc", ["a"]) == ("a", True)
    assert parse_sort("a", ["a"]) == ("a", False)
    for text in ("b", "a:down", "a,b", ""):
        with pytest.raises(InvalidParameter):
            parse_sort(text, ["a", "b"] if "," in text else ["a"])


def test_select_names_root_fields():
    assert parse_select("id, title", ["id", "title", "doi"]) == frozenset({"id", "title"})
    with pytest.raises(InvalidParameter) as error:
        parse_select("id,authorships.author", ["id", "authorships"])
    assert error.value.allowed == ["id", "authorships"]
