"""The parts of a work in a list, written at once: a page holds twenty, and each template node would cost on all of them."""

from collections.abc import Container
from dataclasses import dataclass
from functools import lru_cache

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from common.templatetags.presentation import count, dated, fill, fill_each, markup
from papers.domain.display import BylineName
from papers.selectors.cards import PaperCard
from papers.templatetags.works import kind_name

register = template.Library()


@dataclass(frozen=True, slots=True)
class Words:
    """What every card says, in one language."""

    undated: str
    cite: str
    whole_abstract: str
    less: str
    et_al: SafeString
    retracted: SafeString
    pinned: SafeString


@lru_cache(maxsize=64)
def _words_in(language: str | None) -> Words:
    return Words(
        undated=gettext("undated"),
        cite=gettext("Cite"),
        whole_abstract=gettext("Whole abstract"),
        less=gettext("Less"),
        et_al=fill(' <abbr title="{}">et al.</abbr>', gettext("and others")),
        retracted=fill('<p class="retracted"><span class="chip warn">{}</span></p>', gettext("Retracted")),
        pinned=fill('<span class="chip pinned">{}</span>', gettext("Pinned")),
    )


@lru_cache(maxsize=4096)
def _citations_in(number: int, language: str | None) -> SafeString:
    text = ngettext("<b>{shown}</b> citation", "<b>{shown}</b> citations", number)
    return fill(text.replace("{shown}", "{}"), count(number))


@lru_cache(maxsize=512)
def _scores_in(novelty: int | None, ai_score: int | None, language: str | None) -> SafeString:
    """A pattern: links to what each score is made of, {} where the address of the work goes."""
    parts = []
    if novelty is not None:
        parts.append(("novelty", gettext("Novelty"), f"{novelty}%"))
    if ai_score is not None:
        parts.append(("ai_score", gettext("AI Score"), str(ai_score)))
    return fill_each('<a href="{{}}numbers/{}/" data-panel>{} <b>{}</b></a>', parts)


@lru_cache(maxsize=256)
def _kind_in(kind: str, language: str | None) -> str:
    return kind_name(kind)


@register.simple_tag
def paper_card(card: PaperCard, pinned: Container[int] = ()) -> SafeString:
    """A work in a list with all that is known of it: when, what, by whom, its abstract and its numbers.

    One of `pinned` ids says that it was put first.
    """
    words = _words_in(get_language())
    mark = words.pinned if card.id in pinned else ""
    retracted = words.retracted if card.is_retracted else ""
    byline = fill('<p class="byline">{}</p>', card_byline(card)) if card.byline.names else ""
    abstract = card_abstract(card) if card.abstract else ""
    return fill(
        '<article class="work"><p class="when">{}{}</p><div class="what"><h3>{}</h3>{}{}{}<p class="foot">{}</p></div>'
        "</article>\n",
        mark, card_when(card), card_title(card), retracted, byline, abstract, card_foot(card),
    )  # fmt: skip


@register.simple_tag
@lru_cache(maxsize=1024)
def field_chip(code: str, name: str, url: str) -> SafeString:
    """A short code with its full name on hover and for screen readers; "" for no code."""
    if not code:
        return fill("{}", "")
    if url:
        return fill(
            '<a class="chip field" href="{}" title="{}"><span aria-hidden="true">{}</span><span class="unseen">{}</span></a>',
            url, name, code, name,
        )  # fmt: skip
    return fill(
        '<span class="chip field" title="{}"><span aria-hidden="true">{}</span><span class="unseen">{}</span></span>',
        name, code, name,
    )  # fmt: skip


@register.simple_tag
def card_when(card: PaperCard) -> SafeString:
    """Field, date, type and year, source."""
    language = get_language()
    if card.published_date is None:
        day: str = fill("<span>{}</span>", _words_in(language).undated)
    elif card.published_style == "year":
        day = ""
    else:
        label = dated(card.published_date, card.published_style)
        day = fill('<time datetime="{}">{}</time>', card.published_iso, label)
    source = fill('<a href="{}">{}</a>', card.source_url, card.source_name) if card.source_url else ""
    return fill(
        "{}{}<span>{} {}</span>{}",
        field_chip(card.category_code, card.category_name, card.category_url),
        day,
        _kind_in(card.kind, language),
        card.year or "",
        source,
    )


@register.simple_tag
def card_title(card: PaperCard) -> SafeString:
    """The title with its link, mathematics rendered."""
    title = markup(card.title_html) if card.title_html else card.title
    return fill('<a href="{}">{}</a>', card.url, title)


@register.simple_tag
def card_byline(card: PaperCard) -> SafeString:
    """The first names, the person whose page this is even further back, and whether there are more."""
    byline = card.byline
    names = fill_each("{}", ((_name(name),) for name in byline.names), between=", ")
    beyond = fill(" … {}", _name(byline.subject_beyond)) if byline.subject_beyond else ""
    return fill("{}{}{}", names, beyond, _words_in(get_language()).et_al if byline.is_cut else "")


@register.simple_tag
def card_abstract(card: PaperCard) -> SafeString:
    """The abstract behind a summary that opens it in place; "" without one."""
    words = _words_in(get_language())
    return fill(
        '<details class="abstract"><summary><span class="hidden">{}</span><span class="shown">{}</span></summary>'
        "<div>{}</div></details>",
        words.whole_abstract,
        words.less,
        markup(card.abstract_html) if card.abstract_html else card.abstract,
    )


@register.simple_tag
def card_foot(card: PaperCard) -> SafeString:
    """Citations, scores where they are known, links outside, and the way to cite it."""
    language = get_language()
    scores = _scores_in(_rounded(card.novelty), _rounded(card.ai_score), language)
    links = fill_each('<a href="{}" rel="external">{}</a>', ((link.url, link.label) for link in card.links))
    return fill(
        '<span>{}</span>{}{}<a href="{}#cite">{}</a>',
        _citations_in(card.citation_count, language), fill(scores, card.url, card.url), links,
        card.url, _words_in(language).cite,
    )  # fmt: skip


@register.simple_tag
def row_facts(card: PaperCard) -> SafeString:
    """Names, year, source and citations in one line."""
    facts: list[str] = [str(card.year)] if card.year else []
    if card.source_name:
        facts.append(card.source_name)
    if card.citation_count:
        shown = count(card.citation_count)
        facts.append(
            ngettext("{shown} citation", "{shown} citations", card.citation_count).format(shown=shown)
        )
    byline = card_byline(card)
    rest = fill_each(" · {}", ((fact,) for fact in facts))
    return fill("{}{}", byline, rest)


def _rounded(score: float | None) -> int | None:
    return None if score is None else min(round(score), 99) if score < 100 else 100


def _name(name: BylineName) -> SafeString:
    if not name.url:
        return fill("{}", name.name)
    pattern = '<a href="{}"><strong>{}</strong></a>' if name.is_subject else '<a href="{}">{}</a>'
    return fill(pattern, name.url, name.name)
