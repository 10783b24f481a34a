"""Following: once a person, counted right whatever happens at once."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connections, transaction

from common.hooks import UserErased
from following.models import Follow, Followed
from following.selectors.follows import follow_state_of, followers_count, known_followers
from following.selectors.user_data import export_user_data
from following.services import follows
from following.services.follows import EmptySearch, TooManyFollows, saved_search
from following.services.user_data import erase_user_data
from tests.conftest import person
from tests.factories.record import make_author
from tests.following.happenings import START, follow


@pytest.mark.django_db
def test_following_twice_is_following_once_and_giving_up_twice_changes_nothing(cleo, ben):
    ada = make_author("Ada Byron")
    assert [follow(cleo, ada), follow(cleo, ada), follow(ben, ada)] == [1, 1, 2]
    assert follow_state_of("author", ada.pk, user_id=cleo.pk).is_following
    assert [follows.unfollow(user=cleo, kind="author", target_id=ada.pk) for _ in range(2)] == [1, 1]
    assert not follow_state_of("author", ada.pk, user_id=cleo.pk).is_following


@pytest.mark.django_db(transaction=True)
def test_two_hundred_toggles_at_once_leave_the_count_right():
    ada = make_author("Ada Byron")
    people = [person(f"p{n}@example.org", f"P {n}") for n in range(10)]

    def toggle(number: int) -> None:
        user = people[number % 10]
        try:
            if random.Random(number).random() < 0.5:
                follow(user, ada)
            else:
                follows.unfollow(user=user, kind="author", target_id=ada.pk)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(toggle, range(200)))
    rows = Follow.objects.filter(kind="author", target_id=ada.pk).count()
    assert 0 < rows < 10
    assert followers_count("author", ada.pk) == rows


@pytest.mark.django_db
def test_who_follows_is_hidden_until_the_follower_shows_it(cleo, ben):
    ada = make_author("Ada Byron")
    follow(cleo, ada)
    follow(ben, ada)
    assert (known_followers(ada.pk).total, known_followers(ada.pk).names) == (2, ())
    row = Follow.objects.get(user=cleo)
    assert not follows.show_follow(user=ben, follow_id=row.pk, shows=True)
    assert known_followers(ada.pk).names == ()
    assert follows.show_follow(user=cleo, follow_id=row.pk, shows=True)
    known = known_followers(ada.pk)
    assert (known.names, known.hidden) == (("Cleo Somerville",), 1)


@pytest.mark.django_db
def test_nobody_follows_without_end(cleo, monkeypatch):
    monkeypatch.setattr(follows, "MOST_FOLLOWS", 2)
    authors = [make_author(f"Author {name}") for name in ("A", "B", "C")]
    follow(cleo, authors[0])
    follow(cleo, authors[1])
    with pytest.raises(TooManyFollows):
        follow(cleo, authors[2])
    assert follow(cleo, authors[1]) == 1
    assert Follow.objects.count() == 2


@pytest.mark.django_db
def test_the_same_words_are_one_search_and_no_words_are_none():
    first = saved_search(query="  graph\x00 neural\nnetworks ", now=START)
    assert first.query == "graph neural networks"
    assert saved_search(query="graph neural networks", now=START).pk == first.pk
    with pytest.raises(EmptySearch):
        saved_search(query=" \x00 ", now=START)


@pytest.mark.django_db
def test_the_database_refuses_a_second_follow_and_an_unknown_kind(cleo):
    row = {"user": cleo, "kind": "author", "target_id": 1, "followed_at": START}
    Follow.objects.create(**row)
    for wrong in (row, row | {"kind": "planet"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Follow.objects.create(**wrong)


@pytest.mark.django_db
def test_what_is_held_can_be_exported_and_forgotten(cleo, ben):
    ada = make_author("Ada Byron")
    follow(cleo, ada)
    follow(ben, ada)
    assert [row["name"] for row in export_user_data(cleo.pk)["follows"]] == ["Ada Byron"]
    erase_user_data(UserErased(cleo.pk, START))
    assert export_user_data(cleo.pk)["follows"] == []
    assert Followed.objects.get().followers_count == 1
    assert export_user_data(ben.pk)["follows"] != []
