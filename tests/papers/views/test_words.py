"""The words for what works are, where they appeared and what was said of them; unknown ones as their source has them."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from papers.domain.display import BylineName, ShortByline
from papers.domain.relations import NOTICE_KINDS, VERSIONS
from papers.selectors.cards import CardLink, PaperCard
from papers.templatetags import cards, works
from tests.factories.record import location_with

CARD = PaperCard(
    id=7,
    url="/papers/W/on-clocks/",
    title="On clocks",
    title_html="",
    abstract="",
    abstract_html="",
    kind="article",
    year=2020,
    published_date=date(2020, 5, 17),
    published_iso="2020-05-17",
    published_style="date",
    source_name="",
    source_url="",
    category_code="",
    category_name="",
    category_url="",
    citation_count=None,
    is_retracted=False,
    notice="",
    byline=ShortByline((BylineName(1, "Ada Byron", "/authors/A/"),), None, is_cut=False),
    links=(),
)


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({}, ""),
        ({"volume": "12", "issue": "3", "pages": "45-67"}, " · vol. 12, no. 3, pp. 45–67"),
        ({"pages": "45"}, " · p. 45"),
        ({"article_number": "e17"}, " · article e17"),
        ({"book_title": "All of Clocks", "publisher": "Tick & Sons"}, " · in All of Clocks, Tick & Sons"),
    ],
)
def test_where_in_a_volume_a_work_stands(fields, shown):
    assert works.volume_and_pages(location_with(**fields)) == shown


@pytest.mark.parametrize(
    ("word", "known", "shown"),
    [
        (works.kind_name, "posted-content", "preprint"),
        (works.kind_name, "music-score", "music score"),
        (works.venue_kind_name, "journal", "Journal"),
        (works.venue_kind_name, "radio-show", "Radio show"),
        (works.venue_kind_name, "", "Venue"),
        (works.version_name, "accepted", "accepted manuscript"),
        (works.version_name, "draft", "draft"),
        (works.source_name, "crossref", "Crossref"),
        (works.source_name, "somebody", "somebody"),
        (works.scheme_name, "orcid", "ORCID iD"),
        (works.scheme_name, "handle", "handle"),
        (works.notice_chip, "", ""),
        (works.notice_about, "retraction", "This notice retracts"),
        (works.language_name, "DE", "German"),
        (works.language_name, "tlh", "tlh"),
    ],
)
def test_a_code_is_shown_by_its_word_and_an_unknown_one_as_it_is(word, known, shown):
    assert word(known) == shown


def test_there_is_a_word_for_every_notice_and_version():
    for kind in NOTICE_KINDS:
        assert kind not in (works.notice_chip(kind), works.notice_sentence(kind), works.notice_about(kind))
        assert works.notice_chip(kind)
    assert all(works.version_name(version) != version for version in VERSIONS)


@pytest.mark.parametrize(
    ("kind", "url", "shown"),
    [
        ("pdf", "https://a.org/x.pdf", "PDF"),
        ("landing", "https://www.journal.example/x", "www.journal.example"),
        ("landing", "javascript:alert(1)", "Landing page"),
        ("landing", "https://user@journal.example/", "Landing page"),
        ("data-set", "", "Data set"),
        ("", "", "Link"),
    ],
)
def test_a_link_says_where_it_leads(kind, url, shown):
    assert works.link_name(kind, url) == shown


def test_a_licence_is_linked_only_to_the_web():
    linked = works.licence_link("https://creativecommons.org/licenses/by/4.0/")
    assert linked.startswith('<a href="https://creativecommons.org/licenses/by/4.0/" rel="license external"')
    assert linked.endswith(">CC BY 4.0</a>")
    assert works.licence_link("javascript:alert('<b>')") == "javascript:alert(&#x27;&lt;b&gt;&#x27;)"


@pytest.mark.parametrize(
    ("count", "shown"),
    [(None, ""), (0, "<b>0</b> citations"), (1, "<b>1</b> citation"), (2_666, "<b>2,666</b> citations")],
)
def test_unknown_citations_are_not_none(count, shown):
    html = cards.paper_card(replace(CARD, citation_count=count))
    assert ("citation" in html) is (count is not None)
    assert shown in html


@pytest.mark.parametrize(("score", "shown"), [(99.7, "99%"), (100.0, "100%"), (0.2, "0%"), (None, None)])
def test_a_score_is_a_whole_number_that_reaches_100_only_there(score, shown):
    html = cards.paper_card(replace(CARD, novelty=score))
    link = f'<a href="{CARD.url}numbers/novelty/" data-panel>Novelty <b>{shown}</b></a>'
    assert (link in html) is (score is not None)
    assert "AI Score" not in html


@pytest.mark.parametrize(
    ("day", "style", "iso", "shown"),
    [
        (date(2020, 5, 17), "date", "2020-05-17", '<time datetime="2020-05-17">May 17, 2020</time>'),
        (date(2020, 5, 1), "month", "2020-05", '<time datetime="2020-05">May 2020</time>'),
        (None, "year", "", "<span>undated</span>"),
    ],
)
def test_a_card_says_when_as_far_as_it_is_known(day, style, iso, shown):
    card = replace(CARD, published_date=day, published_style=style, published_iso=iso, year=day.year if day else None)
    assert f'<p class="when">{shown}<span>article {card.year or ""}</span>' in cards.paper_card(card)


def test_a_year_alone_is_said_once():
    html = cards.paper_card(replace(CARD, published_style="year", published_iso="2020"))
    assert "<time" not in html
    assert html.count("2020") == 1


@pytest.mark.parametrize("kind", NOTICE_KINDS)
def test_a_notice_stands_on_the_card_and_in_the_row(kind):
    card = replace(CARD, notice=kind)
    chip = f'<span class="chip warn">{works.notice_chip(kind)}</span>'
    assert f'</h3><p class="retracted">{chip}</p>' in cards.paper_card(card)
    assert chip in cards.paper_row(card)
    assert "chip warn" not in cards.paper_card(CARD) + cards.paper_row(CARD)


def test_a_row_says_in_one_line_what_is_known():
    card = replace(CARD, source_name="Clocks & Watches", citation_count=1)
    byline = '<a href="/authors/A/">Ada Byron</a>'
    assert cards.row_facts(card) == f"{byline} · 2020 · Clocks &amp; Watches · 1 citation"
    assert cards.row_facts(replace(CARD, year=None, citation_count=0)) == byline


def test_whoever_is_not_listed_is_named_without_a_link():
    names = (BylineName(1, "Ada <b>", ""), BylineName(2, "Ben", "/authors/B/", is_subject=True))
    card = replace(CARD, byline=ShortByline(names, None, is_cut=True))
    assert cards.row_facts(card).startswith(
        'Ada &lt;b&gt;, <a href="/authors/B/"><strong>Ben</strong></a> <abbr title="and others">et al.</abbr>'
    )


def test_a_card_asks_why_it_is_in_somebodys_list_only_there():
    html = cards.paper_cards([CARD], why="/authors/A/ada/")
    assert '<a href="/authors/A/ada/why/W' in html
    assert "/why/" not in cards.paper_cards([CARD])
    assert cards.paper_cards([]) == ""


def test_a_field_is_read_out_by_its_name():
    linked = cards.field_chip("LG", "Machine Learning", "/topics/T/")
    assert linked.startswith('<a class="chip field" href="/topics/T/" title="Machine Learning">')
    assert '<span aria-hidden="true">LG</span><span class="unseen">Machine Learning</span>' in linked
    assert cards.field_chip("LG", "Machine Learning", "").startswith("<span")
    assert cards.field_chip("", "", "") == ""


def test_links_lead_outside_and_are_escaped():
    card = replace(CARD, links=(CardLink("DOI", 'https://doi.org/10.1/"x"&y'),))
    assert '<a href="https://doi.org/10.1/&quot;x&quot;&amp;y" rel="external">DOI</a>' in cards.paper_card(card)


def test_a_card_is_in_the_readers_language_after_one_in_another():
    english = cards.paper_card(replace(CARD, citation_count=2_666))
    with translation.override("de"):
        german = cards.paper_card(replace(CARD, citation_count=2_666))
        assert "2.666" in german
    assert cards.paper_card(replace(CARD, citation_count=2_666)) == english
    assert "2,666" in english
