"""The slice, the explorer and its files, as a visitor gets them."""

import csv
import gzip
import io
import json
import re
from datetime import date, timedelta
from pathlib import Path

import igraph
import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone
from lxml import etree
from PIL import Image

from graph.domain.nodes import Node
from graph.domain.state import State, public_id
from graph.presenters.filters import filters_of
from graph.services.building import build_network
from papers.models import Paper
from papers.services.privacy import set_listed
from tests.factories.library import cite, make_author, make_category, make_institution, make_paper, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    ada, ben, cleo, dora = (make_author(n) for n in ("Ada Byron", "Ben Babbage", "Cleo =Clark", "Dora <b>Dee</b>"))
    place, topic = make_institution(), make_topic("Engines & <i>looms</i>")
    works = [
        make_paper(f"Work {n}", by=[ada, ben], at=place, topics=[topic], category=make_category()) for n in range(5)
    ]
    works.append(make_paper("Between", by=[ben, cleo]))
    works.append(make_paper("Far", by=[cleo, dora]))
    for work in works[1:3]:
        cite(work, works[0])
    Paper.objects.update(changed_at=timezone.now() - timedelta(hours=1))
    build_network(now=timezone.now())
    return ada, ben, cleo, dora, works


def nonce_of(page: str) -> str:
    return page.partition('nonce="')[2].partition('"')[0]


def address(*people, **more) -> str:
    return State(focus=tuple(Node("A", each.pk) for each in people), **more).address


def test_the_slice_of_each_kind_of_record_is_a_picture_with_its_list(client, cast, django_assert_max_num_queries):
    ada, *_rest, works = cast
    for record in (ada, works[0], make_topic("Engines & <i>looms</i>"), make_institution()):
        with django_assert_max_num_queries(12):
            response = client.get(f"/explore/around/{record.public_id}/")
        text = response.content.decode()
        assert response.status_code == 200
        assert text.count('<svg class="drawing') == 2
        assert "<details" in text
        assert f"/explore/?n={record.public_id}" in text
        assert "<b>Dee</b>" not in text
        assert "<i>looms</i>" not in text


def test_pages_ask_for_the_slice_with_one_element_and_nothing_else(client, cast):
    ada, *_rest, works = cast
    for record in (ada, works[0], make_topic("Engines & <i>looms</i>"), make_institution()):
        text = client.get(record.get_absolute_url()).content.decode()
        assert text.count("graph")
        assert text.count('hx-get="/explore/around/') == 1
        assert "sigma" not in text
        assert "graph.css" not in text


def test_the_scripts_of_a_picture_are_small_and_other_pages_load_none(client, cast):
    page = client.get(f"/explore/?{address(cast[0])}").content.decode()
    paths = re.findall(r'src="/static/((?:graph|vendor/sigma|vendor/graphology)/[^"]+)"', page)
    assert len(paths) == 5
    assert sum(len(gzip.compress(Path(finders.find(path)).read_bytes(), 9)) for path in paths) < 120_000
    for elsewhere in ("/explore/", cast[0].get_absolute_url()):
        assert "sigma" not in client.get(elsewhere).content.decode()


@pytest.mark.parametrize("path", ["around/Abcdfg/", "around/nonsense/", "picture.svg", "picture.exe?n=x"])
def test_what_is_not_there_is_not_found(client, db, path):
    assert client.get(f"/explore/{path}").status_code == 404


@pytest.mark.parametrize("query", ["n=zzz", "mode=x", "most=x", "pin=1"])
def test_an_address_that_says_nothing_is_refused(client, db, query):
    assert client.get(f"/explore/?{query}").status_code == 404


def test_the_explorer_draws_what_its_address_says(client, cast, django_assert_max_num_queries):
    ada, ben, *_ = cast
    with django_assert_max_num_queries(14):
        page = client.get(f"/explore/?{address(ada)}").content.decode()
    data = json.loads(page.partition('id="graph-data">')[2].partition("</script>")[0])
    assert {node["kind"] for node in data["nodes"]} == set("AWTI")
    again = client.get(f"/explore/?{address(ada)}").content.decode()
    assert page.partition("<main")[2] == again.partition("<main")[2].replace(nonce_of(again), nonce_of(page))
    hidden = client.get(f"/explore/?{address(ada, hidden=(Node('A', ben.pk),))}").content.decode()
    assert "Ben Babbage" in page
    assert "Ben Babbage" not in hidden
    works = client.get(f"/explore/?{address(ada, kinds='W')}").content.decode()
    assert "Work 1" in works
    assert "Ben Babbage" not in works
    assert "Work 1" not in client.get(f"/explore/?{address(ada, first_year=2030)}").content.decode()


@pytest.mark.parametrize("colour", ["kind", "field", "year"])
@pytest.mark.parametrize("size", ["ties", "citations", "works"])
def test_colours_and_sizes_are_chosen(client, cast, colour, size):
    assert client.get(f"/explore/?{address(cast[0], colour=colour, size=size)}").status_code == 200


def test_works_of_the_years_asked_for_are_found_behind_those_that_are_cited_more(client, cast):
    writer = make_author("Wil Writer")
    for number in range(30):
        make_paper(f"Recent {number}", by=[writer], citations=9, published=date(2020, 1, 1))
    make_paper("Early and never cited", by=[writer], published=date(1999, 1, 1))
    page = client.get(f"/explore/?{address(writer, last_year=2000)}").content.decode()
    assert "Early and never cited" in page
    assert "Recent" not in page


