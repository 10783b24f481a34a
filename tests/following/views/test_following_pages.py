"""The pages of following: each person's own, and nobody else's."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client

from accounts.services.notices import notify
from following.models import Follow, Preference, Reader
from following.services.settings import unsubscribe_token
from tests.factories.record import make_author, make_topic
from tests.following.happenings import DAY, START, arrive, derive, follow

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def author(db):
    return make_author("Ada Byron")


def press(client, author, wants="follow", **more):
    return client.post("/follow/", {"target": author.public_id, "wants": wants}, **more)


def test_one_press_follows_and_another_gives_up(client, cleo, author):
    client.force_login(cleo)
    response = press(client, author)
    assert (response.status_code, response["Location"]) == (302, author.get_absolute_url())
    page = client.get(author.get_absolute_url()).content.decode()
    assert "Following" in page
    assert "You follow Ada Byron." in page
    press(client, author, "unfollow")
    assert not Follow.objects.exists()


def test_with_htmx_only_the_button_comes_back_with_its_new_count(client, cleo, author):
    client.force_login(cleo)
    answer = press(client, author, **HTMX).content.decode()
    assert "<html" not in answer
    assert 'value="unfollow"' in answer
    assert '<span class="n">1</span>' in answer
    assert "csrfmiddlewaretoken" in answer


def test_a_stranger_is_sent_to_log_in_and_nothing_is_followed(client, author):
    assert press(client, author)["Location"].startswith("/accounts/login/")
    page = client.get(author.get_absolute_url()).content.decode()
    assert f"/follow/?target={author.public_id}" in page
    asked = client.get(f"/follow/?target={author.public_id}")
    assert asked["Location"].startswith("/accounts/login/?next=/follow/")
    assert not Follow.objects.exists()


@pytest.mark.parametrize("next_url", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_a_press_leads_nowhere_else(client, cleo, author, next_url):
    client.force_login(cleo)
    response = client.post("/follow/", {"target": author.public_id, "next": next_url})
    assert response["Location"] == author.get_absolute_url()


def test_what_is_not_there_cannot_be_followed(client, cleo, author):
    client.force_login(cleo)
    for target in (
        "",
        "Axxxxxxx",
        "Q999",
        "Qx",
        "Zbcdfgh",
        "A" * 5_000,
        author.public_id.replace("A", "T", 1),
    ):
        assert client.post("/follow/", {"target": target}).status_code == 404, target
    assert not Follow.objects.exists()


def test_cleo_sees_and_changes_nothing_of_what_ada_follows(client, ada, cleo, author):
    follow(ada, author)
    arrive("Told to Ada alone", authors=[author])
    derive()
    notify(user=ada, kind="test", key="1", message="For Ada alone", url="/feed/", now=START)
    client.force_login(cleo)
    row = Follow.objects.get()
    for url in (
        "/feed/",
        f"/feed/?of={author.public_id}",
        "/following/",
        "/notifications/",
        "/notifications/preview/",
    ):
        page = client.get(url).content.decode()
        assert "alone" not in page, url
        assert not ("/following/" in url and "Ada Byron" in page), url
    assert client.post("/following/", {"follow": row.pk, "shows": "1"}).status_code == 404
    client.post("/notifications/", {})
    client.post("/feed/", {"seen": "999"})
    row.refresh_from_db()
    assert not row.shows
    assert ada.notices.filter(seen_at=None).count() > 0
    assert not Reader.objects.filter(user=ada, seen_event_id__gt=0).exists()


def test_the_feed_asks_at_most_eight_queries_however_much_is_followed(client, cleo, django_assert_max_num_queries):
    authors = [make_author(f"Author {n}") for n in range(12)]
    for author in authors:
        follow(cleo, author)
    for number in range(30):
        arrive(f"Work {number}", authors=[authors[number % 12], authors[(number + 1) % 12]])
    derive()
    client.force_login(cleo)
    for url in ("/feed/", "/feed/?sort=relevant", "/feed/?kind=work&unseen=1"):
        client.get(url)
        with django_assert_max_num_queries(8):
            page = client.get(url).content.decode()
        assert "Work 29" in page


def test_an_event_that_much_leads_to_names_the_most_telling_and_counts_the_rest(client, cleo):
    authors = [make_author(f"Author {n}") for n in range(9)]
    topic = make_topic("Looms")
    for thing in (topic, *authors):
        follow(cleo, thing)
    arrive("By two", authors=authors[:2])
    arrive("By many", authors=authors, topics=[topic])
    derive()
    client.force_login(cleo)
    for sort in ("newest", "relevant"):
        many = client.get(f"/feed/?sort={sort}").content.decode().partition('<p class="because">')[2]
        because, _, rest = many.partition("</p>")
        assert [f"Author {n}</a>" in because for n in range(9)] == [False] + [True] * 3 + [False] * 5
        assert because.endswith("</a> and 6 more")
        assert "more</p>" not in rest


def test_every_event_is_reached_page_by_page_once(client, cleo, author):
    follow(cleo, author)
    for number in range(45):
        arrive(f"Work number {number}.", authors=[author], at=START + DAY + number * DAY / 48)
    derive()
    client.force_login(cleo)
    for sort in ("newest", "relevant"):
        url, text = f"/feed/?sort={sort}", ""
        for _page in range(20):
            response = client.get(url)
            text += response.content.decode()
            following = response.context["page"].next_address
            if not following:
                break
            url = f"/feed/{following}"
        assert [text.count(f">Work number {n}.<") for n in range(45)] == [1] * 45, sort
    assert client.get("/feed/?after=nonsense")["Location"] == "/feed/"
    assert client.get("/feed/?sort=relevant&after=nan~5")["Location"] == "/feed/?sort=relevant"


def test_what_is_seen_is_no_longer_new(client, cleo, author):
    follow(cleo, author)
    arrive("The first", authors=[author])
    derive()
    client.force_login(cleo)
    first = client.get("/feed/")
    assert 'class="mark"' in first.content.decode()
    client.post("/feed/", {"seen": first.context["page"].latest_id})
    assert 'class="mark"' not in client.get("/feed/").content.decode()
    assert "The first" not in client.get("/feed/?unseen=1").content.decode()
    client.post("/feed/", {"seen": "0"})
    assert 'class="mark"' not in client.get("/feed/").content.decode()
    assert client.post("/feed/", {"seen": "x"}).status_code == 400


def test_how_much_is_unseen_stands_in_the_masthead_for_one_query(client, cleo, author, django_assert_num_queries):
    client.force_login(cleo)
    client.get("/notifications/")
    for number in range(3):
        notify(user=cleo, kind="test", key=str(number), message="New", url="/feed/", now=START)
    page = client.get("/numbers/").content.decode()
    assert '<span class="count-new" title="not seen yet">3</span>' in page
    client.post("/notifications/")
    assert 'class="count-new"' not in client.get("/numbers/").content.decode()
    assert "/notifications/" not in Client().get("/numbers/").content.decode()


def test_hostile_names_run_nowhere(client, cleo):
    hostile = '"><script>alert(1)</script>'
    author, topic = make_author(hostile), make_topic(hostile)
    follow(cleo, author)
    follow(cleo, topic)
    arrive(hostile, authors=[author], topics=[topic])
    derive()
    client.force_login(cleo)
    client.post("/follow/", {"words": hostile, "wants": "follow"})
    pages = ["/feed/", "/following/", "/notifications/", f"/follow/?words={hostile}", f"/search/?q={hostile}"]
    for url in (*pages, "/notifications/preview/"):
        page = client.get(url).content.decode()
        assert "<script>alert" not in page, url


def test_settings_are_kept_and_nonsense_is_refused(client, cleo):
    client.force_login(cleo)
    chosen = {
        "time_zone": "Asia/Tokyo",
        "digest_hour": "7",
        "digest_weekday": "4",
        "work": "daily",
        "citation": "never",
        "page_news": "weekly",
        "moved": "at_once",
        "retraction": "at_once",
    }
    assert client.post("/notifications/settings/", chosen).status_code == 302
    reader = Reader.objects.get(user=cleo)
    assert (reader.time_zone, reader.digest_hour, reader.digest_weekday) == ("Asia/Tokyo", 7, 4)
    assert set(Preference.objects.values_list("event_kind", "cadence")) == {
        ("work", "daily"),
        ("citation", "never"),
    }
    for wrong in ({"time_zone": "../../etc/passwd"}, {"digest_hour": "25"}, {"work": "hourly"}):
        assert client.post("/notifications/settings/", chosen | wrong).status_code == 200
    reader.refresh_from_db()
    assert reader.time_zone == "Asia/Tokyo"


def test_a_mail_program_stops_mail_with_one_click_and_a_person_is_asked(cleo, ada):
    url = f"/notifications/unsubscribe/{unsubscribe_token(user_id=cleo.pk, cadence='weekly')}/"
    client = Client(enforce_csrf_checks=True)
    asked = client.get(url)
    assert (asked.status_code, Preference.objects.count()) == (200, 0)
    assert cleo.email not in asked.content.decode()
    done = client.post(url, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert done.status_code == 200
    assert set(Preference.objects.values_list("user", "cadence")) == {(cleo.pk, "never")}
    before = Preference.objects.count()
    for wrong in (url[:-3] + "xx/", "/notifications/unsubscribe/1/"):
        assert client.post(wrong).status_code == 404
    assert Preference.objects.count() == before


def test_only_the_owner_of_a_page_sees_names_of_followers(client, cleo, ben, author):
    follow(cleo, author)
    Follow.objects.update(shows=True)
    for user in (None, ben, cleo):
        one = Client()
        if user:
            one.force_login(user)
        page = one.get(author.get_absolute_url()).content.decode()
        assert "Cleo Somerville" not in page.replace("You follow", "")


@pytest.mark.django_db(transaction=True)
def test_a_burst_of_fifty_presses_is_cut_off(cleo, rate_limited):
    author = make_author("Ada Byron")
    client = Client()
    client.force_login(cleo)

    def one(number: int) -> int:
        try:
            own = Client()
            own.cookies = client.cookies
            return press(own, author, ("follow", "unfollow")[number % 2]).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as pool:
        statuses = list(pool.map(one, range(60)))
    assert set(statuses) == {302, 429}
    assert 40 <= statuses.count(302) <= 48
