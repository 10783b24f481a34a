"""Where the versions of a work are found: in order, under the name of the venue that stands, with the links that follow."""

from datetime import date

import pytest

from papers.models import PaperLocation, Venue, VenueName
from papers.selectors.locations import best_open, locations_of
from tests.factories.record import location_with, make_paper, make_venue


@pytest.mark.parametrize(
    ("fields", "landing", "pdf"),
    [
        ({}, "", ""),
        ({"scheme": "doi", "value": "10.1000/a<b"}, "https://doi.org/10.1000/a%3Cb", ""),
        (
            {"scheme": "arxiv", "value": "2205.11789"},
            "https://arxiv.org/abs/2205.11789",
            "https://arxiv.org/pdf/2205.11789",
        ),
        (
            {"scheme": "acl", "value": "P03-1001"},
            "https://aclanthology.org/P03-1001/",
            "https://aclanthology.org/P03-1001.pdf",
        ),
        ({"scheme": "local", "value": "7"}, "", ""),
        (
            {
                "scheme": "arxiv",
                "value": "2205.11789",
                "landing_url": "https://a.org/x",
                "pdf_url": "https://a.org/x.pdf",
            },
            "https://a.org/x",
            "https://a.org/x.pdf",
        ),
    ],
)
def test_what_a_source_states_stands_before_what_follows_from_the_identifier(fields, landing, pdf):
    one = location_with(**fields)
    assert (one.landing, one.pdf) == (landing, pdf)


@pytest.mark.parametrize(
    ("pages", "first", "last"), [("45-67", "45", "67"), ("45", "45", "45"), ("", "", ""), ("L1-L4", "L1", "L4")]
)
def test_the_first_and_the_last_page(pages, first, last):
    one = location_with(pages=pages)
    assert (one.first_page, one.last_page) == (first, last)


CLOSED = location_with(version="published", is_open=False, pdf_url="https://a.org/closed.pdf")
UNKNOWN = location_with(version="published", pdf_url="https://a.org/unknown.pdf")
PAGE = location_with(version="published", is_open=True, landing_url="https://a.org/page")
FILE = location_with(version="published", is_open=True, pdf_url="https://a.org/file.pdf")
PREPRINT = location_with(version="submitted", is_open=True, scheme="arxiv", value="2205.11789")


@pytest.mark.parametrize(
    ("locations", "best"),
    [
        ([], None),
        ([CLOSED, UNKNOWN], None),
        ([CLOSED, PREPRINT], PREPRINT),
        ([PAGE, PREPRINT], PAGE),
        ([PAGE, PREPRINT, FILE], FILE),
        ([FILE, PREPRINT], FILE),
    ],
)
def test_the_open_version_nearest_to_the_one_of_record_is_the_best(locations, best):
    assert best_open(locations) is best


@pytest.mark.django_db
def test_a_location_bears_the_name_of_the_venue_that_stands_beside_the_stated_one():
    kept = make_venue("Journal of Clocks", ids={"issn": "2049-3630"}, kind="journal", publisher="Tick & Sons")
    gone = make_venue("J. Clocks", merged_into=kept)
    stated = VenueName.objects.create(venue=gone, name="J. Clocks, Vol. 12", key="j clocks vol 12")
    paper, other, bare = make_paper("On clocks"), make_paper("On watches"), make_paper("On nothing")
    for row in (
        {"paper": paper, "position": 2, "scheme": "arxiv", "value": "2205.11789", "version": "submitted"},
        {
            "paper": paper,
            "position": 1,
            "venue_name": stated,
            "version": "published",
            "published_date": date(2020, 5, 1),
        },
        {"paper": other, "position": 1},
    ):
        PaperLocation.objects.create(**{"source": "test", **row})
    found = locations_of([paper.pk, other.pk, bare.pk])
    assert {pk: [one.position for one in ones] for pk, ones in found.items()} == {paper.pk: [1, 2], other.pk: [1]}
    first = found[paper.pk][0]
    assert (first.venue_id, first.venue_name, first.stated_venue) == (
        kept.pk,
        "Journal of Clocks",
        "J. Clocks, Vol. 12",
    )
    assert (first.venue_kind, first.venue_publisher, first.issns) == ("journal", "Tick & Sons", ["2049-3630"])
    assert (found[other.pk][0].venue_id, found[other.pk][0].venue_name, found[other.pk][0].issns) == (None, "", [])
    assert [one.position for one in locations_of([paper.pk], first_alone=True)[paper.pk]] == [1]
    assert Venue.objects.count() == 2
