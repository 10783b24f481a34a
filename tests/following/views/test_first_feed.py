"""Whoever has just begun to follow finds something to read."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from following.models import Event, EventLink, Follow
from papers.models import Topic
from tests.factories.library import (
    make_author,
    make_category,
    make_institution,
    make_paper,
    make_topic,
    make_venue,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
RECENT = "Latest works of what you follow"


def follow(user, kind: str, pk: int) -> None:
    Follow.objects.create(user=user, kind=kind, target_id=pk, followed_at=NOW)


def feed(client, query: str = "") -> str:
    return client.get(reverse("following:feed") + query).content.decode()


@pytest.fixture
def library():
    ada = make_author("Ada Byron")
    made = {
        "author": make_paper("By the author", by=[ada], published=date(2020, 1, 1)),
        "topic": make_paper("On the topic", topics=[make_topic("Looms")], published=date(2021, 1, 1)),
        "institution": make_paper(
            "From there", by=[make_author("Ben")], at=make_institution("A College"), published=date(2022, 1, 1)
        ),
        "venue": make_paper("In the journal", venue=make_venue("A Journal"), published=date(2023, 1, 1)),
    }
    make_paper("Dated ahead", by=[ada], published=date(2999, 1, 1))
    make_paper("Of somebody else", by=[make_author("Cleo Other")], published=date(2024, 1, 1))
    targets = {
        "author": ada,
        "topic": make_topic("Looms"),
        "institution": make_institution("A College"),
        "venue": make_venue("A Journal"),
    }
    return made, {kind: row.pk for kind, row in targets.items()}


def test_the_latest_works_of_every_kind_of_thing_stand_there_newest_first(client, cleo, library):
    made, targets = library
    for kind, pk in targets.items():
        follow(cleo, kind, pk)
    client.force_login(cleo)
    html = feed(client)
    assert RECENT in html
    places = [html.index(made[kind].title) for kind in ("venue", "institution", "topic", "author")]
    assert places == sorted(places)
    assert "Dated ahead" not in html
    assert "Of somebody else" not in html


def test_a_field_gives_the_works_of_its_category(client, cleo):
    category = make_category()
    make_paper("In the field", category=category, published=date(2022, 1, 1))
    follow(cleo, "topic", Topic.objects.get(category=category).pk)
    client.force_login(cleo)
    assert "In the field" in feed(client)


def test_once_something_has_happened_the_feed_is_the_feed(client, cleo, library):
    made, targets = library
    follow(cleo, "author", targets["author"])
    event = Event.objects.create(kind="work", paper=made["author"], seen_at=NOW, day=NOW.date())
    EventLink.objects.create(event=event, kind="author", target_id=targets["author"], event_kind="work", seen_at=NOW)
    client.force_login(cleo)
    html = feed(client)
    assert made["author"].title in html
    assert RECENT not in html


def test_a_filter_that_finds_nothing_and_a_stranger_to_following_are_told_so(client, cleo, ada, library):
    _, targets = library
    follow(cleo, "author", targets["author"])
    client.force_login(cleo)
    assert RECENT not in feed(client, "?kind=retraction")
    client.force_login(ada)
    assert RECENT not in feed(client)


def test_it_asks_at_most_eight_queries_however_much_is_followed(client, cleo, django_assert_max_num_queries):
    for number in range(30):
        author = make_author(f"Person {number}")
        make_paper(f"Work {number}", by=[author], published=date(2020, 1, 1 + number % 28))
        follow(cleo, "author", author.pk)
    client.force_login(cleo)
    feed(client)
    with django_assert_max_num_queries(8):
        assert feed(client).count("<article") == 10
