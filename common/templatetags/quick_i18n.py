"""`{% load quick_i18n %}`: Django's i18n without the work that comes out the same every time, for the pages most read.

A page translates some sixty fixed texts. Django resolves each as an expression, looks it up in the catalogues and
marks it safe anew at every rendering, which together cost more than the queries of some pages.
"""

from typing import Any

from django.template import Context, Library
from django.template.base import FilterExpression, Parser, Token, render_value_in_context
from django.templatetags import i18n
from django.utils.translation import get_language, gettext, ngettext

register = Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class FixedText(i18n.TranslateNode):
    """`{% translate "text" %}`: kept for each language."""

    def __init__(self, node: i18n.TranslateNode) -> None:
        super().__init__(node.filter_expression, noop=False)
        self._known: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        language = get_language()
        known = self._known.get(language)
        if known is None:
            known = self._known[language] = super().render(context)
        return known


class Block(i18n.BlockTranslateNode):
    """`{% blocktranslate %}`: its pattern is put together once. Whatever is unusual is left to Django."""

    def __init__(self, node: i18n.BlockTranslateNode) -> None:
        vars(self).update(vars(node))
        self._single, self._names = super().render_token_list(node.singular)
        self._many, names = super().render_token_list(node.plural) if node.plural else ("", [])
        self._names = [*self._names, *names]

    def render(self, context: Context, nested: bool = False) -> str:
        if nested or self.message_context or self.asvar:
            return super().render(context, nested)
        values: dict[str, Any] = {name: value.resolve(context) for name, value in self.extra_context.items()}
        if self.plural and self.countervar and self.counter:
            values[self.countervar] = number = self.counter.resolve(context)
            if type(number) is not int:
                return super().render(context)
            text = ngettext(self._single, self._many, number)
        else:
            text = gettext(self._single)
        if not self._names:
            return text % {}
        try:
            return text % {
                name: render_value_in_context(values[name] if name in values else context[name], context)
                for name in self._names
            }
        except (KeyError, ValueError):
            return super().render(context)


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> i18n.TranslateNode:
    node = i18n.do_translate(parser, token)
    return FixedText(node) if _is_fixed(node) else node


@register.tag("blocktranslate")
@register.tag("blocktrans")
def blocktranslate(parser: Parser, token: Token) -> i18n.BlockTranslateNode:
    return Block(i18n.do_block_translate(parser, token))


def _is_fixed(node: i18n.TranslateNode) -> bool:
    text: FilterExpression = node.filter_expression
    is_plain = not (node.noop or node.asvar or node.message_context or text.filters)
    return is_plain and getattr(text.var, "literal", None) is not None
