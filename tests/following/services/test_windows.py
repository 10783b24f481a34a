"""Pages of a feed: the same from a kept list as from everything, whatever happened since the list was made."""

import random
from collections.abc import Iterator
from datetime import timedelta
from math import log

import pytest

from common.hooks import UserErased
from following.models import Event, EventLink, Follow, KeptFeed, Reader
from following.selectors import windows as selectors
from following.selectors.window_sql import HALVED_IN, WEIGHTS
from following.selectors.windows import RELEVANT_FOR, Asked
from following.services import follows, windows
from following.services.events import record_page_news
from following.services.follow_merges import move_follows
from following.services.user_data import erase_user_data
from papers.services.merging import merge_papers
from tests.factories.record import make_author, make_topic
from tests.following.happenings import DAY, START, arrive, derive, follow, merge_author, touch

pytestmark = pytest.mark.django_db
NOW = START + 40 * DAY


@pytest.fixture
def lists(monkeypatch):
    """Lists for whoever follows anything, short ones, and not much merged into them."""
    monkeypatch.setattr(windows, "WORTH_KEEPING", 1)
    monkeypatch.setattr(windows, "KEPT_EVENTS", 9)
    monkeypatch.setattr(windows, "LOOKED_AT", 3)
    monkeypatch.setattr(selectors, "MOST_FRESH", 6)


def pages(user, now=NOW, size=4, **asked) -> Iterator[list[int]]:
    after = ""
    for _page in range(100):
        window = windows.window_of(user.pk, Asked(after=after, **asked), now=now, size=size)
        yield [found.event_id for found in window.found]
        if not window.cursor:
            return
        after = window.cursor


def listed(user, **more) -> list[int]:
    return [pk for page in pages(user, **more) for pk in page]


def expected(user, *, sort="newest", kind="", is_unseen=False, now=NOW) -> list[int]:
    """The same from every row, in Python."""
    mine = {(f.kind, f.target_id): f.followed_at for f in Follow.objects.filter(user=user)}
    seen = Reader.objects.filter(user=user).values_list("seen_event_id", flat=True).first() or 0
    links: dict[int, list[EventLink]] = {}
    for link in EventLink.objects.all():
        is_own = (link.kind, link.target_id) == ("person", user.pk)
        since = mine.get((link.kind, link.target_id))
        is_wanted = kind in {"", link.event_kind} and not (is_unseen and link.event_id <= seen)
        is_young = sort == "newest" or link.seen_at > now - RELEVANT_FOR
        if is_wanted and is_young and (is_own or (since is not None and since <= link.seen_at)):
            links.setdefault(link.event_id, []).append(link)
    if sort == "newest":
        return sorted(links, reverse=True)
    ranks = {
        pk: log(sum(WEIGHTS[link.kind] for link in of)) / log(2)
        + min(link.seen_at for link in of).timestamp() / HALVED_IN.total_seconds()
        for pk, of in links.items()
    }
    return sorted(links, key=lambda pk: (round(ranks[pk], 6), pk), reverse=True)


def assert_right(user) -> None:
    for asked in ({}, {"kind": "work"}, {"is_unseen": True}):
        for sort in ("newest", "relevant"):
            assert listed(user, sort=sort, **asked) == expected(user, sort=sort, **asked), (sort, asked)


def test_the_second_page_view_is_one_query_of_the_kept_list(cleo, lists, django_assert_num_queries):
    author = make_author("Ada Byron")
    follow(cleo, author)
    for number in range(8):
        arrive(f"Work {number}", authors=[author], at=START + (number + 1) * DAY)
    derive()
    for sort in ("newest", "relevant"):
        with django_assert_num_queries(2):
            first = windows.window_of(cleo.pk, Asked(sort=sort), now=NOW, size=4)
        with django_assert_num_queries(1):
            assert windows.window_of(cleo.pk, Asked(sort=sort), now=NOW, size=4) == first
        with django_assert_num_queries(1):
            windows.window_of(cleo.pk, Asked(sort=sort, after=first.cursor), now=NOW, size=4)
    assert_right(cleo)


def test_who_follows_little_and_hears_little_has_no_list(cleo):
    author = make_author("Ada Byron")
    follow(cleo, author)
    arrive(authors=[author])
    derive()
    assert len(listed(cleo, sort="relevant")) == 1
    assert not KeptFeed.objects.exists()


