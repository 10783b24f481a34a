"""What BibTeX entries have from others, and names in the forms that styles allow."""

import pytest

from harvest.sources.bibtex.entries import read_entries
from harvest.sources.bibtex.names import people
from harvest.sources.bibtex.parse import parse_entry

VOLUME = r"""@inproceedings{talk, title={On the spacing of clocks}, author={Ada Byron}, crossref={Vol}}
@proceedings{vol, title={Proceedings of the Meeting on Clocks}, year=2019, editor={Ed Itor}, publisher={Tick}, doi={10.5555/vol}}
"""


def entry(text: str, key: str):
    return parse_entry(next(one for one in read_entries(text) if one.key == key))


def test_a_talk_has_year_and_venue_from_its_volume_and_neither_its_title_nor_its_doi():
    talk = entry(VOLUME, "talk")
    assert talk.title == "On the spacing of clocks"
    assert talk.venue is not None
    assert talk.venue.name == "Proceedings of the Meeting on Clocks"
    assert talk.published is not None
    assert talk.published.iso() == "2019"
    assert not any(one.scheme == "doi" for one in talk.ids)


def test_an_entrys_own_fields_stand_above_those_of_its_volume():
    talk = entry(VOLUME.replace("author={Ada Byron}", "author={Ada Byron}, year=2018"), "talk")
    assert talk.published is not None
    assert talk.published.iso() == "2018"


@pytest.mark.parametrize("parent", ["nowhere", "talk"])
def test_a_volume_that_is_not_there_or_the_entry_itself_gives_nothing(parent):
    talk = entry(f"@inproceedings{{talk, title={{On clocks}}, author={{Ada Byron}}, crossref={{{parent}}}}}", "talk")
    assert (talk.title, talk.published) == ("On clocks", None)


def test_entries_that_name_each_other_are_read_all_the_same():
    text = "@book{a, title={A}, crossref={b}}\n@book{b, title={B}, year=2001, crossref={a}}"
    assert [parse_entry(one).title for one in read_entries(text)] == ["A", "B"]


def test_shared_data_is_taken_whole():
    text = "@xdata{tick, publisher={Tick}, doi={10.5555/x}}\n@book{a, title={A book on clocks}, xdata={tick}}"
    assert str(entry(text, "a").ids[0]) == "doi:10.5555/x"


def test_a_field_that_stands_twice_is_said_and_the_first_counts():
    record = entry("@article{a, title={On clocks}, title={On watches}, keywords={tick}, keywords={tock}}", "a")
    assert record.title == "On clocks"
    assert {one.name for one in record.topics} == {"tick", "tock"}
    assert "title: stands there more than once" in record.warnings


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (
            "family=Hoveden, given=Jorin, prefix=van den, useprefix=true",
            [{"family": "Hoveden", "given": "Jorin", "particle": "van den", "suffix": ""}],
        ),
        ("Ada {King Noel}", [{"family": "King Noel", "given": "Ada"}]),
        ("{Meeting on Clocks}", [{"name": "Meeting on Clocks", "is_group": True}]),
        ("{Plato}", [{"name": "Plato"}]),
        ("Byron, Ada and others", [{"family": "Byron", "given": "Ada"}, {"name": "others"}]),
        ("Smith, Jr., John", [{"family": "Smith", "given": "John", "suffix": "Jr."}]),
        ("King, Martin Luther, Jr.", [{"family": "King", "given": "Martin Luther", "suffix": "Jr."}]),
        ("Byron, Ada,,", [{"family": "Byron", "given": "Ada"}]),
        (
            "John Smith, Jane Doe, and Max Roe",
            [{"name": "John Smith"}, {"name": "Jane Doe"}, {"name": "Max Roe"}],
        ),
        (
            "Ferreira de Almeida, Maria and {University of Clocks}",
            [{"family": "Ferreira de Almeida", "given": "Maria"}, {"name": "University of Clocks", "is_group": True}],
        ),
        ("Wilsham E, Rinkell G", [{"name": "Wilsham E, Rinkell G"}]),
        ("", []),
        ("and and", []),
    ],
)
def test_people_of_a_field(field, expected):
    assert people(field) == expected
