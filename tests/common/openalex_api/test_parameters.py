"""A query string is read once: what is not known, given twice or out of range is named, and nothing is guessed."""

import pytest
from django.http import QueryDict

from common.openalex_api.parameters import DEFAULT_PER_PAGE, MAX_SEARCH_CHARS, read_list_parameters, read_select
from common.openalex_api.problems import InvalidParameter


def read(query: str):
    return read_list_parameters(QueryDict(query), fields=["id", "title"])


def test_nothing_asked_is_the_first_page_of_everything():
    asked = read("mailto=me@example.org&api_key=x")
    assert (asked.search, asked.filter, asked.sort, asked.select, asked.cursor) == ("", "", "", None, "")
    assert (asked.per_page, asked.page) == (DEFAULT_PER_PAGE, 1)


def test_what_is_asked_is_read():
    asked = read("search=%20graphs%20&filter=year:2020&sort=title&select=id,title&per-page=100&page=3")
    assert (asked.search, asked.filter, asked.sort) == ("graphs", "year:2020", "title")
    assert asked.select == {"id", "title"}
    assert (asked.per_page, asked.page) == (100, 3)
    assert read("cursor=*").cursor == "*"


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("pge=1", "pge"),
        ("page=1&page=2", "page"),
        ("page=0", "page"),
        ("page=101", "page"),
        ("page=%C2%B2", "page"),
        ("per_page=5&per-page=5", "per_page"),
        ("per_page=101", "per_page"),
        ("page=2&cursor=*", "cursor"),
        ("cursor=", "cursor"),
        ("search=" + "x" * (MAX_SEARCH_CHARS + 1), "search"),
        ("filter=a%00b", "filter"),
        ("select=nothing", "select"),
    ],
)
def test_what_cannot_be_meant_is_named(query, parameter):
    with pytest.raises(InvalidParameter) as refused:
        read(query)
    assert refused.value.parameter == parameter


def test_one_record_takes_its_fields_alone():
    assert read_select(QueryDict("select=id"), fields=["id", "title"]) == {"id"}
    assert read_select(QueryDict(""), fields=["id"]) is None
    with pytest.raises(InvalidParameter):
        read_select(QueryDict("page=1"), fields=["id"])
