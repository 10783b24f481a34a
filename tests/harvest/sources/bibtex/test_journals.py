"""Journal macros that files use and do not define."""

import pytest

from harvest.sources.bibtex.journals import journal_name


@pytest.mark.parametrize(
    ("field", "name"),
    [
        (r"\apj", "Astrophysical Journal"),
        (r"{\apj}", "Astrophysical Journal"),
        (r"\ApJ", "Astrophysical Journal"),
        ("mnras", "Monthly Notices of the Royal Astronomical Society"),
        ("prl", "Physical Review Letters"),
        (r"\memsai", "Memorie della Società Astronomica Italiana"),
    ],
)
def test_a_macro_is_its_journals_name(field, name):
    assert journal_name(field) == name


@pytest.mark.parametrize(
    "field", ["NA", "Na", "PRL", "Nature", "Physical Review Letters", r"\unknown", "apj letters", "", "{}", "2019"]
)
def test_what_is_no_macro_stands_as_it_is(field):
    assert journal_name(field) == field
