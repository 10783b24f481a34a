"""Events: derived from rows, once each, about what is new in the world and to the follower."""

from datetime import date

import pytest

from accounts.models import Notice
from following.models import Event, EventLink, Follow
from following.services import event_generation, follows
from following.services.events import record_page_news
from papers.models import Paper, PaperSearch
from papers.services.merging import merge_papers
from search.services.indexing import index_waiting_papers
from tests.factories.record import (
    make_author,
    make_category,
    make_citation,
    make_institution,
    make_topic,
    make_venue,
)
from tests.following.happenings import (
    DAY,
    NEW_DATE,
    START,
    arrive,
    count_events,
    derive,
    follow,
    heard,
    merge_author,
    touch,
)

pytestmark = pytest.mark.django_db


def test_a_follower_hears_of_new_work_by_and_on_and_at_and_in_what_they_follow(cleo):
    author, topic, place, venue = (
        make_author("Ada"),
        make_topic("Looms"),
        make_institution("Home"),
        make_venue("Acta"),
    )
    field = make_topic("Computing", category=make_category("cs.LO"))
    for thing in (author, topic, place, venue, field):
        follow(cleo, thing)
    arrive("By her", authors=[author])
    arrive("On it", topics=[topic])
    arrive("There", authors=[(make_author("Ben"), place)])
    arrive("In it", venue=venue)
    arrive("In the field", category=field.category)
    arrive("Of all of them", authors=[(author, place)], topics=[topic], venue=venue)
    arrive("Of none")
    derive()
    assert sorted(title for _kind, title in heard(cleo)) == [
        "By her",
        "In it",
        "In the field",
        "Of all of them",
        "On it",
        "There",
    ]


def test_deriving_again_and_importing_again_make_no_events(cleo):
    author = make_author("Ada")
    follow(cleo, author)
    paper = arrive(authors=[author])
    assert derive() == 1
    before = count_events()
    assert derive(START + 3 * DAY) == 0
    touch(paper, changed_at=START + 4 * DAY)
    assert derive(START + 5 * DAY) == 0
    assert event_generation.derive_again(now=START + 5 * DAY, days=3).links == 0
    assert count_events() == before
    assert Notice.objects.filter(user=cleo).count() == 1


@pytest.mark.parametrize(
    ("published", "precision", "is_news"),
    [
        (NEW_DATE, "D", True),
        (date(2026, 9, 10), "D", True),
        (date(2026, 8, 1), "D", False),
        (date(1998, 1, 1), "D", False),
        (date(2026, 10, 1), "M", True),
        (date(2026, 1, 1), "Y", False),
        (date(2026, 12, 24), "D", True),
        (date(2099, 1, 1), "D", False),
        (None, "", False),
    ],
)
def test_only_what_is_new_in_the_world_is_news(cleo, published, precision, is_news):
    author = make_author("Ada")
    follow(cleo, author)
    arrive(authors=[author], published=published, precision=precision)
    derive()
    assert bool(heard(cleo)) is is_news


def test_many_old_papers_make_no_flood(cleo):
    author = make_author("Ada")
    follow(cleo, author)
    for number in range(60):
        arrive(f"Old {number}", authors=[author], published=date(2001, 1, 1 + number % 28))
    assert derive() == 0
    assert count_events() == (0, 0)
    assert not Notice.objects.exists()


def test_what_was_seen_before_the_follow_began_is_not_heard(cleo, ben):
    author = make_author("Ada")
    follow(ben, author)
    arrive("Before", authors=[author])
    follow(cleo, author, START + 1.5 * DAY)
    arrive("After", authors=[author], at=START + 1.8 * DAY)
    derive()
    assert [title for _, title in heard(cleo)] == ["After"]
    assert sorted(title for _, title in heard(ben)) == ["After", "Before"]


def test_the_order_of_imports_does_not_matter(cleo):
    """The byline's author, the topic or the citation may be known before the work or after it."""
    author, topic = make_author("Ada"), make_topic("Looms")
    cited = arrive("Cited", at=START - 90 * DAY)
    for thing in (author, topic, cited):
        follow(cleo, thing)
    late = arrive("Topic known later", authors=[author])
    derive()
    late.paper_topics.create(topic=topic, score=0.5)
    make_citation(late, cited)
    touch(late, changed_at=START + 3 * DAY)
    derive(START + 4 * DAY)
    assert sorted(heard(cleo)) == [("citation", "Topic known later"), ("work", "Topic known later")]
    event = Event.objects.get(kind="work")
    assert set(event.links.values_list("kind", flat=True)) == {"author", "topic"}


def test_a_new_citation_of_a_followed_paper_is_told_once_and_an_old_one_never(cleo):
    cited, other = (arrive(name, at=START - 90 * DAY) for name in ("Cited", "Other"))
    follow(cleo, cited)
    follow(cleo, other)
    new, old = arrive("New"), arrive("Old", published=date(1999, 1, 1))
    for citing in (new, old):
        make_citation(citing, cited)
        make_citation(citing, other)
    derive()
    assert heard(cleo) == [("citation", "New")]
    assert EventLink.objects.filter(event_kind="citation").count() == 2


