"""Identifiers: every spelling of one identifier is one value, and nothing else passes."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.domain.identifiers import (
    SCHEMES,
    Identifier,
    InvalidIdentifier,
    parse_identifier,
    recognise,
    url_of,
)


@pytest.mark.parametrize(
    ("scheme", "raw", "value"),
    [
        ("doi", "https://doi.org/10.1016/J.JOI.2017.08.007", "10.1016/j.joi.2017.08.007"),
        ("doi", "http://dx.doi.org/10.1002/%28SICI%291097-4571", "10.1002/(sici)1097-4571"),
        ("doi", "doi:10.1000/182.", "10.1000/182"),
        ("doi", "10.1000/abc).", "10.1000/abc"),
        ("arxiv", "arXiv:2205.11789v3", "2205.11789"),
        ("arxiv", "https://arxiv.org/pdf/2205.11789v2.pdf", "2205.11789"),
        ("arxiv", "oai:arXiv.org:hep-th/9901001", "hep-th/9901001"),
        ("arxiv", "math.GT/0309136v1", "math/0309136"),
        ("openalex", "https://openalex.org/W2755950973", "W2755950973"),
        ("orcid", "https://orcid.org/0000-0002-1694-233x", "0000-0002-1694-233X"),
        ("ror", "https://ror.org/00390T168", "00390t168"),
        ("ror", "https://ror.org/https://ror.org/01ppj9r51", "01ppj9r51"),
        ("issn", "17511577", "1751-1577"),
        ("acl", "https://aclanthology.org/P03-1001.pdf", "P03-1001"),
        ("acl", "2020.ACL-main.1", "2020.acl-main.1"),
        ("acl", "https://aclanthology.org/people/y/yang-liu-icsi/", "yang-liu-icsi"),
        ("isbn", "0-7803-9464-X", "9780780394643"),
        ("isbn", "http://id.crossref.org/isbn/9783161484100", "9783161484100"),
        ("pmid", "https://pubmed.ncbi.nlm.nih.gov/29028636", "29028636"),
        ("pmcid", "https://www.ncbi.nlm.nih.gov/pmc/articles/6123", "PMC6123"),
        ("isni", "0000 0004 1936 7769", "0000000419367769"),
        ("wikidata", "https://www.wikidata.org/wiki/Q230492", "Q230492"),
        ("grid", "grid.214458.e", "grid.214458.e"),
    ],
)
def test_spellings_of_an_identifier_become_its_canonical_form(scheme, raw, value):
    assert parse_identifier(scheme, raw) == Identifier(scheme, value)


@pytest.mark.parametrize(
    ("scheme", "raw", "why"),
    [
        ("orcid", "0000-0002-1825-0098", "has a wrong check digit"),
        ("issn", "1751-1578", "has a wrong check digit"),
        ("ror", "00390t169", "has wrong check digits"),
        ("isbn", "9783161484101", "has a wrong check digit"),
        ("arxiv", "1612.0134", "has not the shape of one"),
        ("arxiv", "0713.1234", "has not the shape of one"),
        ("doi", "hdl.handle.net/2065/12135", "has not the shape of one"),
        ("doi", "10.1000/a b", "has not the shape of one"),
        ("local", "a\x00b", "holds characters that cannot be printed"),
        ("scopus", "1", "has an unknown scheme"),
        ("doi", " ", "is empty"),
        ("doi", "10.1000/" + "x" * 500, "is too long"),
    ],
)
def test_what_is_no_identifier_is_refused_with_a_reason(scheme, raw, why):
    with pytest.raises(InvalidIdentifier) as caught:
        parse_identifier(scheme, raw)
    assert caught.value.why == why


def test_a_refusal_survives_the_way_between_processes():
    refusal = InvalidIdentifier("orcid", "0000", "has not the shape of one")
    assert str(copy.copy(refusal)) == str(refusal)


@pytest.mark.parametrize(
    ("pasted", "found"),
    [
        ("10.1000/XYZ", "doi:10.1000/xyz"),
        ("https://doi.org/10.48550/arXiv.2205.11789", "doi:10.48550/arxiv.2205.11789"),
        ("arXiv:hep-th/9901001v2 [hep-th]", "arxiv:hep-th/9901001"),
        ("2205.11789", "arxiv:2205.11789"),
        ("0000-0002-1825-0097", "orcid:0000-0002-1825-0097"),
        ("https://ror.org/00390t168", "ror:00390t168"),
        ("a5023888391", "openalex:A5023888391"),
        ("1751-1577", "issn:1751-1577"),
        ("P03-1001", "acl:P03-1001"),
        ("978-3-16-148410-0", "isbn:9783161484100"),
        ("PMC6123", "pmcid:PMC6123"),
        ("PMID: 29028636", "pmid:29028636"),
        ("attention is all you need", None),
        ("12345", None),
        ("2019", None),
    ],
)
def test_a_pasted_identifier_is_recognised_in_any_form(pasted, found):
    recognised = recognise(pasted)
    assert (str(recognised) if recognised else None) == found


def test_addresses_lead_to_the_identifier():
    assert url_of(Identifier("doi", "10.1000/a<b")) == "https://doi.org/10.1000/a%3Cb"
    assert url_of(Identifier("local", "x")) is None


@given(st.sampled_from(sorted(SCHEMES)), st.text(max_size=60))
def test_any_text_is_either_canonical_or_refused(scheme, text):
    try:
        parsed = parse_identifier(scheme, text)
    except InvalidIdentifier:
        return
    assert parse_identifier(scheme, parsed.value) == parsed


@given(st.from_regex(r"\A(doi:|https://doi\.org/)?10\.[0-9]{4}/[!-~]{1,30}\Z"))
def test_the_canonical_form_of_a_doi_is_its_own_canonical_form(raw):
    try:
        parsed = parse_identifier("doi", raw)
    except InvalidIdentifier:
        return
    assert parse_identifier("doi", parsed.value) == parsed


@given(st.text(max_size=80))
def test_recognising_never_fails_and_finds_only_canonical_ones(text):
    found = recognise(text)
    assert found is None or parse_identifier(found.scheme, found.value) == found
