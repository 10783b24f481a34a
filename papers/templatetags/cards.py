"""The parts of a work in a list, written at once: a page holds twenty, and each template node would cost on all of them.

Functions that give `str` give mark-up whose every value is escaped where it enters; what comes again from card to card
(names, venues, fields, dates, scores) is kept with its mark-up around it.
"""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from common.templatetags.presentation import count, dated, escaped, fill, markup
from papers.domain.display import BylineName, ShortByline
from papers.domain.public_ids import encode
from papers.selectors.cards import PaperCard
from papers.templatetags.works import NOTICE_CHIPS, kind_name

register = template.Library()


@dataclass(frozen=True, slots=True)
class Labels:
    """What every card says in one language, as mark-up."""

    language: str | None
    undated: str
    cite: str
    opens_abstract: str
    et_al: str
    notices: dict[str, str]
    notice_chips: dict[str, str]
    pinned: str
    why: str


@lru_cache(maxsize=64)
def _labels_in(language: str | None) -> Labels:
    return Labels(
        language=language,
        undated=fill("<span>{}</span>", gettext("undated")),
        cite=fill("{}", gettext("Cite")),
        opens_abstract=fill(
            '<details class="abstract"><summary><span class="hidden">{}</span><span class="shown">{}</span></summary><div>',
            gettext("Full abstract"),
            gettext("Less"),
        ),
        et_al=fill(' <abbr title="{}">et al.</abbr>', gettext("and others")),
        notices={
            kind: fill('<p class="retracted"><span class="chip warn">{}</span></p>', str(word))
            for kind, word in NOTICE_CHIPS.items()
        },
        notice_chips={
            kind: fill(' <span class="chip warn">{}</span>', str(word)) for kind, word in NOTICE_CHIPS.items()
        },
        pinned=fill('<span class="chip pinned">{}</span>', gettext("Pinned")),
        why=fill("{}", gettext("Why here?")),
    )


@register.simple_tag
def paper_card(card: PaperCard, pinned: Container[int] = ()) -> SafeString:
    """A work in a list with all that is known of it: when, what, by whom, its abstract and its numbers.

    One of `pinned` ids says that it was put first.
    """
    return markup(_article(card, _labels_in(get_language()), is_pinned=card.id in pinned))


@register.simple_tag
def paper_cards(cards: Iterable[PaperCard], pinned: Container[int] = (), why: str = "") -> SafeString:
    """The same for all works of a list. `why` is the address of the author whose list it is: each card asks there why."""
    words = _labels_in(get_language())
    return markup("".join([_article(card, words, is_pinned=card.id in pinned, why=why) for card in cards]))


@register.simple_tag
@lru_cache(maxsize=1024)
def field_chip(code: str, name: str, url: str) -> SafeString:
    """A short code with its full name on hover and for screen readers; "" for no code."""
    if not code:
        return fill("{}", "")
    if url:
        return fill(
            '<a class="chip field" href="{}" title="{}"><span aria-hidden="true">{}</span><span class="unseen">{}</span></a>',
            url,
            name,
            code,
            name,
        )
    return fill(
        '<span class="chip field" title="{}"><span aria-hidden="true">{}</span><span class="unseen">{}</span></span>',
        name,
        code,
        name,
    )


@register.simple_tag
def card_title(card: PaperCard) -> SafeString:
    """The title with its link, mathematics rendered."""
    return markup(_title(card, escape(card.url)))


@register.simple_tag
def paper_row(card: PaperCard) -> SafeString:
    """A work as an item of a list: its title, and what else is known of it in one line."""
    words = _labels_in(get_language())
    notice = words.notice_chips[card.notice] if card.notice else ""
    return markup(
        f'<li>\n  <span class="title">{_title(card, escape(card.url))}</span>\n'
        f"  <small>{_facts(card, words)}{notice}</small>\n</li>"
    )


@register.simple_tag
def row_facts(card: PaperCard) -> SafeString:
    """Names, year, source and citations in one line."""
    return markup(_facts(card, _labels_in(get_language())))


def _facts(card: PaperCard, labels: Labels) -> str:
    year = f" · {card.year}" if card.year else ""
    source = f" · {escaped(card.source_name)}" if card.source_name else ""
    cited = f" · {_citations_in_line(card.citation_count, labels.language)}" if card.citation_count else ""
    return f"{_byline(card.byline, labels)}{year}{source}{cited}"


