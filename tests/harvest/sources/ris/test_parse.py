"""RIS entries."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harvest.domain.record import RecordError
from harvest.sources.ris.parse import parse_entry, read_entries
from papers.domain.dates import PartialDate

FILE = """TY  - JOUR
AU  - Müller, Jérôme
AU  - Smith, John, Jr.
TI  - A title here
JO  - J. Foo
PY  - 2019/03//
DO  - 10.1000/xyz
SN  - 1751-1577
ER  -

TY  - BOOK
TI  - no end
TY  - CONF
T1  - Third of them
Y1  - 2001
ER  -
"""


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_file_gives_its_entries_with_and_without_their_ends(line_end):
    first, endless, third = read_entries("\ufeff" + FILE.replace("\n", line_end))
    record = parse_entry(first)
    assert [author.name for author in record.authors] == ["Jérôme Müller", "John Smith Jr."]
    assert (record.title, record.published, str(record.ids[0])) == (
        "A title here",
        PartialDate(2019, 3),
        "doi:10.1000/xyz",
    )
    assert record.venue is not None
    assert record.venue.issns == ("1751-1577",)
    assert (endless.line, parse_entry(endless).title) == (11, "no end")
    assert parse_entry(third).kind == "conference-paper"


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "TY  - JOUR",
                "ER  - ",
                "TI  - x y",
                "AU  - ",
                "PY  - 20/",
                "XX  - ",
                "",
                "DO  - 10.1/x",
                "SN  -",
                "UR  - ",
            ]
        ),
        max_size=12,
    )
)
def test_any_lines_are_read_or_rejected(lines):
    for entry in read_entries("\n".join(lines)):
        with suppress(RecordError):
            assert parse_entry(entry).title
