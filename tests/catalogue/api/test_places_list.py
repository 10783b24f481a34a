"""Lists of institutions, topics and sources by how much there is of each."""

from datetime import UTC, datetime

import pytest

from metrics.models import EntityMetrics
from tests.factories.library import make_author, make_institution, make_paper, make_topic, make_venue

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


def computed(kind: str, pk: int, works: int, **more: object) -> None:
    EntityMetrics.objects.create(kind=kind, object_id=pk, works_count=works, computed_at=NOW, **more)


def listed(client, path: str) -> list[str]:
    return [row["display_name"] for row in client.get(path).json()["results"]]


@pytest.fixture
def three_of_each():
    for kind, make in (("institution", make_institution), ("topic", make_topic), ("venue", make_venue)):
        for name, works in (("Few", 3), ("Many", 900), ("None yet", None)):
            row = make(f"{name} here")
            if works is not None:
                computed(kind, row.pk, works, cited_by_count=1_000 - works)


@pytest.mark.parametrize("plural", ["institutions", "topics", "sources"])
def test_a_list_is_sorted_by_works_and_by_citations_and_the_unknown_come_last(client, three_of_each, plural):
    assert listed(client, f"/api/{plural}?sort=works_count:desc") == [
        "Many here",
        "Few here",
        "None yet here",
    ]
    assert listed(client, f"/api/{plural}?sort=cited_by_count:desc") == [
        "Few here",
        "Many here",
        "None yet here",
    ]
    assert listed(client, f"/api/{plural}?filter=works_count:>10") == ["Many here"]


@pytest.mark.parametrize("plural", ["institutions", "topics", "sources"])
def test_a_sorted_list_is_read_to_its_end_by_cursor(client, three_of_each, plural):
    names, cursor = [], "*"
    while cursor:
        page = client.get(f"/api/{plural}?sort=works_count:desc&per_page=1&cursor={cursor}").json()
        names += [row["display_name"] for row in page["results"]]
        cursor = page["meta"]["next_cursor"]
    assert names == ["Many here", "Few here", "None yet here"]


def test_the_numbers_of_a_source_are_those_of_its_page(client, django_assert_max_num_queries):
    venue = make_venue("A Journal")
    computed(
        "venue",
        venue.pk,
        40,
        cited_by_count=700,
        h_index=12,
        i10_index=14,
        mean_citedness_2y=2.5,
        counts_by_year=[[2024, 10, 0], [2025, 30, 700]],
    )
    with django_assert_max_num_queries(8):
        body = client.get(f"/api/sources/{venue.public_id}").json()
    assert (body["works_count"], body["cited_by_count"]) == (40, 700)
    assert body["summary_stats"] == {"2yr_mean_citedness": 2.5, "h_index": 12, "i10_index": 14}
    assert [year["year"] for year in body["counts_by_year"]] == [2025, 2024]


def test_before_the_first_refresh_works_are_counted_and_the_rest_is_unknown(client):
    venue = make_venue("A Journal")
    make_paper("A work", by=[make_author("Ada Byron")], venue=venue, citations=4)
    body = client.get(f"/api/sources/{venue.public_id}").json()
    assert (body["works_count"], body["cited_by_count"]) == (1, None)
    assert body["citation_figures"] == {"kind": None, "reported_by": None, "works_count": 0}
    assert body["summary_stats"] == {"2yr_mean_citedness": None, "h_index": None, "i10_index": None}
    assert body["counts_by_year"] == []