def test_new_events_stand_in_the_list_without_making_it_anew(cleo, lists, django_assert_num_queries):
    ada, ben = make_author("Ada Byron"), make_author("Ben Okoro")
    for author in (ada, ben):
        follow(cleo, author)
    old = arrive("Old", authors=[ada], at=START + DAY)
    derive()
    for sort in ("newest", "relevant"):
        listed(cleo, sort=sort)
    arrive("New", authors=[ada, ben], at=START + 3 * DAY)
    record_page_news(author_id=ben.pk, key="1", text="News", url="/", now=START + 4 * DAY)
    derive(START + 5 * DAY)
    made = set(KeptFeed.objects.values_list("sort", "made_at"))
    for sort in ("newest", "relevant"):
        with django_assert_num_queries(1):
            window = windows.window_of(cleo.pk, Asked(sort=sort), now=NOW)
        assert len(window.found) == 3
        assert window.found[-1].paper_id == old.pk
    assert_right(cleo)
    assert set(KeptFeed.objects.values_list("sort", "made_at")) == made
    for number in range(7):
        arrive(f"Flood {number}", authors=[ada], at=START + (6 + number) * DAY)
    derive(START + 20 * DAY)
    assert_right(cleo)


def test_giving_up_a_follow_takes_effect_at_once_and_following_again_does_too(cleo, lists):
    ada, ben = make_author("Ada Byron"), make_author("Ben Okoro")
    for author in (ada, ben):
        follow(cleo, author)
    for number in range(6):
        arrive(f"Work {number}", authors=[(ada, ben)[number % 2]], at=START + (number + 1) * DAY)
    both = arrive("Of both", authors=[ada, ben], at=START + 9 * DAY)
    derive(START + 10 * DAY)
    assert_right(cleo)
    follows.unfollow(user=cleo, kind="author", target_id=ben.pk)
    assert len(listed(cleo)) == 4
    assert_right(cleo)
    assert [f.targets_count for f in windows.window_of(cleo.pk, Asked(), now=NOW).found if f.paper_id == both.pk] == [1]
    follow(cleo, ben, at=START + 11 * DAY)
    assert len(listed(cleo, sort="relevant")) == 4
    arrive("Later", authors=[ben], at=START + 12 * DAY)
    derive(START + 13 * DAY)
    assert len(listed(cleo, sort="relevant")) == 5
    assert_right(cleo)


def test_what_a_given_up_follow_lifted_stands_where_it_belongs_on_a_later_page(cleo, lists):
    ada, ben = make_author("Ada Byron"), make_author("Ben Okoro")
    for author in (ada, ben):
        follow(cleo, author)
    arrive("Of both", authors=[ada, ben], at=START + 14.5 * DAY)
    for number in range(7):
        arrive(f"Work {number}", authors=[ada], at=START + (14 + number) * DAY)
    derive(START + 22 * DAY)
    assert listed(cleo, sort="relevant", size=2) == expected(cleo, sort="relevant")
    follows.unfollow(user=cleo, kind="author", target_id=ben.pk)
    first = windows.window_of(cleo.pk, Asked(sort="relevant"), now=NOW, size=2)
    assert len(first.found) == 2
    assert listed(cleo, sort="relevant", size=2) == expected(cleo, sort="relevant")


def test_what_comes_late_is_ranked_where_it_belongs_and_below_the_list_is_found_by_going_on(
    cleo, lists, django_assert_num_queries
):
    ada, topic = make_author("Ada Byron"), make_topic("Looms")
    for thing in (ada, topic):
        follow(cleo, thing)
    for number in range(14):
        arrive(f"Work {number}", authors=[ada], at=START + (10 + number) * DAY)
    derive(START + 25 * DAY)
    assert_right(cleo)
    for days in (2, 3, 11, 12, 20):
        late = arrive(f"Late {days}", authors=[ada], at=START + 26 * DAY)
        touch(late, created_at=START + days * DAY)
    derive(START + 27 * DAY)
    for sort in ("newest", "relevant"):
        assert listed(cleo, sort=sort, size=2) == expected(cleo, sort=sort)
    KeptFeed.objects.all().delete()
    assert_right(cleo)
    event = Event.objects.get(paper__title="Work 9")
    EventLink.objects.create(event=event, kind="topic", target_id=topic.pk, event_kind="work", seen_at=event.seen_at)
    with django_assert_num_queries(1):
        windows.window_of(cleo.pk, Asked(sort="relevant"), now=NOW, size=8)
    assert_right(cleo)


def test_a_list_made_beside_a_change_of_follows_heals_when_it_is_read(cleo, lists):
    ada, ben = make_author("Ada Byron"), make_author("Ben Okoro")
    for author in (ada, ben):
        follow(cleo, author)
    for number in range(6):
        arrive(f"Work {number}", authors=[ada, ben][: 1 + number % 2], at=START + (number + 1) * DAY)
    derive(START + 10 * DAY)
    assert_right(cleo)
    kept = list(KeptFeed.objects.values())
    follows.unfollow(user=cleo, kind="author", target_id=ben.pk)
    KeptFeed.objects.all().delete()
    KeptFeed.objects.bulk_create([KeptFeed(**row) for row in kept])
    assert_right(cleo)


