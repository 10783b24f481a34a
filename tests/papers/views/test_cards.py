"""Works in lists: what a card says, to whom it leads, and that what sources wrote stays text."""

from datetime import date

import pytest
from django.template import Context, Template

from metrics.models import PaperMetrics
from metrics.selectors.card_scores import scored_cards
from papers.selectors.cards import paper_cards
from tests.factories.record import NOON, make_author, make_category, make_paper, make_venue

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 28)
HOSTILE = '"><script>alert(1)</script>&'


def shown(cards, pinned=()) -> str:
    template = Template("{% load cards %}{% paper_cards cards pinned %}")
    return template.render(Context({"cards": cards, "pinned": pinned}))


@pytest.mark.parametrize("published", [date(2020, 5, 17), None])
def test_the_person_whose_page_it_is_stands_on_the_card_however_far_back(published):
    people = [make_author(f"Author {n}") for n in range(30)]
    paper = make_paper("By many", authors=people, published=published)
    subject = people[27]
    (card,) = paper_cards([paper.pk], today=TODAY, page_author_id=subject.pk)
    assert [name.name for name in card.byline.names] == ["Author 0", "Author 1", "Author 2"]
    assert card.byline.subject_beyond.name == "Author 27"
    assert f' … <a href="{subject.get_absolute_url()}"><strong>Author 27</strong></a>' in shown([card])
    (card,) = paper_cards([paper.pk], today=TODAY, page_author_id=people[1].pk)
    assert card.byline.subject_beyond is None
    (card,) = paper_cards([paper.pk], today=TODAY)
    assert card.byline.subject_beyond is None


def test_what_sources_wrote_is_text_in_every_place_of_a_card():
    author, venue = make_author(HOSTILE), make_venue(HOSTILE)
    paper = make_paper(
        HOSTILE,
        authors=[author],
        venue=venue,
        category=make_category("x.<b>", HOSTILE),
        abstract=HOSTILE,
        kind="<i>kind",
        ids={"doi": '10.1/"><script>alert(1)</script>'},
    )
    html = shown(paper_cards([paper.pk], today=TODAY, page_author_id=author.pk))
    assert "<script" not in html
    assert "<i>" not in html
    assert "<b>&" not in html
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;&amp;") >= 6
    assert html.count('"') == html.count('="') * 2


def test_sanitised_mark_up_stands_for_the_title_and_the_abstract():
    paper = make_paper("x2", title_html="x<sup>2</sup>", abstract="a b", abstract_html="<p>a <i>b</i></p>")
    html = shown(paper_cards([paper.pk], today=TODAY))
    assert ">x<sup>2</sup></a></h3>" in html
    assert "<div><p>a <i>b</i></p></div></details>" in html


def test_all_of_an_abstract_is_on_the_page_and_none_makes_no_place_for_it():
    long = make_paper("Long", abstract="word " * 2_000 + "end")
    none = make_paper("None")
    cards = paper_cards([long.pk, none.pk], today=TODAY)
    assert "word end</div>" in shown(cards[:1])
    assert "<details" not in shown(cards[1:])


def test_scores_are_read_for_the_whole_list_at_once(django_assert_num_queries):
    papers = [make_paper(f"Work {n}") for n in range(3)]
    PaperMetrics.objects.create(paper=papers[0], novelty=99.7, ai_score=41.2, computed_at=NOON)
    with django_assert_num_queries(2):
        cards = scored_cards([p.pk for p in papers], today=TODAY)
    assert [(card.novelty, card.ai_score) for card in cards] == [(99.7, 41.2), (None, None), (None, None)]
    html = shown(cards, pinned={papers[1].pk})
    assert f'<a href="{papers[0].get_absolute_url()}numbers/novelty/" data-panel>Novelty <b>99%</b></a>' in html
    assert html.count("data-panel") == 2
    assert html.count(">Pinned<") == 1
    with django_assert_num_queries(0):
        assert scored_cards([], today=TODAY) == ()
