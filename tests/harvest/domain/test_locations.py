"""Where a record says that its work is found and what it is to others; what is no such thing costs no record."""

from typing import Any

import pytest

from harvest.domain.build import build_work
from harvest.domain.record import WorkRecord


def work(**stated: Any) -> WorkRecord:
    return build_work({"ids": {"doi": "10.5555/own"}, "title": "On the spacing of clocks", **stated})


@pytest.mark.parametrize("kind", ["is_cousin_of", "", None, 7, ["is_same_as"], {"is_same_as": 1}])
@pytest.mark.parametrize("field", ["relations", "notices"])
def test_a_relation_or_notice_of_no_known_kind_is_left_out_with_a_warning(field, kind):
    record = work(**{field: [{"kind": kind, "doi": "10.5555/other"}, "is_same_as"]})
    assert (record.relations, record.notices) == ((), ())
    assert len(record.warnings) == 2
    assert all("is no known kind; it was left out" in one for one in record.warnings)


def test_a_relation_is_to_another_work_and_named_once():
    to = [{"doi": "10.5555/own"}, {"doi": "10.5555/b"}, {"doi": "https://doi.org/10.5555/B"}, {"isbn": "nonsense"}]
    record = work(relations=[{"kind": "has_preprint", **one} for one in to])
    assert [(one.kind, str(one.other)) for one in record.relations] == [("has_preprint", "doi:10.5555/b")]


def test_arxivs_doi_of_a_related_preprint_is_its_arxiv_id():
    record = work(relations=[{"kind": "has_preprint", "doi": "10.48550/arXiv.2205.11789"}])
    assert [str(one.other) for one in record.relations] == ["arxiv:2205.11789"]


def test_a_notice_keeps_its_day_and_reason_and_counts_without_them():
    record = work(
        notices=[
            {"kind": "retraction", "doi": "10.5555/n", "date": "2021-05", "reason": "  The data\nare lost. "},
            {"kind": "concern", "date": "soon", "reason": 7},
        ]
    )
    first, second = record.notices
    assert (str(first.notice), first.stated and first.stated.iso(), first.reason) == (
        "doi:10.5555/n",
        "2021-05",
        "The data are lost.",
    )
    assert (second.kind, second.notice, second.stated, second.reason) == ("concern", None, None, "")


@pytest.mark.parametrize(
    ("entry", "identifier", "landing"),
    [
        ({"url": "https://arxiv.org/abs/2205.11789v2"}, "arxiv:2205.11789", ""),
        ({"url": "https://arxiv.org/pdf/2205.11789.pdf"}, "arxiv:2205.11789", ""),
        ({"url": "https://pubmed.ncbi.nlm.nih.gov/29028636/"}, "pmid:29028636", ""),
        ({"url": "https://aclanthology.org/P03-1001/"}, "acl:P03-1001", ""),
        ({"url": "https://example.org/doi/10.5555/abc"}, "doi:10.5555/abc", ""),
        ({"url": "https://example.org/a", "doi": "10.5555/abc"}, "doi:10.5555/abc", "https://example.org/a"),
        ({"url": "https://example.org/a"}, "None", "https://example.org/a"),
        ({"doi": "10.48550/arXiv.2205.11789", "url": "https://arxiv.org/abs/2205.11789"}, "arxiv:2205.11789", ""),
    ],
)
def test_an_address_that_says_no_more_than_an_identifier_is_that_identifier(entry, identifier, landing):
    (found,) = work(locations=[entry]).locations
    assert (str(found.identifier), found.landing_url) == (identifier, landing)


def test_a_location_without_place_is_none_and_one_stated_twice_is_one():
    record = work(
        locations=[{"version": "accepted"}, {"venue": "HAL"}, {"venue": "HAL"}, {"url": "javascript:x"}, "HAL"]
    )
    assert [one.venue and one.venue.name for one in record.locations] == ["HAL"]
    assert record.warnings == ("locations: an entry is not an object; it was left out",)


@pytest.mark.parametrize(("raw", "is_open"), [(True, True), (False, False), (None, None), ("yes", None), (1, None)])
def test_only_true_and_false_say_whether_a_location_is_open(raw, is_open):
    (found,) = work(locations=[{"venue": "HAL", "is_open": raw}]).locations
    assert found.is_open is is_open


def test_a_locations_wrong_date_costs_the_date_alone():
    record = work(locations=[{"venue": "HAL", "published": "2021-13-45", "licence": "cc-by"}])
    (found,) = record.locations
    assert (found.published, found.license) == (None, "cc-by")
    assert record.warnings[0].startswith("published: ")
