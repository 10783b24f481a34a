"""Django's `{% load static %}` that asks for the address of a file once; the settings name it in its place.

The manifest of hashed names is read when a process starts, and a name in it stands for its content.
"""

from functools import lru_cache

from django.template import Library
from django.template.base import Parser, Token
from django.templatetags import static as original

register = Library()
register.tags.update(original.register.tags)


@lru_cache(maxsize=512)
def address_of(path: str) -> str:
    """`css/base.css` as `/static/css/base.0123abcd.css`."""
    return original.StaticNode.handle_simple(path)


class StaticNode(original.StaticNode):
    @classmethod
    def handle_simple(cls, path: str) -> str:
        return address_of(path)


@register.tag("static")
def static(parser: Parser, token: Token) -> original.StaticNode:
    return StaticNode.handle_token(parser, token)
