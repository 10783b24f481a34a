"""Template tags about addresses: links that appear only when their page exists."""

from functools import cache

from django import template
from django.urls import NoReverseMatch, reverse

register = template.Library()


@cache
def address_of(name: str) -> str:
    """The path of a route without arguments, or "" when this site has no such route."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@register.simple_tag
def route(name: str) -> str:
    """`{% route "graph:explore" as url %}`: the path, or "" while that page does not exist yet."""
    return address_of(name)