def test_a_merge_brings_the_events_of_the_other_record_at_once(cleo, ben, lists):
    old, new, other = make_author("A. Byron"), make_author("Ada Byron"), make_author("Mary Cole")
    follow(ben, old)
    for author in (new, other):
        follow(cleo, author)
    for number in range(6):
        arrive(f"Old {number}", authors=[old], at=START + (number + 1) * DAY)
        arrive(f"New {number}", authors=[new], at=START + (number + 1) * DAY)
    derive(START + 10 * DAY)
    assert len(listed(cleo, sort="relevant")) == 6
    assert_right(cleo)
    merge_author(old, new)
    move_follows(now=START + 11 * DAY)
    for user in (cleo, ben):
        assert len([pk for pk in listed(user, sort="relevant") if Event.objects.get(pk=pk).paper_id]) == 12
        assert_right(user)
    merge_author(old, None)
    move_follows(now=START + 12 * DAY)
    for user in (cleo, ben):
        assert_right(user)


def test_papers_that_become_one_and_what_grows_old_leave_the_list(cleo, lists):
    author = make_author("Ada Byron")
    follow(cleo, author)
    papers = [arrive(f"Work {n}", authors=[author], at=START + (n + 1) * DAY) for n in range(6)]
    derive(START + 10 * DAY)
    assert_right(cleo)
    merge_papers(merge_target_id=papers[0].pk, merged_ids=[papers[1].pk])
    derive(START + 11 * DAY)
    assert len(listed(cleo, sort="relevant")) == 5
    assert_right(cleo)
    later = START + RELEVANT_FOR + 4 * DAY + timedelta(hours=1)
    assert len(listed(cleo, sort="relevant", now=later)) == len(expected(cleo, sort="relevant", now=later)) == 2
    assert len(listed(cleo, now=later)) == 5


def test_only_ones_own_list_is_read_and_it_goes_with_the_account(cleo, ben, lists):
    ada, other = make_author("Ada Byron"), make_author("Mary Cole")
    follow(cleo, ada)
    follow(ben, other)
    arrive("For Cleo", authors=[ada])
    arrive("For Ben", authors=[other])
    derive()
    for user in (cleo, ben):
        assert_right(user)
        assert len(listed(user)) == 1
    erase_user_data(UserErased(ben.pk, NOW))
    assert set(KeptFeed.objects.values_list("user", flat=True)) == {cleo.pk}
    assert windows.forget_unread(now=NOW + windows.KEPT_FOR) == 0
    assert windows.forget_unread(now=NOW + windows.KEPT_FOR + DAY) == 2


ACTS = ("arrive", "arrive", "arrive", "follow", "unfollow", "merge", "undo", "news", "see")


def happen(user, chance, at, authors, topics, merged: dict[int, int]) -> None:
    """One thing of all that changes a feed."""
    match chance.choice(ACTS):
        case "arrive":
            for number in range(chance.randint(1, 4)):
                arrive(
                    f"Work of {at:%d} {number}",
                    at=at + number * DAY / 10,
                    published=at.date(),
                    authors=chance.sample(authors, chance.randint(1, 4)),
                    topics=chance.sample(topics, 1),
                )
        case "follow":
            follow(user, chance.choice([*authors, *topics]), at=at)
        case "unfollow":
            follows.unfollow(user=user, kind="author", target_id=chance.choice(authors).pk)
        case "merge" if not merged:
            one, two = chance.sample(range(6), 2)
            merged[one] = two
            merge_author(authors[one], authors[two])
        case "undo" if merged:
            merge_author(authors[merged.popitem()[0]], None)
        case "news":
            record_page_news(author_id=chance.choice(authors).pk, key=f"{at}", text="N", url="/", now=at)
        case "see":
            latest = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 3
            Reader.objects.update_or_create(user=user, defaults={"seen_event_id": latest - 3})


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_in_whatever_order_every_page_is_right(cleo, ben, lists, seed):
    chance = random.Random(seed)
    authors = [make_author(f"Author {n} Byron") for n in range(6)]
    topics = [make_topic(f"Topic {n}") for n in range(2)]
    for thing in (*authors[:4], topics[0]):
        follow(cleo, thing)
    follow(ben, authors[5])
    merged: dict[int, int] = {}
    for step in range(1, 24):
        at = START + step * DAY
        happen(cleo, chance, at, authors, topics, merged)
        if chance.random() < 0.7:
            derive(at + DAY / 2)
        assert_right(cleo)
    assert len(listed(cleo)) > 10
