"""On whom an import puts common names, initials, and full names of which it knows the initials."""

from datetime import UTC, datetime

import pytest

from harvest.services import candidates
from identity.services import arrival
from papers.models import Author, Authorship

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.fixture
def large(monkeypatch):
    """A portal that has as many authors as the real ones."""
    monkeypatch.setattr(arrival, "_SIZE", "SELECT 100000")


def work(key: str, title: str, *authors: object) -> dict[str, object]:
    return {"ids": {"local": key}, "title": title, "published": "2020", "authors": list(authors)}


CLOCKS = work("clocks", "Spacing of pendulums in tower clocks", "Wei Wang", "Ada Byron")
WHALES = work("whales", "Songs of humpback whales", "Wei Wang", "Ben Quill")
GEARS = work("gears", "Tower clocks and their gears", "Wei Wang", "Ada Byron", "Cleo Dane")
KILNS = work("kilns", "Sintering of ceramics", "Wei Wang", "Dora Ebb")


def pages() -> set[frozenset[str]]:
    """Which works stand together on the pages of all who are first on a byline."""
    found: dict[int, set[str]] = {}
    rows = Authorship.objects.filter(position=1).values_list("author_id", "paper__identifiers__value")
    for author_id, key in rows:
        found.setdefault(author_id, set()).add(key)
    return {frozenset(keys) for keys in found.values()}


@pytest.mark.parametrize("at_once", [True, False])
def test_a_common_name_stands_with_its_co_authors_and_else_by_itself(load, large, at_once):
    works = [CLOCKS, WHALES, GEARS, KILNS]
    for batch in [works] if at_once else [[one] for one in works]:
        load(*batch)
    assert pages() == {frozenset({"clocks", "gears"}), frozenset({"whales"}), frozenset({"kilns"})}
    assert Author.objects.filter(name_slot="wei wang").count() == 1


def test_a_name_that_is_not_common_here_is_one_person(load):
    load(CLOCKS, WHALES)
    assert pages() == {frozenset({"clocks", "whales"})}


def test_a_rare_name_is_one_person_however_many_authors_there_are(load, large):
    load(*({**one, "authors": ["Jürgen Schmidhuber", *one["authors"][1:]]} for one in (CLOCKS, WHALES)))
    assert pages() == {frozenset({"clocks", "whales"})}


def test_a_common_name_keeps_its_page_when_its_work_is_read_again(load, large):
    load(CLOCKS, WHALES)
    before = set(Authorship.objects.values_list("paper", "position", "author"))
    load({**WHALES, "title": "Songs of whales in the north"}, {**CLOCKS, "abstract": "More of it."})
    assert set(Authorship.objects.values_list("paper", "position", "author")) == before


def test_an_id_on_a_common_name_takes_no_page_of_others(load, large):
    known = {"name": "Wei Wang", "ids": {"orcid": "0000-0002-1825-0097"}}
    load(CLOCKS)
    load(work("kilns", "Sintering of ceramics", known, "Dora Ebb"), work("ovens", "Ovens", known, "Finn Gale"))
    assert pages() == {frozenset({"clocks"}), frozenset({"kilns", "ovens"})}


def test_on_a_long_byline_the_name_alone_decides(load, large, monkeypatch):
    monkeypatch.setattr(candidates, "MAX_BYLINE", 2)
    load(CLOCKS)
    load(work("crowd", "Sintering of ceramics", "Wei Wang", "Dora Ebb", "Finn Gale"))
    assert pages() == {frozenset({"clocks", "crowd"})}


def test_initials_go_to_the_one_who_wrote_with_the_same_whose_own_name_is_cut_too(load, large):
    load(work("one", "On gears", "Wei Wang", "Ada Byron"), work("two", "On whales", "Wenjie Wang", "Ben Quill"))
    load(work("cut", "More on gears", "W. Wang", "A. Byron"))
    assert frozenset({"one", "cut"}) in pages()


def test_initials_whom_two_may_have_are_nobodys(load, large):
    load(work("one", "On gears", "Wei Wang", "Ada Byron"), work("two", "On gears", "Wenjie Wang", "Ada Byron"))
    load(work("cut", "On gears", "W. Wang", "Ada Byron"))
    assert frozenset({"cut"}) in pages()


@pytest.mark.parametrize("at_once", [True, False])
def test_a_full_name_takes_the_record_of_its_initials(load, large, at_once):
    load(work("cut", "Tower clocks", "Y. Goldbergson", "Ada Byron"))
    author = Author.objects.get(key="y goldbergson")
    full = [
        work("one", "On tower clocks", "Yoav Goldbergson", "Ada Byron"),
        work("two", "Of whales", "Yoav Goldbergson", "Ben Quill"),
    ]
    for batch in [full] if at_once else [[one] for one in full]:
        load(*batch)
    assert pages() == {frozenset({"cut", "one", "two"})}
    author.refresh_from_db()
    assert (author.name, author.is_initials, author.name_slot) == ("Yoav Goldbergson", False, "yoav goldbergson")


def test_a_full_name_takes_no_record_of_initials_that_many_may_have(load, large):
    load(work("cut", "Tower clocks", "Y. Liu", "Ada Byron"))
    load(work("one", "On tower clocks", "Ying-Ying Marta Liu", "Ada Byron"))
    assert pages() == {frozenset({"cut"}), frozenset({"one"})}