def test_what_is_filtered_by_is_said_and_can_be_taken_off(client, cast):
    ada = cast[0]
    page = client.get(f"/explore/?{address(ada, first_year=1890, last_year=1891, kinds='AW', least=0.5)}")
    filters = [(f.says, f.without) for f in page.context["page"].filters]
    assert [says for says, _without in filters] == [
        "only: People and Works",
        "works of 1890 to 1891",
        "co-authors' ties of at least 0.5",
    ]
    assert filters[1][1] == address(ada, kinds="AW", least=0.5)
    assert "Nothing else passes these filters." in page.content.decode()


@pytest.mark.parametrize(
    ("years", "says"),
    [((2001, None), "works since 2001"), ((None, 2001), "works until 2001"), ((2001, 2001), "works of 2001")],
)
def test_years_are_said_as_they_were_asked_for(years, says):
    (only,) = filters_of(State(first_year=years[0], last_year=years[1]))
    assert only.says == says


def test_a_path_is_told_in_words(client, cast):
    ada, _ben, _cleo, dora, _works = cast
    text = client.get(f"/explore/?{address(ada, dora, mode='between')}").content.decode()
    told = " ".join(etree.HTML(text).xpath("string(//section[@class='graph-paths'])").split())
    assert "3 steps apart" in told
    assert (
        "Ada Byron wrote Work 0 and 4 more with Ben Babbage, who wrote Between with Cleo =Clark, who wrote Far" in told
    )


def test_people_who_never_met_and_a_person_and_themselves(client, cast):
    stranger = make_author("Emil Else")
    assert (
        "not connected through joint works"
        in client.get(f"/explore/?{address(cast[0], stranger, mode='between')}").content.decode()
    )


def test_what_a_selection_shares_and_what_came_before_and_after(client, cast):
    *_people, works = cast
    nodes = tuple(Node("W", work.pk) for work in works[1:3])
    text = client.get(f"/explore/?{State(focus=nodes, mode='shared').address}").content.decode()
    assert "Work 0" in text
    assert "What they share" in text
    text = client.get(f"/explore/?{State(focus=(Node('W', works[0].pk),), mode='lineage').address}").content.decode()
    assert "Work 1" in text
    assert "Before and after" in text


def test_chosen_rows_are_acted_on(client, cast):
    ada, ben, *_ = cast
    base = f"/explore/?{address(ada)}&sel={public_id(Node('A', ben.pk))}"
    assert "Ben Babbage" not in client.get(f"{base}&do=hide").content.decode()
    both = f"{base}&sel={public_id(Node('A', ada.pk))}"
    assert "1 step apart" in client.get(f"{both}&do=between").content.decode()
    assert client.get(f"{both}&do=anything").status_code == 404


@pytest.mark.parametrize(
    ("action", "says"),
    [("between", "choose two"), ("shared", "Select at least two nodes"), ("lineage", "Select a work")],
)
def test_what_is_missing_is_said(client, cast, action, says):
    chosen = public_id(Node("A", cast[1].pk))
    page = client.get(f"/explore/?{address(cast[0])}&sel={chosen}&do={action}").content.decode()
    assert says in page
    assert "No chain" not in page


def test_a_search_offers_where_to_start(client, cast):
    text = client.get("/explore/?q=Babbage").content.decode()
    assert f"?n={cast[1].public_id}" in text
    assert "Nothing was found" in client.get("/explore/?q=zzzzqqqq").content.decode()


def test_files_hold_the_same_picture(client, cast):
    ada = cast[0]
    files = {f: client.get(f"/explore/picture.{f}?{address(ada)}") for f in ("svg", "png", "graphml", "csv", "json")}
    assert all(response.status_code == 200 for response in files.values())
    facts = json.loads(files["json"].content)
    assert Image.open(io.BytesIO(files["png"].content)).size == (2240, 1520)
    drawn = etree.fromstring(files["svg"].content)
    assert len(drawn.findall(".//{*}title")) == len(facts["nodes"])
    rows = list(csv.DictReader(io.StringIO(files["csv"].content.decode())))
    assert len(rows) == len(facts["edges"])
    tree = etree.fromstring(files["graphml"].content)
    assert len(tree.findall(".//{*}node")) == len(facts["nodes"])


def test_graphml_is_read_by_another_library(client, cast, tmp_path):
    path = tmp_path / "picture.graphml"
    path.write_bytes(client.get(f"/explore/picture.graphml?{address(cast[0])}").content)
    assert igraph.Graph.Read_GraphML(str(path)).vcount() > 5


def test_a_label_that_looks_like_a_formula_is_none_in_a_spreadsheet(client, cast):
    evil = make_author("=HYPERLINK(1)")
    make_paper("Trick", by=[cast[0], evil])
    text = client.get(f"/explore/picture.csv?{address(evil)}").content.decode()
    assert "'=HYPERLINK" in text
    assert ",=HYPERLINK" not in text


def test_an_opted_out_person_has_no_slice_and_is_in_nobodys(client, cast):
    ada, ben, _cleo, dora, works = cast
    set_listed(author_id=ben.pk, is_listed=False, now=timezone.now())
    assert client.get(f"/explore/around/{ben.public_id}/").status_code == 404
    assert client.get(f"/explore/?n={ben.public_id}").status_code == 404
    for path in (
        f"around/{ada.public_id}/",
        f"around/{works[0].public_id}/",
        f"?{address(ada)}",
        f"picture.json?{address(ada)}",
        f"?{address(ada, dora, mode='between')}",
    ):
        assert "Babbage" not in client.get(f"/explore/{path}").content.decode()
    assert (
        "not connected through joint works"
        in client.get(f"/explore/?{address(ada, dora, mode='between')}").content.decode()
    )
