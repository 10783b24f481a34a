"""Finding in one box: filters, chips, orders, facets, suggestions, files and lists."""

from datetime import date

import pytest
from lxml import etree

from papers.models import Author, Paper, PaperLocation, VenueName
from papers.services.privacy import set_private_names
from search.models import Term
from search.selectors.terms import near_terms
from search.services.spelling_names import respell_names
from search.services.terms import refresh_terms
from tests.factories.record import NOON, make_author, make_institution, make_paper, make_topic, make_venue


def titles(client, words: str, **more) -> list[str]:
    page = client.get("/search/", {"q": words, "type": "papers", **more}).context["page"]
    return [card.title for section in page.sections for card in section.papers]


def people(client, words: str) -> list[str]:
    page = client.get("/search/", {"q": words, "type": "authors"}).context["page"]
    return [hit.name for section in page.sections for hit in section.people]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Chu-Ren Huang", "Chu-Ren Huang"),
        ("Chu-Ren Huang", "huang churen"),
        ("Chu-Ren Huang", "CR Huang"),
        ("Zhiqin Xu", "Zhi-Qin Xu"),
        ("Jürgen Müller", "Juergen Mueller"),
        ("Jürgen Müller", "jurgen muller"),
        ("Søren Ødegård", "Soeren Oedegaard"),
        ("Miles O’Brien", "miles o brien"),
        ("Jan van der Berg", "Jan Vanderberg"),
        ("Jan van der Berg", "Jan Berg"),
        ("王伟", "Wei Wang"),
        ("曾毅", "zeng yi"),
        ("Wei Wang", "王伟"),
        ("Юрий Щербаков", "Yury Shcherbakov"),
        ("Юрий Щербаков", "Jurij Serbakov"),
        ("Robert Tibshirani", "Bob Tibshirani"),
        ("Robert Tibshirani", "Robert Tibshrani"),
        ("Robert Tibshirani", "Robret Tibshirini"),
    ],
)
def test_a_person_is_found_however_the_name_is_typed(client, db, name, typed):
    make_author("Anna Nowak")
    make_author(name)
    refresh_terms(now=NOON)
    assert people(client, typed)[:1] == [name]


def test_texts_of_old_rows_get_the_new_spellings_once(client, db):
    author = make_author("Jürgen Müller")
    Author.objects.update(search_text="jurgen muller kept")
    assert respell_names(at_most=100, now=NOON) == 1
    author.refresh_from_db()
    assert {"mueller", "kept"} <= set(author.search_text.split())
    assert respell_names(at_most=100, now=NOON) == 0


def test_a_private_former_name_finds_nobody(client, db):
    author = make_author("Ada King", also=["Ada Byron"])
    make_paper("Engines", authors=[author])
    set_private_names(author_id=author.pk, is_private=True, now=NOON)
    respell_names(at_most=100, now=NOON)
    assert people(client, "Ada Byron") == []
    assert "Ada King" not in client.get("/search/suggest/?q=ada+byron").content.decode()
    assert people(client, "Ada King") == ["Ada King"]


def test_a_name_that_is_private_since_the_words_were_counted_mends_no_error(client, db):
    author = make_author("Ada King", also=["Ada Lovelace"])
    make_author("Ben Babbage")
    refresh_terms(now=NOON)
    assert near_terms(Term.Kind.NAME, ["lovelaec", "babage"]) == (("lovelace",), ("babbage",))
    set_private_names(author_id=author.pk, is_private=True, now=NOON)
    assert near_terms(Term.Kind.NAME, ["lovelaec", "babage"]) == ((), ("babbage",))


def test_a_year_that_there_is_none_of_is_said_to_be_unknown(client, library):
    response = client.get("/search/", {"q": "looms year:0000"})
    assert response.status_code == 200
    assert [part.text for part in response.context["page"].unknown] == ["year:0000"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("author:smith", {"Weaving by engine", "Looms"}),
        ("author:smith title:looms", {"Looms"}),
        ("looms -engine", {"Looms"}),
        ("year:2015", {"Weaving by engine"}),
        ("year:2016-2019", {"Looms"}),
        ("category:cs.LG", {"Weaving by engine", "Looms"}),
        ("category:cs year:2019-", {"Looms"}),
        ('institution:"University of Wonders"', {"Weaving by engine"}),
        ("institution:UoW", {"Weaving by engine"}),
        ('"by engine"', {"Weaving by engine"}),
        ("author:nobody", set()),
    ],
)
def test_filters(client, library, query, found):
    assert set(titles(client, query)) == found


def test_a_query_is_shown_as_it_was_understood_and_each_part_can_be_taken_off(client, library):
    response = client.get("/search/", {"q": "looms year:2019 -engine"})
    chips = response.context["chips"]
    assert [(str(chip.field), chip.value, chip.is_excluded) for chip in chips] == [
        ("Year", "2019", False),
        ("Words", "engine", True),
    ]
    assert chips[0].without == "/search/?q=looms+-engine"


def test_a_value_that_is_not_known_is_said_to_be(client, library):
    page = client.get("/search/", {"q": "venue:nowhere looms"}).content.decode()
    assert "No Venue “nowhere” was found" in page


def test_orders_put_what_is_not_known_last(client, db):
    for title, cites, day in (
        ("Silk one", 3, date(2001, 1, 1)),
        ("Silk two", 0, None),
        ("Silk three", 9, date(2003, 1, 1)),
    ):
        make_paper(title, cites=cites, published=day)
    Paper.objects.filter(title="Silk two").update(shown_citation_count=None)
    make_paper("Silk four", cites=0, published=date(2002, 1, 1))
    assert titles(client, "silk", sort="cited") == ["Silk three", "Silk one", "Silk four", "Silk two"]
    assert titles(client, "silk", sort="newest") == ["Silk three", "Silk four", "Silk one", "Silk two"]


