"""What an author's numbers are made of, for whoever opens one."""

from datetime import date

import pytest
import time_machine

from metrics.models import AuthorMetrics, AuthorSnapshot, Overdue, PaperMetrics
from papers.models import Author, AuthorAffiliation, AuthorIdentifier, Paper, ReportedCitations
from profiles.presenters.numbers.explained import NUMBERS
from tests.factories.library import cite, make_author, make_category, make_institution, make_paper
from tests.metrics.refreshed import NOW, refresh_everything

pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _frozen_day():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def author() -> Author:
    return make_author("Ada Byron")


def told(client, author: Author, name: str) -> str:
    response = client.get(f"{author.get_absolute_url()}numbers/{name}/")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def works_cited(author: Author, *counts: int, year: int = 2022) -> list:
    return [
        make_paper(f"Cited {n} times, no. {place}", by=[author], citations=n, published=date(year, 1, 1))
        for place, n in enumerate(counts)
    ]


def test_the_h_index_lists_the_papers_that_carry_it_and_what_the_next_lack(client, author):
    works_cited(author, 9, 7, 4, 3, 3, 1)
    html = told(client, author, "h_index")
    assert "<b>3</b>" in html
    assert "3 papers have at least 3 citations each." in html
    assert "For 4 one of the next papers must reach 4 citations." in html
    carrying, following = html.split("The next papers")[0], html.split("The next papers")[-1]
    assert "Cited 4 times, no. 2" in carrying
    assert "Cited 3 times, no. 3" in following
    assert '<td class="num">3</td><td class="num">1</td>' in following
    assert '<td class="num">1</td><td class="num">3</td>' in following
    assert "h_index@2" in html
    assert 'href="/numbers/h_index/"' in html
    assert "What it does not say" in html


def test_papers_of_the_core_that_stand_at_h_exactly_are_named_as_lacking_too(client, author):
    works_cited(author, 2, 2, 1)
    html = told(client, author, "h_index")
    assert "2 papers that carry it now stand at 2 exactly and need one more each." in html


@pytest.mark.parametrize("name", sorted(NUMBERS))
def test_without_works_every_number_says_that_it_is_unknown_and_why(client, author, name):
    html = told(client, author, name)
    if name == "papers":
        assert "<b>0</b>" in html
    else:
        assert '<i class="unknown">–</i>' in html
        assert 'class="why-not"' in html


@pytest.mark.parametrize("name", sorted(NUMBERS))
def test_a_number_opens_as_a_page_and_as_a_part_for_the_panel(client, author, name):
    works_cited(author, 3, 1)
    refresh_everything()
    url = f"{author.get_absolute_url()}numbers/{name}/"
    page, part = client.get(url), client.get(url, headers={"hx-request": "true"})
    assert "<h1>" in page.content.decode()
    assert "<html" not in part.content.decode()
    assert "Nov 22, 2026" in part.content.decode()
    assert "HX-Request" in part["Vary"]


def test_g_i10_and_m_show_how_they_are_reckoned(client, author):
    works_cited(author, 20, 5, 3, 1, 0, 0, year=2017)
    assert "The 5 most cited papers have 29 citations together; 5² is 25." in told(client, author, "g_index")
    assert "For 6 the first 6 would need 36: 7 more." in told(client, author, "g_index")
    assert "1 paper has ten citations or more." in told(client, author, "i10_index")
    assert "h is 3; from 2017 to 2026 are 10 years, both counted: 3 / 10 = 0.30." in told(client, author, "m_quotient")


def test_recent_papers_alone_make_the_h_index_of_five_years(client, author):
    works_cited(author, 9, 9, 9, year=2010)
    works_cited(author, 2, 2, year=2024)
    html = told(client, author, "h_index_5y")
    assert "<b>2</b>" in html
    assert "Only the papers of 2022 to 2026 count." in html


def test_citations_are_told_apart_by_who_counted_them_and_who_made_them(client, author):
    paper = make_paper("Much cited", by=[author], citations=12)
    ReportedCitations.objects.create(paper=paper, source="openalex", count=14, as_of_date=date(2026, 1, 2))
    cite(make_paper("By oneself", by=[author], published=date(2025, 3, 1)), paper)
    cite(make_paper("By another", by=[make_author("Ben Babbage")], published=date(2025, 4, 1)), paper)
    refresh_everything()
    html = told(client, author, "citations_all")
    assert "<b>12</b>" in html  # the source that speaks of both works
    assert (
        "Figures reported by test, known for 2 of 2 papers. Figures of different kinds are not added."
        in html.replace("</p><p>", " ")
    )
    assert '<th scope="row">Counted here</th><td class="num">2</td><td>for 1 paper</td>' in html
    assert '<th scope="row">… by the same authors</th><td class="num">1</td>' in html
    assert '<th scope="row">… by others</th><td class="num">1</td>' in html
    assert "Reported by OpenAlex" in html
    assert "for 1 paper, as of Jan 2, 2026" in html
    assert "50 % of the citations counted here are by works of the same authors." in html


