"""Identifiers in running text, addresses and fields of other kinds, whatever they are encoded in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.domain.found_identifiers import find_identifiers, identifier_in, plain_identifier
from papers.domain.identifiers import parse_identifier


def found(text: str) -> list[str]:
    return [str(one) for one in find_identifiers(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see https://doi.org/10.1000/ABC.def.", ["doi:10.1000/abc.def"]),
        ("(10.1000/abc)", ["doi:10.1000/abc"]),
        ("doi: 10.1000/182", ["doi:10.1000/182"]),
        ("urn:doi:10.1000/abc", ["doi:10.1000/abc"]),
        ("https://doi.org/https://doi.org/10.1000/abc", ["doi:10.1000/abc"]),
        ("https://hdl.handle.net/10.1000/abc", ["doi:10.1000/abc"]),
        ("10.1016/0370-2693(94)90000-0", ["doi:10.1016/0370-2693(94)90000-0"]),
        ("10.1000/a; 10.1000/b", ["doi:10.1000/a", "doi:10.1000/b"]),
        ("arXiv preprint arXiv:2205.11789v2", ["arxiv:2205.11789"]),
        ("In: arXiv e-prints, arXiv:1905.00001 (2019)", ["arxiv:1905.00001"]),
        ("https://arxiv.org/pdf/2205.11789v1.pdf", ["arxiv:2205.11789"]),
        ("https://arxiv.org/abs/math.GT/0309136", ["arxiv:math/0309136"]),
        ("arXiv:hep-th/9901001", ["arxiv:hep-th/9901001"]),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC3531190/", ["pmcid:PMC3531190"]),
        ("https://pubmed.ncbi.nlm.nih.gov/29028636/", ["pmid:29028636"]),
        ("https://aclanthology.org/P03-1001.pdf", ["acl:P03-1001"]),
        ("http://www.aclweb.org/anthology/P03-1001", ["acl:P03-1001"]),
        ("https://openalex.org/W2741809807", ["openalex:W2741809807"]),
    ],
)
def test_an_identifier_is_found_wherever_it_stands(text, expected):
    assert found(text) == expected


def test_several_of_one_text_come_in_the_order_of_their_schemes():
    text = "PMID: 12345678, arXiv:2205.11789, DOI 10.1000/182, PMC3531190"
    assert found(text) == ["doi:10.1000/182", "arxiv:2205.11789", "pmcid:PMC3531190", "pmid:12345678"]


@pytest.mark.parametrize(
    "written",
    [
        "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O",
        "10.1002/(SICI)1097-4571(199806)49:8{$<$}693::AID-ASI4{$>$}3.0.CO;2-O",
        r"10.1002/(SICI)1097-4571(199806)49:8{\textless}693::AID-ASI4{\textgreater}3.0.CO;2-O",
        "10.1002/(SICI)1097-4571(199806)49:8&lt;693::AID-ASI4&gt;3.0.CO;2-O",
        "10.1002/%28SICI%291097-4571%28199806%2949:8%3C693::AID-ASI4%3E3.0.CO;2-O",
    ],
)
def test_tex_html_and_percent_signs_are_read_as_what_they_mean(written):
    assert found(written) == ["doi:10.1002/(sici)1097-4571(199806)49:8<693::aid-asi4>3.0.co;2-o"]
    assert plain_identifier(written) == "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O"


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        (r"10.1023/A:10\_20", "10.1023/A:10_20"),
        (" 10.1000/abc ", "10.1000/abc"),
        ("{10.1000/abc}", "10.1000/abc"),
        (r"10.1000\/abc", "10.1000/abc"),
        ("10.1000/100%", "10.1000/100%"),
        ("10.1000/a\x00b", "10.1000/ab"),
        ("", ""),
    ],
)
def test_an_identifier_without_its_wrapping(written, plain):
    assert plain_identifier(written) == plain


@pytest.mark.parametrize(
    "text",
    [
        '<a href="https://doi.org/10.1000/abc">here</a>',
        "10.1000/abc</a>",
        "https://doi.org/10.1000/abc?utm_source=news",
        "https://doi.org/10.1000/abc#section-2",
        "[10.1000/abc]",
        "“10.1000/abc”",
    ],
)
def test_what_stands_behind_a_doi_is_none_of_it(text):
    assert found(text) == ["doi:10.1000/abc"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "room 10.12 and 5/6",
        "pages 1234.5678",
        "2205.11789",
        "arXiv:2205.117890",
        "arXiv:2213.11789",
        "PMC12",
        "version 10.1000",
        "https://example.org/W2741809807",
    ],
)
def test_numbers_that_only_look_like_one_are_left_alone(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("scheme", "raw", "expected"),
    [
        ("arxiv", "2205.11789", "2205.11789"),
        ("arxiv", "2205.11789v3 [cs.LG]", "2205.11789"),
        ("arxiv", "see hep-th/9901001v2", "hep-th/9901001"),
        ("arxiv", "10.48550/arXiv.2205.11789", "2205.11789"),
        ("doi", "Available at https://doi.org/10.1000/A", "10.1000/a"),
        ("arxiv", "cs.LG", None),
        ("doi", "2205.11789", None),
        ("pmid", "12345678", None),
    ],
)
def test_in_a_field_made_for_a_scheme_arxivs_needs_no_name_before_it(scheme, raw, expected):
    one = identifier_in(scheme, raw)
    assert (one.value if one else None) == expected
    assert one is None or one.scheme == scheme


@given(st.text("10./arXiv:doPMC25 {}$\\%&;<>", max_size=60))
def test_whatever_is_found_in_any_text_is_canonical(text):
    for one in find_identifiers(text):
        assert parse_identifier(one.scheme, one.value) == one