def test_pages_of_an_order_follow_each_other(client, db, monkeypatch):
    monkeypatch.setattr("search.selectors.pages.PAGE_SIZE", 2)
    for number in range(5):
        make_paper(f"Silk {number}", cites=number // 2)
    found, url = [], "/search/?q=silk&type=papers&sort=cited"
    while url:
        response = client.get(url)
        found += [card.title for card in response.context["page"].sections[0].papers]
        url = response.context["more"]
    assert found == ["Silk 4", "Silk 3", "Silk 2", "Silk 1", "Silk 0"]


def test_a_typing_error_in_a_title_is_mended_and_said(client, db):
    make_paper("Elementary differential equations")
    make_paper("Differential geometry")
    make_paper("Equations of motion", abstract="elementary")
    refresh_terms(now=NOON)
    response = client.get("/search/", {"q": "elementary diferential equations", "type": "papers"})
    assert response.context["page"].sections[0].papers[0].title == "Elementary differential equations"
    assert "Did you mean" in response.content.decode()


def test_facets_count_what_was_found_and_lead_to_less(client, library):
    PaperLocation.objects.filter(paper=library.engine).update(is_open=True)
    facets = client.get("/search/", {"q": "looms", "type": "papers"}).context["facets"]
    found = {facet.name: [(str(link.label), link.papers) for link in facet.links] for facet in facets}
    assert found["year"] == [("2019", 1), ("2015", 1)]
    assert found["category"] == [("cs.LG", 2)]
    assert found["institution"] == [("University of Wonders", 1)]
    assert found["open"] == [("yes", 1)]
    link = next(facet for facet in facets if facet.name == "year").links[0]
    assert titles(client, link.address.partition("q=")[2].partition("&")[0].replace("+", " ").replace("%3A", ":")) == [
        "Looms"
    ]


def test_the_kind_that_is_meant_comes_first(client, library):
    stanford = make_institution("Stanford University", also=["Stanford"], country_code="US")
    other = make_author("Bill Stanford")
    make_paper("Stanford parsing", authors=[(other, stanford)])
    make_topic("Looms")
    refresh_terms(now=NOON)

    def first(words: str) -> tuple[str, str]:
        section = client.get("/search/", {"q": words}).context["page"].sections[0]
        return section.name, (section.people or section.places or section.papers)[
            0
        ].name if section.name != "papers" else ""

    assert first("stanford") == ("institutions", "Stanford University")
    assert first("looms") == ("topics", "Looms")
    assert first("john smith") == ("authors", "John Smith")


def test_a_name_with_topic_words_finds_the_person_and_the_papers(client, library):
    page = client.get("/search/", {"q": "márquez looms"}).context["page"]
    kinds = {section.name: section for section in page.sections}
    assert kinds["papers"].papers[0].title == "Looms"
    assert kinds["authors"].people[0].name == "José García Márquez"


def test_suggestions_are_options_with_what_tells_them_apart(client, library):
    text = client.get("/search/suggest/?q=john+sm").content.decode()
    assert 'role="option"' in text
    assert "John Smith" in text
    assert "University of Wonders" in text
    assert "Looms" in client.get("/search/suggest/?q=loom").content.decode()
    assert client.get("/search/suggest/?q=x").content.decode().strip() == ""


def test_suggestions_are_of_the_kinds_asked_for_and_say_their_ids(client, library):
    options = etree.HTML(client.get("/search/suggest/?q=loom&of=AWTI").content).xpath("//li[@role='option']")
    assert options
    assert {option.get("data-id")[0] for option in options} <= set("AWTI")
    assert all(f"/{option.get('data-id')}/" in option.get("data-url") for option in options)
    assert "Looms" not in client.get("/search/suggest/?q=loom&of=A").content.decode()


@pytest.mark.parametrize("format", ["bib", "ris", "json", "jsonl", "csv"])
def test_results_as_a_file(client, library, format):
    response = client.get(f"/search/results.{format}", {"q": "weaving engine"})
    text = b"".join(response.streaming_content).decode()
    assert "Weaving by engine" in text
    assert "Jane Smithson" not in text


def test_a_cell_of_a_table_is_no_formula(client, db):
    make_paper("=cmd() silk")
    text = b"".join(client.get("/search/results.csv", {"q": "silk"}).streaming_content).decode()
    assert "'=cmd() silk" in text


def test_files_of_other_formats_and_of_nothing_are_not_found(client, db):
    assert client.get("/search/results.exe", {"q": "silk"}).status_code == 404
    assert client.get("/search/results.csv").status_code == 404


def test_a_meeting_is_found_by_the_acronym_that_its_proceedings_state(client, db):
    venue = make_venue("Meeting of Clockmakers", kind="conference")
    VenueName.objects.create(venue=venue, name="Meeting of Clockmakers (MCL 2010)", key="mcl 2010", acronym="mcl")
    make_institution("Ministry of Calm Lakes", also=["MCL"])
    make_paper("An escapement", venue=venue)
    sections = client.get("/search/", {"q": "MCL"}).context["page"].sections
    # Both are called so; the one that works here name comes first.
    assert [(section.name, section.places[0].name) for section in sections] == [
        ("venues", "Meeting of Clockmakers"),
        ("institutions", "Ministry of Calm Lakes"),
    ]