def _article(card: PaperCard, labels: Labels, *, is_pinned: bool, why: str = "") -> str:
    url = escape(card.url)
    mark = labels.pinned if is_pinned else ""
    notice = labels.notices[card.notice] if card.notice else ""
    byline = f'<p class="byline">{_byline(card.byline, labels)}</p>' if card.byline.names else ""
    text = card.abstract_html or escape(card.abstract)
    abstract = f"{labels.opens_abstract}{text}</div></details>" if text else ""
    return (
        f'<article class="work"><p class="when">{mark}{_when(card, labels)}</p><div class="what"><h3>{_title(card, url)}'
        f'</h3>{notice}{byline}{abstract}<p class="foot">{_foot(card, url, labels)}{_asks_why(card, why, labels)}</p></div></article>\n'
    )


def _when(card: PaperCard, labels: Labels) -> str:
    """Field, date, type and year, source."""
    if card.published_date is None:
        day = labels.undated
    elif card.published_style == "year":
        day = ""
    else:
        day = _time_in(card.published_date, card.published_style, card.published_iso, labels.language)
    field = field_chip(card.category_code, card.category_name, card.category_url)
    source = _link(card.source_url, card.source_name) if card.source_url else ""
    return f"{field}{day}<span>{_kind_in(card.kind, labels.language)} {card.year or ''}</span>{source}"


def _title(card: PaperCard, url: str) -> str:
    return f'<a href="{url}">{card.title_html or escape(card.title)}</a>'


def _byline(byline: ShortByline, labels: Labels) -> str:
    """The first names, the person whose page this is even further back, and whether there are more."""
    names = ", ".join([_name(name) for name in byline.names])
    beyond = f" … {_name(byline.subject_beyond)}" if byline.subject_beyond else ""
    return f"{names}{beyond}{labels.et_al if byline.is_cut else ''}"


def _name(name: BylineName) -> str:
    if not name.url:
        return escaped(name.name)
    return _strong_link(name.url, name.name) if name.is_subject else _link(name.url, name.name)


def _asks_why(card: PaperCard, why: str, labels: Labels) -> str:
    if not why:
        return ""
    return f'<a href="{escape(why)}why/{encode("W", card.id)}/" rel="nofollow" data-panel>{labels.why}</a>'


def _foot(card: PaperCard, url: str, labels: Labels) -> str:
    """Citations, scores where they are known, links outside, and the way to cite it."""
    scores = _scores_in(_rounded(card.novelty), _rounded(card.ai_score), labels.language).replace("{}", url)
    links = "".join([f'<a href="{escape(link.url)}" rel="external">{escaped(link.label)}</a>' for link in card.links])
    cited = "" if card.citation_count is None else f"<span>{_citations_in(card.citation_count, labels.language)}</span>"
    return f'{cited}{scores}{links}<a href="{url}#cite">{labels.cite}</a>'


@lru_cache(maxsize=16_384)
def _link(url: str, label: str) -> str:
    return f'<a href="{escape(url)}">{escape(label)}</a>'


@lru_cache(maxsize=1024)
def _strong_link(url: str, label: str) -> str:
    return f'<a href="{escape(url)}"><strong>{escape(label)}</strong></a>'


@lru_cache(maxsize=8192)
def _time_in(day: date, style: str, iso: str, language: str | None) -> str:
    return f'<time datetime="{escape(iso)}">{escape(dated(day, style))}</time>'


@lru_cache(maxsize=256)
def _kind_in(kind: str, language: str | None) -> str:
    return escape(kind_name(kind))


@lru_cache(maxsize=4096)
def _citations_in(number: int, language: str | None) -> str:
    text = ngettext("<b>{shown}</b> citation", "<b>{shown}</b> citations", number)
    return fill(text.replace("{shown}", "{}"), count(number))


@lru_cache(maxsize=4096)
def _citations_in_line(number: int, language: str | None) -> str:
    return escape(ngettext("{shown} citation", "{shown} citations", number).format(shown=count(number)))


@lru_cache(maxsize=512)
def _scores_in(novelty: int | None, ai_score: int | None, language: str | None) -> str:
    """Links to what each score is made of, {} where the address of the work goes."""
    parts = []
    if novelty is not None:
        parts.append(("novelty", gettext("Novelty"), f"{novelty}%"))
    if ai_score is not None:
        parts.append(("ai_score", gettext("AI Score"), str(ai_score)))
    return "".join(
        [f'<a href="{{}}numbers/{name}/" data-panel>{escape(label)} <b>{shown}</b></a>' for name, label, shown in parts]
    )


def _rounded(score: float | None) -> int | None:
    return None if score is None else min(round(score), 99) if score < 100 else 100
