"""Long lists of like things in one go: people, places, the choices of a form."""

from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import Protocol

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext

from common.templatetags.presentation import count, escaped, markup

register = template.Library()


class DatedAffiliation(Protocol):
    """Something with a page and the years in which it is known; None: undated."""

    @property
    def name(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def first_year(self) -> int | None: ...
    @property
    def last_year(self) -> int | None: ...


class Person(DatedAffiliation, Protocol):
    """Somebody with joint works."""

    @property
    def works(self) -> int: ...


def years_label(first: int | None, last: int | None) -> str:
    """ "2007–2018", "2019", or "" when no year is known."""
    if first is None:
        return ""
    return str(first) if first == last or last is None else f"{first}–{last}"


@register.simple_tag
def people_items(people: Iterable[Person]) -> SafeString:
    """List items of people, with how many works and when."""
    language = get_language()
    return markup("".join([_person(person, language) for person in people]))


@register.simple_tag
def affiliation_items(affiliations: Iterable[DatedAffiliation]) -> SafeString:
    """List items of places, with when."""
    return markup(
        "".join(
            [
                f'<li><a href="{escaped(p.url)}">{escaped(p.name)}</a>'
                f'<span class="aside">{years_label(p.first_year, p.last_year)}</span></li>'
                for p in affiliations
            ]
        )
    )


@register.simple_tag
def choices(options: Iterable[tuple[str, str]], chosen: str = "") -> SafeString:
    """The options of a select from (value, label) pairs."""
    return markup(
        "".join(
            [
                f'<option value="{escaped(value)}"{" selected" if value == chosen else ""}>{escaped(label)}</option>'
                for value, label in options
            ]
        )
    )


def _person(person: Person, language: str | None) -> str:
    years = years_label(person.first_year, person.last_year)
    dated = f"<small>{years}</small>" if years else ""
    return (
        f'<li><a href="{escaped(person.url)}">{escaped(person.name)}</a>'
        f'<span class="aside">{_works_in(person.works, language)}{dated}</span></li>'
    )


@lru_cache(maxsize=4096)
def _works_in(number: int, language: str | None) -> str:
    return escape(ngettext("{shown} work", "{shown} works", number).format(shown=count(number)))