def test_a_retraction_is_told_to_those_of_the_paper_and_of_its_authors(cleo, ben):
    author = make_author("Ada")
    paper = arrive("Withdrawn", authors=[author], published=date(2015, 5, 5), at=START - 100 * DAY)
    known = arrive("Long withdrawn", authors=[author], published=date(2011, 5, 5), is_retracted=True)
    follow(cleo, paper)
    follow(ben, author)
    derive()
    touch(paper, is_retracted=True, changed_at=START + 3 * DAY)
    touch(known, changed_at=START + 3 * DAY)
    derive(START + 4 * DAY)
    derive(START + 5 * DAY)
    assert heard(cleo, START + 5 * DAY) == [("retraction", "Withdrawn")]
    assert heard(ben, START + 5 * DAY) == [("retraction", "Withdrawn")]


def test_papers_that_turn_out_to_be_one_are_one_event(cleo):
    author = make_author("Ada")
    follow(cleo, author)
    first, second = arrive("Preprint", authors=[author]), arrive("Article", authors=[author])
    derive()
    assert len(heard(cleo)) == 2
    merge_papers(merge_target_id=second.pk, merged_ids=[first.pk])
    Paper.objects.filter(pk__in=[first.pk, second.pk]).update(changed_at=START + 3 * DAY)
    derive(START + 4 * DAY)
    assert heard(cleo) == [("work", "Article")]


def test_a_follow_moves_along_with_a_merge_and_back_when_it_is_undone(cleo, ben):
    old, new = make_author("A. Byron"), make_author("Ada Byron")
    follow(cleo, old)
    follow(ben, old)
    follow(ben, new)
    arrive("By the old record", authors=[old])
    derive()
    merge_author(old, new)
    derive(START + 3 * DAY)
    assert set(Follow.objects.values_list("user__name", "target_id")) == {
        (cleo.name, new.pk),
        (ben.name, new.pk),
    }
    assert heard(cleo) == [("moved", "A. Byron → Ada Byron"), ("work", "By the old record")]
    assert Notice.objects.filter(user=cleo, kind="following.moved").count() == 1
    derive(START + 4 * DAY)
    assert Event.objects.filter(kind="moved").count() == 1
    merge_author(old, None)
    derive(START + 5 * DAY)
    assert Follow.objects.get(user=cleo).target_id == old.pk
    assert Follow.objects.get(user=ben).target_id == new.pk


def test_a_merge_is_told_to_nobody_but_those_whose_follow_moved(cleo, ben):
    old, new = make_author("A. Byron"), make_author("Ada Byron")
    follow(cleo, old)
    follow(ben, new)
    merge_author(old, new)
    derive()
    assert [kind for kind, _ in heard(cleo)] == ["moved"]
    assert heard(ben) == []


def test_a_followed_search_waits_for_the_full_text_and_then_finds_once(cleo):
    search = follows.saved_search(query='"jacquard loom"', now=START)
    follows.follow(user=cleo, kind="search", target_id=search.pk, now=START)
    paper = arrive("On the jacquard loom")
    arrive("On other things")
    PaperSearch.objects.filter(paper=paper).update(is_stale=True)
    derive()
    assert heard(cleo) == []
    index_waiting_papers()
    assert event_generation.match_searches(now=START + 2 * DAY) == 1
    assert event_generation.match_searches(now=START + 2 * DAY) == 0
    assert heard(cleo) == [("work", "On the jacquard loom")]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("loom year:2025-", ["On the loom"]),
        ("loom year:2019", []),
        ("author:byron", ["On engines"]),
        ("author:byron -engines", []),
        ("author:nobody loom", []),
    ],
)
def test_a_followed_search_with_filters_hears_of_what_they_let_through(cleo, query, found):
    search = follows.saved_search(query=query, now=START)
    follows.follow(user=cleo, kind="search", target_id=search.pk, now=START)
    arrive("On the loom")
    arrive("On engines", authors=[make_author("Ada Byron")])
    assert derive() == len(found)
    assert [title for _, title in heard(cleo)] == found


def test_news_of_a_page_is_told_once_to_its_followers(cleo, ben):
    author = make_author("Ada")
    follow(cleo, author)
    news = {"author_id": author.pk, "key": "bio-1", "text": "A new\r\nbiography", "url": "/authors/x/"}
    first = record_page_news(**news, now=START + DAY)
    assert record_page_news(**news, now=START + 2 * DAY).pk == first.pk
    assert heard(cleo) == [("page_news", "A new biography")]
    assert heard(ben) == []


def test_the_most_relevant_first_puts_people_before_fields_and_pages_fit_together(cleo):
    author, topic = make_author("Ada"), make_topic("Looms")
    follow(cleo, author)
    follow(cleo, topic)
    arrive("By her", authors=[author])
    for number in range(5):
        arrive(f"On it {number}", topics=[topic], at=START + DAY + number * DAY / 24)
    derive()
    assert heard(cleo, sort="relevant")[0] == ("work", "By her")
    assert heard(cleo)[-1] == ("work", "By her")


def test_a_reader_sees_a_part_of_the_feed_alone(cleo):
    author, topic = make_author("Ada"), make_topic("Looms")
    follow(cleo, author)
    follow(cleo, topic)
    arrive("By her", authors=[author])
    arrive("On it", topics=[topic])
    derive()
    assert heard(cleo, target=("topic", topic.pk)) == [("work", "On it")]
    assert heard(cleo, kind="citation") == []
