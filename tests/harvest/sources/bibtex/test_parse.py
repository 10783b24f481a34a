"""BibTeX entries as people write them."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harvest.domain.record import RecordError
from harvest.sources.bibtex.entries import read_entries
from harvest.sources.bibtex.names import people, split_names
from harvest.sources.bibtex.parse import parse_entry
from papers.domain.dates import PartialDate

FILE = r"""@string{jml = "Journal of ML"}
@article{a1, title={{BERT}: Pre-training of {D}eep $x_{2}$ Things},
  author={M{\"u}ller, J{\'e}r{\^o}me and van der Berg, Jan and {Barnes and Noble} and others},
  journal=jml # " Research", year=2019, month=mar, doi={10.1000/ABC\_1}}
@article{broken, title={never ends
@inproceedings{a2, title="Second {\ss} one \& more", author="Smith, Jr., John", booktitle={Proc. X}, year={2020}, eprint={2001.01234}, archivePrefix={arXiv}}
@misc{a3, title={Only {O}ne}, year = 20222}
@misc{a2, title={Duplicate key here}, year = 2001, author={Kurt G{\"{o}}del}}
"""


def test_a_file_gives_its_entries_with_lines_and_names_the_broken_ones():
    entries = list(read_entries(FILE))
    assert [entry.line for entry in entries] == [2, 5, 6, 7, 8]
    assert entries[1].problem.startswith("the entry could not be read: Unexpected block start")
    with pytest.raises(RecordError, match="could not be read"):
        parse_entry(entries[1])
    assert any("20222" in one for one in parse_entry(entries[3]).warnings)


def test_an_entry_is_mapped():
    record = parse_entry(next(read_entries(FILE)))
    assert record.title == "BERT: Pre-training of Deep $x_{2}$ Things"
    assert [author.name for author in record.authors] == [
        "Jérôme Müller",
        "Jan van der Berg",
        "Barnes and Noble",
    ]
    assert record.venue is not None
    assert record.venue.name == "Journal of ML Research"
    assert record.published == PartialDate(2019, 3)
    assert str(record.ids[0]) == "doi:10.1000/abc_1"


def test_an_entry_without_identifier_gets_a_stable_local_one():
    one, two = (parse_entry(list(read_entries(FILE))[-1]) for _ in range(2))
    assert one.source_key == two.source_key
    assert one.source_key.startswith("local:bibtex:a2:")


def test_names_are_split_outside_of_braces_and_put_in_printing_order():
    assert split_names("A B and {C and D}\nAND E, F") == ["A B", "{C and D}", "E, F"]
    assert people("von Last, Jr, First") == [{"family": "von Last", "given": "First", "suffix": "Jr"}]


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.sampled_from('@articlemisc{}="#,\\ \n1a%'), max_size=120))
def test_any_text_is_read_or_rejected(text):
    for entry in read_entries(text):
        with suppress(RecordError):
            assert parse_entry(entry).title
