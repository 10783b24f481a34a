"""Venues that are one: merged by rule or by hand, and undone."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from papers.models import Venue, VenueMerge, VenueName
from papers.services.venue_merges import MergeRefused, join_venues, merge_venues, undo_venue_merge
from tests.factories.record import make_venue

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 1, tzinfo=UTC)


def test_years_of_one_meeting_become_one_venue_and_bear_its_name():
    for year in ("47th", "48th"):
        name = f"Proceedings of the {year} Annual Meeting of the Association for Clocks"
        VenueName.objects.create(venue=make_venue(name, kind="conference"), name=name, key=name.lower())
    assert join_venues(now=NOW) == 1
    assert Venue.objects.get(merged_into=None).name == "Annual Meeting of the Association for Clocks"
    assert join_venues(now=NOW) == 0


def test_a_year_that_is_called_by_its_theme_is_one_of_the_meeting_of_that_name():
    for name in (
        "Mending and the Clock 27",
        "Mending and the Clock 28",
        "Mending and the Clock: Springs for tomorrow’s world",
        "Mending: Springs for tomorrow’s world",
    ):
        VenueName.objects.create(venue=make_venue(name, kind="conference"), name=name, key=name.lower())
    assert join_venues(now=NOW) == 2
    assert Venue.objects.get(merged_into=None, names__name__startswith="Mending:").names.count() == 1


def test_an_undone_merge_is_not_made_again(dana):
    make_venue("Translating and the Clock 5: Tools", kind="conference")
    make_venue("Translating and the Clock 6: Words", kind="conference")
    join_venues(now=NOW)
    undo_venue_merge(merge_id=VenueMerge.objects.get().pk, by=dana, now=NOW)
    assert Venue.objects.filter(merged_into=None).count() == 2
    assert join_venues(now=NOW) == 0


def test_venues_that_registers_know_apart_are_not_joined_by_name():
    make_venue("Clocks", ids={"issn": "2049-3630"}, kind="journal")
    make_venue("Clocks", ids={"issn": "0028-0836"}, kind="journal")
    assert join_venues(now=NOW) == 0


def test_a_venue_that_went_cannot_be_merged_again():
    one, other = make_venue("Clocks", kind="journal"), make_venue("Watches", kind="journal")
    merge_venues(kept_id=one.pk, merged_id=other.pk, rule="curator", now=NOW)
    with pytest.raises(MergeRefused):
        merge_venues(kept_id=one.pk, merged_id=other.pk, rule="curator", now=NOW)


def test_a_curator_merges_by_hand_what_was_looked_at(client, dana):
    client.force_login(dana)
    one, other = make_venue("Clocks", kind="journal"), make_venue("Watches", kind="journal")
    address = reverse("admin:papers_venue_action_merge")
    looked = client.post(address, {"ids": f"{one.pk},{other.pk}", "look": "1"})
    sent = {"ids": f"{one.pk},{other.pk}", "reason": "one", "apply": "1", "looked_at": looked.context["digest"]}
    assert client.post(address, sent).status_code == 302
    merge = VenueMerge.objects.get()
    assert (merge.kept, merge.merged, merge.rule, merge.by) == (one, other, "curator", dana)
    undo_venue_merge(merge_id=merge.pk, by=dana, now=NOW)
    assert Venue.objects.filter(merged_into=None).count() == 2
