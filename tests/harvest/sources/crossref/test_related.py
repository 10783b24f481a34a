"""What Crossref says of other works: versions, and notices of both sides."""

import pytest

from harvest.sources.crossref.related import date_of, notices_of, related_works

NOTICE = {"DOI": "10.1000/notice", "updated": {"date-parts": [[2019, 1, 19]]}}


@pytest.mark.parametrize(
    ("stated", "kind"),
    [
        ("is-preprint-of", "is_preprint_of"),
        ("has-preprint", "has_preprint"),
        ("is-manuscript-of", "is_version_of"),
        ("is-identical-to", "is_same_as"),
    ],
)
def test_versions_of_a_work_are_named_in_the_record_formats_words(stated, kind):
    work = {"relation": {stated: [{"id-type": "doi", "id": "10.1000/x", "asserted-by": "subject"}]}}
    assert related_works(work) == [{"kind": kind, "doi": "10.1000/x"}]


@pytest.mark.parametrize(
    ("type_", "kind"),
    [
        ("retraction", "retracts"),
        ("Partial Retraction", "corrects"),
        ("removal", "withdraws"),
        ("erratum", "corrects"),
        ("expression-of-concern", "concerns"),
        ("Expression of Concern", "concerns"),
    ],
)
def test_a_notice_names_the_work_that_it_is_about_and_what_it_does_to_it(type_, kind):
    assert related_works({"update-to": [{"type": type_, "DOI": "10.1000/x"}]}) == [{"kind": kind, "doi": "10.1000/x"}]


@pytest.mark.parametrize(
    "work",
    [
        {},
        {"relation": None, "update-to": None},
        {"relation": ["is-preprint-of"], "update-to": "retraction"},
        {"relation": {"is-review-of": [{"id-type": "doi", "id": "10.1000/x"}]}},
        {"relation": {"has-preprint": [{"id-type": "uri", "id": "https://example.org/1"}, None, "10.1000/x"]}},
        {"update-to": [{"type": "new_edition", "DOI": "10.1000/x"}, {"type": "retraction"}, {"DOI": "10.1000/x"}]},
    ],
)
def test_what_is_no_version_and_no_notice_is_left_out(work):
    assert related_works(work) == []


def test_a_relation_stated_twice_or_as_an_object_alone_is_one():
    one = {"id-type": "doi", "id": "10.1000/x"}
    assert related_works({"relation": {"has-preprint": one, "is-same-as": []}}) == [
        {"kind": "has_preprint", "doi": "10.1000/x"}
    ]
    assert len(related_works({"relation": {"is-same-as": [one, one], "is-identical-to": [one]}})) == 1


def test_notices_about_a_work_come_with_their_doi_and_day():
    assert notices_of({"updated-by": [{"type": "retraction", **NOTICE}]}) == [
        {"kind": "retraction", "doi": "10.1000/notice", "date": "2019-01-19"}
    ]


def test_a_notice_without_doi_or_day_counts_all_the_same():
    assert notices_of({"updated-by": {"type": "concern"}}) == [{"kind": "concern"}]
    assert notices_of({"relation": {"is-withdrawn-by": [{"id-type": "other", "id": "n1"}]}}) == [{"kind": "withdrawal"}]


def test_updates_that_are_no_notices_say_nothing():
    assert notices_of({"updated-by": [{"type": "addendum", **NOTICE}, {"type": None}, 7]}) == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"date-parts": [[2019, 1, 19]]}, "2019-01-19"),
        ({"date-parts": [[2019]]}, "2019"),
        ({"date-parts": [2019, 3]}, "2019-03"),
        ({"date-parts": [["2019", "3"]]}, "2019-03"),
        ({"date-parts": [[2019, None, 7]]}, "2019"),
        ({"date-parts": [[2019, 0, 0]]}, "2019"),
        ({"date-parts": [[None]]}, None),
        ({"date-parts": []}, None),
        ({"date-time": "2019-01-19T00:00:00Z"}, None),
        ("2019-01-19", None),
        (None, None),
    ],
)
def test_a_date_goes_as_far_as_its_parts_are_known(value, expected):
    assert date_of(value) == expected
