"""Locations of a portal that is older than they are have the addresses of their works."""

from importlib import import_module

import pytest
from django.db import connection

from papers.models import PaperIdentifier, PaperLocation
from papers.selectors.locations import locations_of
from tests.factories.record import make_paper

pytestmark = pytest.mark.django_db

FILL = import_module("papers.migrations.0028_identifiers_of_versions").FILL


def located(title: str, version: str, **identifiers: str) -> int:
    paper = make_paper(title)
    PaperLocation.objects.filter(paper=paper).delete()
    PaperLocation.objects.create(paper=paper, position=1, version=version, source="test")
    for scheme, value in identifiers.items():
        PaperIdentifier.objects.create(paper=paper, scheme=scheme, value=value)
    return paper.pk


def test_a_bare_location_takes_the_identifier_of_its_version_and_a_preprint_beside_it_is_kept():
    both = located("On bridges", "published", doi="10.5555/bridges", arxiv="1501.00001")
    preprint = located("On tunnels", "submitted", doi="10.48550/arxiv.1501.00002", arxiv="1501.00002")
    neither = located("On roads", "published")
    with connection.cursor() as cursor:
        cursor.execute(FILL)
    found = locations_of([both, preprint, neither])
    assert [one.landing for one in found[both]] == [
        "https://doi.org/10.5555/bridges",
        "https://arxiv.org/abs/1501.00001",
    ]
    assert [one.landing for one in found[preprint]] == ["https://arxiv.org/abs/1501.00002"]
    assert [one.landing for one in found[neither]] == [""]
