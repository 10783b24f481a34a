"""Long lists of like things in one go: people, places, the choices of a form."""

from collections.abc import Iterable
from typing import Protocol

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from common.templatetags.presentation import count, fill, fill_each

register = template.Library()

SELECTED = fill("{}", " selected")


class Place(Protocol):
    """Something with a page and the years in which it is known; None: undated."""

    @property
    def name(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def first_year(self) -> int | None: ...
    @property
    def last_year(self) -> int | None: ...


class Person(Place, Protocol):
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
    return fill_each("{}", ((_person(person),) for person in people))


@register.simple_tag
def place_items(places: Iterable[Place]) -> SafeString:
    """List items of places, with when."""
    return fill_each(
        '<li><a href="{}">{}</a><span class="aside">{}</span></li>',
        ((p.url, p.name, years_label(p.first_year, p.last_year)) for p in places),
    )


@register.simple_tag
def choices(options: Iterable[tuple[str, str]], chosen: str = "") -> SafeString:
    """The options of a select from (value, label) pairs."""
    return fill_each(
        '<option value="{}"{}>{}</option>',
        ((value, SELECTED if value == chosen else "", label) for value, label in options),
    )


def _person(person: Person) -> SafeString:
    works = ngettext("{shown} work", "{shown} works", person.works).format(shown=count(person.works))
    years = years_label(person.first_year, person.last_year)
    told = fill("{}<small>{}</small>", works, years) if years else works
    return fill('<li><a href="{}">{}</a><span class="aside">{}</span></li>', person.url, person.name, told)
