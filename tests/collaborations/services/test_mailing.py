"""Invitations and conversations in a digest: for those who chose it, each once, and only what still waits."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from accounts.models import Notice, OutgoingMail
from accounts.services import sending
from accounts.services.notices import mark_seen
from collaborations.models import Choice, Message
from collaborations.selectors.user_data import export_user_data
from collaborations.services.blocking import block, choose
from collaborations.services.messages import mark_read, say
from collaborations.services.responses import decline_invitation, withdraw_invitation
from collaborations.services.responses import mark_seen as mark_invitation_seen
from following.services import digests
from following.services.settings import unsubscribe, unsubscribe_token
from papers.models import Author
from tests.factories.together import NOON, send, talk
from tests.following.happenings import DAY, arrive, derive, follow

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)  # the day after NOON, which is a Sunday
NEXT_DAY = MONDAY + DAY


def turn(at: datetime) -> list[str]:
    """A tick of the beat; the texts of the mails that there are then."""
    digests.plan_digests(now=at)
    digests.write_digests(now=at, most=100)
    sending.send_waiting(clock=lambda: at, most=100)
    return [str(message.body) for message in mail.outbox]


def wants(user, cadence: str, at: datetime = NOON - DAY) -> None:
    choose(user=user, is_suggested=True, mail=cadence, now=at)


@pytest.mark.parametrize("cadence", ["daily", "weekly"])
def test_a_waiting_invitation_is_a_line_of_the_digest_and_no_mail_of_its_own(ada, ada_page, ben, ben_page, cadence):
    wants(ben, cadence)
    sent = send(ada, ben_page)
    assert turn(NOON + HOUR) == []
    assert Notice.objects.filter(user=ben).count() == 1
    (text,) = turn(MONDAY + HOUR)
    assert "Working together:" in text
    assert (
        "- Ada Byron sent you an invitation: Write a paper together. An answer is awaited until Dec. 22, 2026." in text
    )
    assert f"/collaborations/invitations/{sent.key}/" in text
    assert (mail.outbox[0].to, mail.outbox[0].subject[:38]) == (
        [ben.email],
        "Ada Byron sent you an invitation: Writ",
    )
    html = mail.outbox[0].alternatives[0].content
    for body in (text, html):
        assert sent.text not in body
        assert ada.email not in body
        assert "You get this because you chose a digest." in body
    assert len(turn(MONDAY + 14 * DAY)) == 1


def test_at_once_stays_as_it_was_and_is_in_no_digest_chosen_later(ada, ada_page, ben, ben_page):
    send(ada, ben_page)
    assert len(turn(NOON)) == 1
    wants(ben, "daily", NOON + HOUR)
    assert len(turn(MONDAY + HOUR)) == 1


def test_one_digest_says_what_is_followed_and_who_invites(ada, ada_page, ben, ben_page, cleo_page):
    wants(ben, "weekly")
    follow(ben, cleo_page, at=NOON - 2 * DAY)
    arrive("A new work", authors=[cleo_page], at=NOON, published=NOON.date())
    derive(NOON)
    send(ada, ben_page)
    (text,) = turn(MONDAY + HOUR)
    assert text.index("Ada Byron sent you an invitation") < text.index("A new work")


def test_what_was_seen_answered_taken_back_or_blocked_meanwhile_is_not_said(ada, ada_page, ben, ben_page):
    for number, end in enumerate(
        (
            lambda row: mark_seen(user=ben, notice_ids=None, now=NOON),
            lambda row: mark_invitation_seen(invitation=row, now=NOON),
            lambda row: withdraw_invitation(invitation=row, by=ada, now=NOON),
            lambda row: decline_invitation(invitation=row, by=ben, now=NOON),
            lambda row: block(blocker=ben, blocked=ada, author=ada_page, now=NOON),
        )
    ):
        wants(ben, "daily")
        invitation = send(ada, ben_page)
        end(invitation)
        assert [text for text in turn(MONDAY + number * DAY) if "invitation" in text] == [], number
        Notice.objects.all().delete()
        invitation.delete()


def test_conversations_are_told_once_while_they_are_unread(ada, ada_page, ben, ben_page):
    for user in (ada, ben):
        wants(user, "daily")
    conversation = talk(ada, ben, ben_page, at=NOON)
    say(conversation=conversation, by=ben, text="Gladly. When?", now=NOON + 2 * HOUR)
    say(conversation=conversation, by=ben, text="Or by mail.", now=NOON + 3 * HOUR)
    (text,) = turn(MONDAY + HOUR)
    assert mail.outbox[0].to == [ada.email]
    assert [line for line in text.splitlines() if line.startswith("- ")] == [
        "- Ben Babbage accepted your invitation.",
        "- Ben Babbage wrote to you.",
    ]
    assert "Gladly" not in text
    assert len(turn(NEXT_DAY + HOUR)) == 1


def test_who_read_it_or_left_hears_nothing_of_it(ada, ada_page, ben, ben_page):
    conversation = talk(ada, ben, ben_page, at=NOON)
    wants(ada, "daily", NOON + HOUR)
    say(conversation=conversation, by=ben, text="Gladly.", now=NOON + 2 * HOUR)
    place = conversation.participants.get(user=ada)
    mark_read(participant=place, to=Message.objects.latest("pk").pk)
    turn(MONDAY + HOUR)
    assert [m.subject for m in mail.outbox if m.to == [ada.email]] == ["Ben Babbage accepted your invitation."]


def test_what_was_told_while_mail_was_off_is_in_no_digest(ada, ada_page, ben, ben_page, cleo, cleo_page):
    wants(ben, "never")
    send(ada, ben_page)
    wants(ben, "daily", NOON + HOUR)
    send(cleo, ben_page, at=NOON + 2 * HOUR)
    (text,) = turn(MONDAY + HOUR)
    assert "Cleo Somerville sent you" in text
    assert "Ada Byron sent you" not in text


def test_a_digest_that_was_not_written_leaves_its_lines_to_the_next(ada, ada_page, ben, ben_page, monkeypatch):
    wants(ben, "daily")
    send(ada, ben_page)
    digests.plan_digests(now=MONDAY)
    with monkeypatch.context() as patched:
        patched.setattr(digests, "write_mail", lambda **_more: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            digests.write_next(now=MONDAY)
    assert Notice.objects.get().mailed_at is None
    assert len(turn(MONDAY + HOUR)) == 1


def test_the_preview_says_it_and_takes_nothing(ada, ada_page, ben, ben_page, browser_of):
    wants(ben, "daily")
    send(ada, ben_page, at=NOON)
    page = browser_of(ben).get("/notifications/preview/?cadence=daily").content.decode()
    assert "Ada Byron sent you an invitation" in page
    assert "sent you" not in browser_of(ben).get("/notifications/preview/?cadence=weekly").content.decode()
    assert "sent you" not in browser_of(ada).get("/notifications/preview/?cadence=daily").content.decode()
    assert len(turn(MONDAY + HOUR)) == 1


def test_one_click_in_a_digest_stops_its_lines_too(ada, ada_page, ben, ben_page, client):
    wants(ben, "daily")
    send(ada, ben_page)
    turn(MONDAY + HOUR)
    link = mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>")
    assert client.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Choice.objects.get(user=ben).mail == "never"
    wants(ada, "weekly")
    unsubscribe(token=unsubscribe_token(user_id=ada.pk, cadence="daily"), now=NOON)
    assert Choice.objects.get(user=ada).mail == "weekly"


def test_a_hostile_name_is_text_in_the_digest(ada, ada_page, ben, ben_page):
    Author.objects.filter(pk=ada_page.pk).update(name='<img src=x onerror="alert(1)">')
    wants(ben, "daily")
    send(ada, ben_page)
    turn(MONDAY + HOUR)
    assert "<img" not in mail.outbox[0].alternatives[0].content
    assert "\n" not in mail.outbox[0].subject


def test_the_choice_is_made_on_a_page_and_is_nobody_elses(ben, cleo, browser_of):
    browser = browser_of(ben)
    assert 'value="at_once" selected' in browser.get("/collaborations/choices/").content.decode()
    browser.post("/collaborations/choices/", {"is_suggested": "on", "mail": "weekly"})
    assert export_user_data(ben.pk)["choices"] == {"is_suggested": True, "mail": "weekly"}
    assert browser.post("/collaborations/choices/", {"mail": "hourly"}).status_code == 200
    browser_of(cleo).post("/collaborations/choices/", {"mail": "never"})
    assert Choice.objects.get(user=ben).mail == "weekly"
    assert "/collaborations/choices/" in browser.get("/notifications/settings/").content.decode()
    assert not OutgoingMail.objects.exists()
