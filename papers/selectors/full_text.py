"""How words find works and people: conditions that the full-text indexes answer."""

import re
from collections.abc import Sequence

from django.contrib.postgres.search import SearchQuery, SearchVectorExact, SearchVectorField
from django.db.models import Func, Q

from papers.domain.names import name_words

_LAST_WORD = re.compile(r"(?:^|\s)(\w{3,})$")


class NameVector(Func):
    """`to_tsvector('simple', search_text)` to the letter of the index papers_author_search_words."""

    template = "to_tsvector('simple', %(expressions)s)"
    output_field = SearchVectorField()


def paper_query(typed: str, *, is_open_ended: bool = False) -> SearchQuery:
    """The query of a work: all words, "quoted phrases", `or`, `-not`; stems and accents aside.

    `is_open_ended` lets the last word be the beginning of one, as someone still typing means it.
    """
    query = SearchQuery(typed, config="colophon", search_type="websearch")
    last = _LAST_WORD.search(typed)
    if not is_open_ended or last is None or last[1].lower() in {"or", "and"}:
        return query
    start = SearchQuery(f"'{last[1]}':*", config="colophon", search_type="raw")
    before = typed[: last.start(1)].strip()
    if before:
        start = SearchQuery(before, config="colophon", search_type="websearch") & start
    return query | start


def works_with(query: str) -> Q:
    """Works whose title, names or abstract hold the words."""
    return Q(search__vector=paper_query(query))


def people_named(words: Sequence[str], *, is_open_ended: bool = False) -> Q:
    """Authors with all these folded words in their names, in any order.

    A single letter stands for any name that begins with it. `is_open_ended`: so does the last word.
    No words match no one.
    """
    whole = [word for word in words if len(word) > 1]
    initials = [word for word in words if len(word) == 1]
    if not whole:
        whole, initials = initials[-1:], initials[:-1]
        is_open_ended = True
    if not whole:
        return Q(pk__in=())
    parts = [f"'{word}'" for word in whole]
    if is_open_ended and whole[-1] == words[-1]:
        parts[-1] += ":*"
    query = SearchQuery(" & ".join(parts), config="simple", search_type="raw")
    condition = Q(SearchVectorExact(NameVector("search_text"), query))
    for letter in initials:
        condition &= Q(search_text__regex=f"(^| ){re.escape(letter)}")
    return condition


def people_called(text: str) -> Q:
    """Authors with all the words of a typed name."""
    return people_named(name_words(text))