def test_what_nobody_counted_is_said_to_be_so(client, author):
    works_cited(author, 1, 1, 1)
    ReportedCitations.objects.all().delete()
    Paper.objects.update(reported_citation_count=None)
    refresh_everything()
    page = client.get(author.get_absolute_url()).content.decode()
    assert page.count("not counted here</small>") == 2
    assert "citation</span>" not in page.split('id="works"')[1]
    assert "No source here counts citations of these works." in told(client, author, "h_index")
    assert 'href="/sources/"' in told(client, author, "citations_all")


def test_an_index_needs_known_figures_for_half_of_the_works_and_a_thin_one_is_muted(client, author):
    works = works_cited(author, 9, 8, 7, 6)
    ReportedCitations.objects.filter(paper__in=works[:2]).delete()
    Paper.objects.filter(pk__in=[paper.pk for paper in works[:2]]).update(reported_citation_count=None)
    refresh_everything()
    page = client.get(author.get_absolute_url()).content.decode()
    assert 'class="thin"><b>2</b><span>h-index<small>over 2 of 4 papers</small>' in page
    assert "citations<small>reported by test, over 2 of 4 papers</small>" in page
    ReportedCitations.objects.filter(paper=works[2]).delete()
    Paper.objects.filter(pk=works[2].pk).update(reported_citation_count=None)
    refresh_everything()
    page = client.get(author.get_absolute_url()).content.decode()
    assert "h-index<small>counted for 1 of 4 papers</small>" in page
    assert "Citations are known for 1 of 4 papers; an index needs half of them." in told(client, author, "h_index")


def test_mean_citedness_names_its_window_and_needs_the_reference_lists_of_last_year(client, author):
    paper = make_paper("Of the window", by=[author], published=date(2024, 1, 1))
    cite(make_paper("Last year", published=date(2025, 4, 1)), paper)
    refresh_everything()
    assert "The works of last year have no reference lists here" in told(client, author, "mean_citedness_2y")
    for number in range(30):
        cite(make_paper(f"Last year {number}", published=date(2025, 4, 1)), paper)
    refresh_everything()
    html = told(client, author, "mean_citedness_2y")
    assert "1 paper of 2023 and 2024 was cited 31 times in 2025: 31 / 1 = 31.00." in html
    assert '<th scope="row">2025</th><td class="num">31</td>' in told(client, author, "citations_5y")


def test_a_mean_over_papers_says_over_how_many_and_why_not_over_the_others(client, author):
    first, second, third = works_cited(author, 1, 1, 1)
    refresh_everything()
    PaperMetrics.objects.filter(paper=first).update(novelty=80.0, novelty_unknown="")
    PaperMetrics.objects.filter(paper=second).update(novelty=40.0, novelty_unknown="")
    html = told(client, author, "novelty")
    assert "<b>60%</b>" in html
    assert "The mean over the 2 papers of 3 that have one." in html
    assert "The paper has no abstract in the record." in html
    assert "Cited 1 times, no. 2" not in html
    assert third.pk


def test_without_a_model_the_ai_score_says_that_none_is_trained(client, author):
    works_cited(author, 1)
    html = told(client, author, "ai_score")
    assert '<i class="unknown">–</i>' in html
    assert "No model has been trained on this record yet." in html
    assert "An estimate by a model" in html


def test_trust_lists_each_point_with_its_reason_and_what_would_add_the_next(client, author):
    AuthorIdentifier.objects.create(author=author, scheme="orcid", value="0000-0002-1825-0097")
    for number in range(3):
        make_paper(f"Work {number}", by=[author], doi=f"10.1000/{number}")
    refresh_everything()
    html = told(client, author, "trust")
    assert "<b>25</b>" in html
    assert "Emerging. Verification L1" in html
    assert "+15: a claim by its owner, with a verified e-mail address" in html
    assert '<th scope="row">Works with a DOI or arXiv id</th><td class="num">5 / 5</td><td>3 of 3</td>' in html
    page = " ".join(client.get(author.get_absolute_url()).content.decode().split())
    assert "Trust <b>25</b> – Emerging" in page
    assert "Verification L1" in page
    assert "an affiliation matched to an institution with a ROR id" in page


def test_the_headline_links_to_explanations_and_shows_unknown_as_unknown(client, author):
    works_cited(author, 1)
    refresh_everything()
    html = client.get(author.get_absolute_url()).content.decode()
    for name in ("h_index", "papers", "citations_all", "novelty"):
        assert f'href="{author.get_absolute_url()}numbers/{name}/" data-panel' in html
    assert html.split('class="numbers"')[1].split("</div>")[0].count('class="unknown"') == 1
    assert "AI Score" not in html.split('class="numbers"')[1].split("</div>")[0]


def test_that_no_model_is_trained_is_for_curators(client, author, dana):
    works_cited(author, 1)
    refresh_everything()
    assert "No model is trained yet" not in client.get(author.get_absolute_url()).content.decode()
    client.force_login(dana)
    assert "/admin/metrics/scoremodel/train/" in client.get(author.get_absolute_url()).content.decode()


