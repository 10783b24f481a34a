"""The pages as people use them: forms, words, budgets, hostile text, and what a blocked person sees."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import Notice, OutgoingMail
from collaborations.models import Invitation, Message, ModerationAction, Participant, Report
from collaborations.services.blocking import block
from collaborations.services.messages import say
from collaborations.services.moderation import decide_report
from common import clock
from common.richtext.markup import without_controls
from common.richtext.user_text import clean_typed
from papers.models import Author, Topic
from tests.conftest import person
from tests.factories.library import make_author, make_paper, make_topic
from tests.factories.together import NOON, WORDS, measure, open_up, own, send, talk

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> {{ 7|add:7 }} javascript:alert(3) \u202egnp.exe"


@pytest.fixture
def at():
    return clock.now() - timedelta(hours=3)


def form(**more) -> dict:
    return {"purpose": "co_author", "text": WORDS, "days": "30", "about": "", **more}


def test_an_invitation_is_written_read_answered_and_talked_about(ada, ada_page, ben, ben_page, browser_of):
    paper = make_paper("On engines", by=[ben_page, ada_page])
    make_paper("Shared", by=[ada_page, make_author("Carl")])
    topic = make_topic("Analytical engines")
    for page in (ada_page, ben_page):
        measure(page, level=3, topics=[(topic, 4)])
    ada_in, ben_in = browser_of(ada), browser_of(ben)
    shown = ada_in.get(f"/collaborations/invite/{ben_page.public_id}/").content.decode()
    assert "On engines" in shown
    assert "5 of 5 left" in shown
    answer = ada_in.post(f"/collaborations/invite/{ben_page.public_id}/", form(about=paper.public_id))
    assert answer.status_code == 302
    sent = Invitation.objects.get()
    assert (sent.paper, sent.sender_author, sent.receiver) == (paper, ada_page, ben)
    inbox = ben_in.get("/collaborations/").content.decode()
    assert "Ada Byron" in inbox
    page = ben_in.get(f"/collaborations/invitations/{sent.key}/").content.decode()
    for told in ("L3", "Analytical engines", "On engines", "<dd>1</dd>"):
        assert told in page
    gone_to = ben_in.post(f"/collaborations/invitations/{sent.key}/answer/", {"action": "accept"})["Location"]
    assert ben_in.post(gone_to, {"text": "With pleasure: see https://example.org/data and $x^2$"}).status_code == 302
    said = ada_in.get(gone_to).content.decode()
    assert '<a href="https://example.org/data" rel="nofollow ugc noopener noreferrer">' in said
    assert "<msup>" in said


def test_short_words_long_words_and_a_purpose_that_is_not_taken_are_refused_with_reasons(
    ada, ada_page, ben, ben_page, browser_of
):
    browser, path = browser_of(ada), f"/collaborations/invite/{ben_page.public_id}/"
    for wrong in (
        {"text": "Hi"},
        {"text": "x" * 1201},
        {"purpose": "nothing"},
        {"days": "9999"},
        {"about": "W1"},
    ):
        response = browser.post(path, form(**wrong))
        assert response.status_code == 200
        assert 'role="alert"' in response.content.decode()
    assert not Invitation.objects.exists()


def test_hostile_text_in_every_field_is_text_on_every_page_and_in_every_mail(
    ada, ada_page, ben, ben_page, dana, browser_of, at
):
    Author.objects.filter(pk=ada_page.pk).update(name=without_controls(HOSTILE)[:120])
    Topic.objects.create(name=without_controls(HOSTILE)[:80], key="hostile")
    sent = send(ada, ben_page, at=at, text=clean_typed(HOSTILE), topic=Topic.objects.get(key="hostile"))
    ben_in = browser_of(ben)
    pages = [ben_in.get("/collaborations/"), ben_in.get(f"/collaborations/invitations/{sent.key}/")]
    ben_in.post(f"/collaborations/invitations/{sent.key}/answer/", {"action": "accept"})
    place = Participant.objects.get(user=ada)
    talk_at = f"/collaborations/conversations/{place.conversation.key}/"
    browser_of(ada).post(talk_at, {"text": HOSTILE})
    message = Message.objects.order_by("-pk").first()
    pages += [ben_in.get(talk_at + more) for more in ("", "news/?after=0", f"report/{message.key}/", "thread/")]
    ben_in.post(f"{talk_at}report/{message.key}/", {"reason": "spam", "text": HOSTILE})
    pages += [ben_in.get("/collaborations/search/?q=alert"), ben_in.get("/collaborations/invitations/")]
    report = Report.objects.get()
    pages.append(browser_of(dana).get(reverse("admin:collaborations_report_change", args=[report.pk])))
    for page in pages:
        assert page.status_code == 200
        text = page.content.decode()
        assert "alert(1)" in text or "gnp" in text, page.request["PATH_INFO"]
        for mark in ("<script>alert", "<img src=x", "onerror=alert(2)>", 'href="javascript', "\u202e"):
            assert mark not in text, (mark, page.request["PATH_INFO"])
    for letter in OutgoingMail.objects.all():
        assert "<script>" not in letter.html
        assert "\n" not in letter.subject


def test_a_blocked_person_gets_the_answers_of_a_closed_one(ada, ada_page, ben, ben_page, cleo, cleo_page, browser_of):
    browser, path = browser_of(ada), f"/collaborations/invite/{ben_page.public_id}/"
    block(blocker=ben, blocked=ada, author=ada_page, now=NOON)
    blocked = browser.get(path), browser.post(path, form())
    ben.blocks_made.all().delete()
    ben.collaboration_preference.is_open = False
    ben.collaboration_preference.save()
    closed = browser.get(path), browser.post(path, form())

    def plain(response) -> str:
        lines = response.content.decode().splitlines()
        return "\n".join(line for line in lines if "nonce" not in line and "csrf" not in line)

    for one, other in zip(blocked, closed, strict=True):
        assert one.status_code == other.status_code
        assert plain(one) == plain(other)
    assert not Invitation.objects.exists()
    assert not Notice.objects.filter(user=ben).exists()


def test_the_blocker_no_longer_sees_the_invitation_and_its_sender_still_does(
    ada, ada_page, ben, ben_page, at, browser_of
):
    sent = send(ada, ben_page, at=at)
    ben_in = browser_of(ben)
    ben_in.post(f"/collaborations/block/{ada_page.public_id}/")
    assert "Ada Byron" not in ben_in.get("/collaborations/").content.decode()
    assert ben_in.get(f"/collaborations/invitations/{sent.key}/").status_code == 404
    assert ben_in.post(f"/collaborations/invitations/{sent.key}/answer/", {"action": "accept"}).status_code == 404
    assert "Take it back" in browser_of(ada).get(f"/collaborations/invitations/{sent.key}/").content.decode()
    listed = ben_in.get("/collaborations/choices/").content.decode()
    assert "Ada Byron" in listed
    ben_in.post("/collaborations/choices/", {"unblock": str(ben.blocks_made.get().pk)})
    assert ben_in.get(f"/collaborations/invitations/{sent.key}/").status_code == 200


def test_nobody_takes_back_anothers_block(ada, ada_page, ben, ben_page, cleo, browser_of):
    block(blocker=ben, blocked=ada, author=ada_page, now=NOON)
    pk = ben.blocks_made.get().pk
    for other in (ada, cleo):
        browser_of(other).post("/collaborations/choices/", {"unblock": str(pk)})
    assert ben.blocks_made.count() == 1


def test_the_open_page_asks_for_news_and_gets_only_what_is_new(
    ada, ada_page, ben, ben_page, at, browser_of, django_assert_max_num_queries
):
    conversation = talk(ada, ben, ben_page, at=at)
    browser = browser_of(ben)
    path = f"/collaborations/conversations/{conversation.key}/"
    assert 'hx-trigger="every 5s"' in browser.get(path).content.decode()
    last = conversation.messages.get().pk
    with django_assert_max_num_queries(5):
        assert browser.get(f"{path}news/?after={last}").status_code == 204
    say(conversation=conversation, by=ada, text="News!", now=clock.now())
    told = browser.get(f"{path}news/?after={last}").content.decode()
    assert "News!" in told
    assert told.count("<li") == 1
    assert Participant.objects.get(user=ben).unread == 0
    assert browser.get(f"{path}news/?after=x").status_code == 400


def test_an_export_holds_what_one_may_read(ada, ada_page, ben, ben_page, at, browser_of):
    conversation = talk(ada, ben, ben_page, at=at)
    say(conversation=conversation, by=ben, text="Zwei\nZeilen", now=at + timedelta(hours=2))
    path = f"/collaborations/conversations/{conversation.key}/export"
    data = json.loads(browser_of(ada).get(f"{path}.json").getvalue())
    assert [m["text"] for m in data["messages"]] == [WORDS, "Zwei\nZeilen"]
    assert "Ben Babbage" in browser_of(ada).get(f"{path}.txt").getvalue().decode()
    assert browser_of(ada).get(f"{path}.exe").status_code == 404


def test_a_full_inbox_is_paged_unread_first_in_a_budget_of_queries(
    ada, ada_page, ben, ben_page, at, browser_of, django_assert_max_num_queries
):
    keys = []
    measure(ada_page, level=4, trust=90)
    for number in range(30):
        conversation = talk(ada, ben, ben_page, at=at - timedelta(days=3 * (30 - number)))
        keys.append(conversation.key)
    for number in (3, 20):
        oldest = Participant.objects.get(user=ada, conversation__key=keys[number]).conversation
        say(conversation=oldest, by=ada, text=f"Unread {number}", now=at + timedelta(hours=2))
    browser = browser_of(ben)
    with django_assert_max_num_queries(14):
        page = browser.get("/collaborations/").content.decode()
    assert page.index("Unread 20") < page.index("Unread 3")
    assert page.count('class="row-link"') == 25
    earlier = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    rest = browser.get(f"/collaborations/{earlier}").content.decode()
    assert rest.count('class="row-link"') == 5
    assert browser.get("/collaborations/?after=nonsense")["Location"] == "/collaborations/"


def test_what_waits_is_said_beside_the_masthead_for_one_query(ada, ada_page, ben, ben_page, at, browser_of, client):
    send(ada, ben_page, at=at)
    assert "unread" in browser_of(ben).get("/numbers/").content.decode().split("</header>")[0]
    assert "unread" not in browser_of(ada).get("/numbers/").content.decode().split("</header>")[0]
    assert "/collaborations/" not in client.get("/numbers/").content.decode().split("</header>")[0]


def test_the_authors_page_says_what_an_invitation_needs(ada, ada_page, client, browser_of):
    path = f"/collaborations/invite/{ada_page.public_id}/"
    assert "Takes no invitations" in client.get(ada_page.get_absolute_url()).content.decode()
    open_up(ada)
    assert "Log in to invite" in client.get(ada_page.get_absolute_url()).content.decode()
    page = browser_of(person("new@example.org", "New")).get(path).content.decode()
    assert "claim your own first" in page


def test_who_could_i_work_with_names_its_reasons_and_leaves_out_who_does_not_want(
    ada, ada_page, ben, ben_page, cleo, browser_of, django_assert_max_num_queries
):
    engines, looms = make_topic("Engines"), make_topic("Looms")
    carl = make_author("Carl Common")
    make_paper("One", by=[ada_page, carl])
    make_paper("Two", by=[ben_page, carl])
    measure(ada_page, level=3, topics=[(engines, 5)])
    measure(ben_page, level=2, topics=[(engines, 3), (looms, 4)])
    famous = person("famous@example.org", "Famous")
    open_up(famous)
    own(famous, make_author("Very Famous"), level=4, trust=100)
    browser = browser_of(ada)
    with django_assert_max_num_queries(16):
        page = browser.get("/collaborations/people/").content.decode()
    for reason in ("same topics: Engines", "both wrote with Carl Common", "not written on: Looms"):
        assert reason in page
    assert "Very Famous" not in page
    browser_of(ben).post("/collaborations/choices/", {"mail": "at_once"})
    assert "Ben Babbage" not in browser.get("/collaborations/people/").content.decode()
    browser_of(ben).post("/collaborations/choices/", {"mail": "at_once", "is_suggested": "on"})
    assert "Ben Babbage" in browser.get("/collaborations/people/?for=talk").content.decode()
    Author.objects.filter(pk=carl.pk).update(is_listed=False)
    assert "Carl Common" not in browser.get("/collaborations/people/").content.decode()
    Author.objects.filter(pk=ben_page.pk).update(is_listed=False)
    assert "Ben Babbage" not in browser.get("/collaborations/people/").content.decode()
    assert browser.get(f"/collaborations/invite/{ben_page.public_id}/").status_code == 404
    Author.objects.filter(pk=ben_page.pk).update(is_listed=True)
    block(blocker=ben, blocked=ada, author=ada_page, now=NOON)
    assert "Ben Babbage" not in browser.get("/collaborations/people/").content.decode()


def test_a_curator_sees_the_reported_part_acts_and_cannot_browse(
    ada, ada_page, ben, ben_page, cleo, dana, at, browser_of
):
    conversation = talk(ada, ben, ben_page, at=at)
    when = at + timedelta(hours=2)
    for number in range(25):
        say(conversation=conversation, by=ben, text=f"early-{number}-", now=when)
    bad = say(conversation=conversation, by=ada, text="Pay me first", now=when)
    browser_of(ben).post(
        f"/collaborations/conversations/{conversation.key}/report/{bad.key}/",
        {"reason": "fraud", "also_block": "on", "text": "He did it <b>before</b>"},
    )
    say_no_more = ben.blocks_made.count()
    assert say_no_more == 1
    report = Report.objects.get()
    path = reverse("admin:collaborations_report_change", args=[report.pk])
    assert browser_of(cleo).get(path).status_code == 302
    curator = browser_of(dana)
    page = curator.get(path).content.decode()
    assert "Pay me first" in page
    assert "He did it &lt;b&gt;before&lt;/b&gt;" in page
    assert "early-20-" in page
    assert "early-1-" not in page
    for address in ("ada@example.org", "ben@example.org"):
        assert address not in page
    assert curator.post(path, {"kind": "limit", "reason": "x"}).status_code == 200
    assert not ModerationAction.objects.exists()
    assert curator.post(path, {"kind": "limit", "days": "5", "reason": "Fraud"}).status_code == 302
    assert ModerationAction.objects.get().by == dana
    assert "Curators decided" in browser_of(ada).get("/collaborations/rules/").content.decode()
    assert curator.get("/admin/collaborations/message/").status_code == 404
    assert curator.get("/admin/collaborations/conversation/").status_code == 404


def test_a_suspended_person_reads_and_is_told_why_nothing_is_sent(ada, ada_page, ben, ben_page, dana, at, browser_of):
    conversation = talk(ada, ben, ben_page, at=at)
    report = Report.objects.create(
        reporter=ben, about=ada, invitation=conversation.invitation, reason="spam", made_at=at
    )
    decide_report(report=report, kind=ModerationAction.Kind.SUSPEND, reason="Spam", by=dana, now=clock.now(), days=3)
    browser = browser_of(ada)
    page = browser.post(f"/collaborations/conversations/{conversation.key}/", {"text": "More"}, follow=True)
    assert "nothing was sent" in page.content.decode()
    assert conversation.messages.count() == 1
