"""References in their authors' words: what is sure is taken apart, and nothing is made up of the rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.domain.journal_refs import JournalRef, read_journal_ref


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Phys. Rev. D 50, 1173 (1994)", JournalRef("Phys. Rev. D", "50", "", "1173", 1994)),
        ("Physics of Fluids 12, 12345 (2000).", JournalRef("Physics of Fluids", "12", "", "12345", 2000)),
        ("Nucl.Phys. B422 (1994) 521-540", JournalRef("Nucl.Phys.", "B422", "", "521-540", 1994)),
        ("Nucl.Phys.B422:521-540,1994", JournalRef("Nucl.Phys.", "B422", "", "521-540", 1994)),
        ("J. Stat. Mech. (2009) P01015", JournalRef("J. Stat. Mech.", "", "", "P01015", 2009)),
        ("JMLR 12(3):45-67, 2011", JournalRef("JMLR", "12", "3", "45-67", 2011)),
        ("JHEP 05 (2012) 033", JournalRef("JHEP", "05", "", "033", 2012)),
        ("Astrophys.J. 573:L5 (2002)", JournalRef("Astrophys.J.", "573", "", "L5", 2002)),
        ("Astron.Astrophys. 401 (2003) L1-L4", JournalRef("Astron.Astrophys.", "401", "", "L1-L4", 2003)),
        ("EPJ Web Conf. 175 (2018) 05006", JournalRef("EPJ Web Conf.", "175", "", "05006", 2018)),
        ("Annals of Math. 2020", JournalRef("Annals of Math.", year=2020)),
        ("ICML 2010, pp. 45-67", JournalRef("ICML", pages="45-67", year=2010)),
        (
            "IEEE Trans. Inf. Theory, vol. 50, no. 3, pp. 400-410, 2004",
            JournalRef("IEEE Trans. Inf. Theory", "50", "3", "400-410", 2004),
        ),
        (
            "Theory and Practice of Logic Programming, Volume 4, Issue 1-2, pages 1-25, 2004",
            JournalRef("Theory and Practice of Logic Programming", "4", "1-2", "1-25", 2004),
        ),
    ],
)
def test_the_usual_forms_are_taken_apart(text, expected):
    assert read_journal_ref(text) == expected
    assert read_journal_ref(f"  {text}\n") == expected


@pytest.mark.parametrize("dash", ["-", "--", "–", " - ", "—"])
def test_pages_are_joined_by_one_hyphen_however_they_were_printed(dash):
    found = read_journal_ref(f"Phys.Lett. B 300 (1993) 1{dash}5")
    assert found is not None
    assert found.pages == "1-5"


def test_letters_of_the_name_are_none_of_the_volume():
    """The last letter of "JHEP" went to the volume."""
    assert read_journal_ref("JHEP0905:012,2009") == JournalRef("JHEP", "0905", "", "012", 2009)


@pytest.mark.parametrize(
    "text", ["Proc. of ICML, pp. 45-67, 2010", "Proc. of ICML, pp. 45, 2010", "ICML, pages 45, 2010"]
)
def test_pages_are_not_taken_for_a_volume(text):
    """ "pp. 45-67" became volume 4, pages 5-67."""
    assert read_journal_ref(text) == JournalRef("", year=2010)


@pytest.mark.parametrize(
    ("text", "year"),
    [("EPTCS 89, 2012, pp. 134-143", 2012), ("1994", 1994), ("to appear in 2027", 2027), ("2010 / 2010", 2010)],
)
def test_of_other_forms_the_year_is_known_where_there_is_one(text, year):
    found = read_journal_ref(text)
    assert found is not None
    assert found.year == year


@pytest.mark.parametrize("text", ["", "Nature 464, 1025", "submitted", "1994 or 1995", "120045", "2205.11789"])
def test_what_is_not_sure_is_nothing(text):
    assert read_journal_ref(text) is None


@given(st.text("JA. ,;:()0123456789-–pPvol", max_size=40))
def test_any_text_is_read_and_no_number_is_cut_in_two(text):
    found = read_journal_ref(text)
    numbers = "".join(c if c.isdigit() else " " for c in text).split()
    for part in (found.volume, found.pages) if found else ():
        assert set("".join(c if c.isdigit() else " " for c in part).split()) <= set(numbers)