def test_a_merged_record_counts_its_works_once_in_the_explanation(client, author):
    merged = make_author("A. Byron")
    both = make_paper("Of both", by=[author, merged], citations=4)
    Author.objects.filter(pk=merged.pk).update(merged_into=author)
    html = told(client, author, "papers")
    assert "<b>1</b>" in html
    assert "1 other record was merged into this one." in html
    assert both.title in told(client, author, "h_index")


def test_the_most_novel_come_first_and_every_work_is_reached(client, author):
    papers = [make_paper(f"Work number {n:02d}", by=[author]) for n in range(47)]
    refresh_everything()
    assert "Most novel" not in client.get(author.get_absolute_url()).content.decode()
    for place, paper in enumerate(papers[:30]):
        PaperMetrics.objects.filter(paper=paper).update(novelty=float(place % 7), novelty_unknown="")
    AuthorMetrics.objects.filter(author=author).update(novelty=3.0, novelty_count=30)
    assert "Most novel" in client.get(author.get_absolute_url()).content.decode()
    seen, query, back = [], "?sort=novel", []
    for _page in range(4):
        page = client.get(author.get_absolute_url() + query).context["works"]
        seen.append([card.id for card in page.cards])
        back.append(page.previous_address)
        query = page.next_address
        if not query:
            break
    listed = [pk for page in seen for pk in page]
    assert sorted(listed) == sorted(paper.pk for paper in papers)
    novelty = dict(PaperMetrics.objects.values_list("paper_id", "novelty"))
    known = [novelty[pk] for pk in listed[:30]]
    assert known == sorted(known, reverse=True)
    assert all(novelty[pk] is None for pk in listed[30:])
    again = client.get(author.get_absolute_url() + back[2]).context["works"]
    assert [card.id for card in again.cards] == seen[1]


def test_a_card_shows_the_scores_that_are_known(client, author):
    (paper,) = works_cited(author, 1)
    refresh_everything()
    PaperMetrics.objects.filter(paper=paper).update(novelty=70.6, novelty_unknown="")
    html = client.get(author.get_absolute_url()).content.decode()
    assert f'<a href="{paper.get_absolute_url()}numbers/novelty/" data-panel>Novelty <b>71%</b></a>' in html
    assert "AI Score <b>" not in html


def test_history_is_drawn_from_the_second_month_and_has_a_table(client, author):
    works_cited(author, 1)
    refresh_everything()
    assert "month by month" not in client.get(author.get_absolute_url()).content.decode()
    for month, works in ((8, 1), (9, 3), (10, 5)):
        AuthorSnapshot.objects.create(
            author=author,
            month=date(2026, month, 1),
            works_count=works,
            cited_by_count=works,
            h_index=1,
            trust=10,
        )
    html = client.get(author.get_absolute_url()).content.decode()
    picture = html.split("These numbers month by month</figcaption>")[1].split("</figure>")[0]
    assert picture.count("<polyline") == 4
    assert '<tr><th scope="row">Sep 2026</th><td class="num">3</td>' in picture


def test_the_affiliation_that_a_source_names_stands_in_when_no_byline_has_one(client, author):
    AuthorAffiliation.objects.create(
        author=author, institution=make_institution("Second Hall"), source="openalex", position=2
    )
    AuthorAffiliation.objects.create(
        author=author, institution=make_institution("First Hall"), source="openalex", position=1
    )
    html = client.get(author.get_absolute_url()).content.decode()
    assert ">First Hall</a>" in html
    assert "Second Hall" not in html
    assert "Affiliation not imported" not in html


@pytest.mark.parametrize("count", [1, 400])
def test_the_page_costs_the_same_queries_for_one_work_and_for_four_hundred(
    client, author, count, django_assert_num_queries, django_assert_max_num_queries
):
    coauthor, place = make_author("Ben Babbage"), make_institution()
    for number in range(count):
        make_paper(f"Work {number}", by=[author, coauthor], at=place, category=make_category(), citations=number % 9)
    refresh_everything()
    client.get(author.get_absolute_url())
    with django_assert_num_queries(9):
        client.get(author.get_absolute_url())
    for name in NUMBERS:
        with django_assert_max_num_queries(6):
            client.get(f"{author.get_absolute_url()}numbers/{name}/")


def test_a_wrong_slug_redirects_and_an_unknown_number_is_not_found(client, cleo, author):
    assert client.get(f"/authors/{author.public_id}/wrong/numbers/h_index/")["Location"] == (
        f"{author.get_absolute_url()}numbers/h_index/"
    )
    assert client.get(f"{author.get_absolute_url()}numbers/charm/").status_code == 404
    client.force_login(cleo)
    assert client.post(f"{author.get_absolute_url()}numbers/h_index/").status_code == 405
    assert Author.objects.get(pk=author.pk).name == "Ada Byron"


def test_a_page_says_when_citations_have_come_that_its_numbers_do_not_hold_yet(client, author):
    works_cited(author, 3)
    refresh_everything()
    said = "ew works are being added; numbers update shortly"
    assert said not in client.get(author.get_absolute_url()).content.decode()
    assert said not in told(client, author, "h_index")
    Overdue.objects.create(kind="author", object_id=author.pk)
    assert said in client.get(author.get_absolute_url()).content.decode()
    assert said in told(client, author, "h_index")
