"""Categories and the scheme that a plain code belongs to."""

import pytest

from harvest.domain.fields import Fields
from harvest.domain.record import SourcedCategory
from harvest.domain.relations import read_categories, read_venue
from papers.domain.categories import NAMES


def categories(*entries) -> list[SourcedCategory]:
    return list(read_categories(Fields({"categories": list(entries)})))


def test_every_category_of_arxivs_list_is_known_as_its_own():
    """ "cond-mat.soft" and "physics.optics" have another shape than the rest: they stood without a name and apart."""
    for code in NAMES:
        assert categories(code) == [SourcedCategory("arxiv", code)]


@pytest.mark.parametrize(
    ("entry", "scheme", "code"),
    [
        ("q-fin.XX", "arxiv", "q-fin.XX"),  # newer than the list
        ("68T50", "other", "68T50"),
        ({"scheme": "msc", "code": "68T50"}, "msc", "68T50"),
        ({"code": "physics.optics"}, "arxiv", "physics.optics"),
    ],
)
def test_a_code_is_of_the_scheme_that_it_says_or_has_the_shape_of(entry, scheme, code):
    assert categories(entry) == [SourcedCategory(scheme, code)]


def test_what_is_no_code_is_left_out_with_a_warning():
    fields = Fields({"categories": ["<b>", 7, "cs.LG" * 30]})
    assert not read_categories(fields)
    assert len(fields.warnings) == 3


@pytest.mark.parametrize("raw", ["http://example.org/a.pdf", {"name": "www.example.org/~a/b.ps", "type": "journal"}])
def test_an_address_is_no_venue(raw):
    fields = Fields({"venue": raw})
    assert read_venue(fields) is None
    assert "is an address" in str(fields.warnings)
