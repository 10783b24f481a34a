"""Cleo guesses ids: every page answers her as if nothing were there, and nothing changes when she tries."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db.models import Model

from collaborations.models import Addition, Message
from collaborations.services.messages import say
from collaborations.services.participants import propose_person
from common import clock
from tests.conftest import person
from tests.factories.library import make_author
from tests.factories.together import open_up, own, send, talk

pytestmark = pytest.mark.django_db
SECRET = "the unpublished $E=mc^2$ draft"


def rows_of_everything() -> dict[str, list]:
    models = apps.get_app_config("collaborations").get_models()
    return {m.__name__: list(m._default_manager.order_by("pk").values()) for m in models if issubclass(m, Model)}


@pytest.fixture
def at(monkeypatch):
    """Now, for pages and rows alike."""
    return clock.now() - timedelta(hours=3)


@pytest.fixture
def conversation(ada, ada_page, ben, ben_page, at):
    conversation = talk(ada, ben, ben_page, at=at)
    say(conversation=conversation, by=ada, text=SECRET, now=at + timedelta(hours=2))
    return conversation


@pytest.fixture
def addition(conversation, ada, at) -> Addition:
    dora = person("dora@example.org", "Dora")
    open_up(dora)
    return propose_person(
        conversation=conversation,
        by=ada,
        author=own(dora, make_author("Dora Dee")),
        now=at + timedelta(hours=2),
    )


def guessed(conversation, addition: Addition, waiting, stranger_page) -> tuple[list[str], list[tuple[str, dict]]]:
    """Addresses to read and forms to send, all with the right ids."""
    message = Message.objects.get(text=SECRET)
    talk_at = f"/collaborations/conversations/{conversation.key}/"
    paths = [
        f"/collaborations/invitations/{conversation.invitation.key}/",
        f"/collaborations/invitations/{waiting.key}/",
        f"/collaborations/invitations/{waiting.key}/report/",
        f"/collaborations/joining/{addition.key}/",
        talk_at,
        f"{talk_at}news/?after=0",
        f"{talk_at}thread/",
        f"{talk_at}people/",
        f"{talk_at}export.txt",
        f"{talk_at}export.json",
        f"{talk_at}report/{message.key}/",
    ]
    posts = [
        (f"/collaborations/invitations/{waiting.key}/answer/", {"action": act})
        for act in ("accept", "decline", "withdraw")
    ]
    posts += [(f"{talk_at}change/", {"action": act}) for act in ("leave", "archive", "mute")]
    posts += [
        (f"/collaborations/joining/{addition.key}/", {"action": act}) for act in ("agree", "refuse", "join", "decline")
    ]
    posts += [
        (talk_at, {"text": "x"}),
        (f"{talk_at}thread/", {"subject": "x", "text": "x"}),
        (f"{talk_at}people/", {"person": stranger_page.public_id}),
        (f"{talk_at}report/{message.key}/", {"reason": "spam"}),
    ]
    return paths, posts


def test_a_stranger_gets_404_everywhere_and_changes_nothing(
    conversation, addition, ada, cleo, cleo_page, dana, at, browser_of
):
    page = make_author("Grace Hopper")
    waiting = send(ada, page, at=at)
    paths, posts = guessed(conversation, addition, waiting, cleo_page)
    before = rows_of_everything()
    for stranger in (cleo, dana):
        browser = browser_of(stranger)
        for path in paths:
            response = browser.get(path)
            assert response.status_code == 404, path
            assert b"draft" not in response.content, path
        for path, data in posts:
            assert browser.post(path, data).status_code == 404, path
        for path in (
            "/collaborations/",
            "/collaborations/invitations/",
            "/collaborations/search/?q=unpublished",
            "/api/",
        ):
            assert b"draft" not in browser.get(path).content, path
    assert rows_of_everything() == before


def test_without_an_account_everything_leads_to_the_entrance(client, conversation):
    for path in (
        "",
        "people/",
        "search/?q=x",
        f"conversations/{conversation.key}/",
        f"conversations/{conversation.key}/news/",
    ):
        response = client.get(f"/collaborations/{path}")
        assert response.status_code == 302
        assert "/accounts/login/" in response["Location"]


def test_one_side_cannot_use_the_other_sides_acts(conversation, ada, ben, ben_page, cleo, cleo_page, at, browser_of):
    sent = send(ada, cleo_page, at=at)
    browser_of(ada).post(f"/collaborations/invitations/{sent.key}/answer/", {"action": "accept"})
    browser_of(cleo).post(f"/collaborations/invitations/{sent.key}/answer/", {"action": "withdraw"})
    sent.refresh_from_db()
    assert sent.state == "sent"
    own_message = Message.objects.get(text=SECRET)
    talk_at = f"/collaborations/conversations/{conversation.key}/"
    assert browser_of(ada).get(f"{talk_at}report/{own_message.key}/").status_code == 404
    assert browser_of(ada).get(f"/collaborations/invitations/{sent.key}/report/").status_code == 404


def test_someone_who_joined_later_reads_nothing_from_before_in_any_form(
    conversation, ada, ben, cleo, cleo_page, at, browser_of
):
    when = at + timedelta(hours=2)
    added = propose_person(conversation=conversation, by=ada, author=cleo_page, now=when)
    browser_of(ben).post(f"/collaborations/joining/{added.key}/", {"action": "agree"})
    browser = browser_of(cleo)
    assert "Ben Babbage" in browser.get(f"/collaborations/joining/{added.key}/").content.decode()
    browser.post(f"/collaborations/joining/{added.key}/", {"action": "join"})
    talk_at = f"/collaborations/conversations/{conversation.key}/"
    early = Message.objects.get(text=SECRET)
    for path in ("", "?before=999999999", "news/?after=0", "export.txt", "export.json"):
        response = browser.get(talk_at + path)
        assert response.status_code == 200, path
        content = response.getvalue() if response.streaming else response.content
        assert b"draft" not in content, path
    assert browser.get(f"{talk_at}report/{early.key}/").status_code == 404


def test_no_page_shows_an_address(conversation, ada, ben, ben_page, browser_of, at):
    browser = browser_of(ben)
    for path in (
        "",
        "people/",
        "invitations/",
        f"conversations/{conversation.key}/",
        f"conversations/{conversation.key}/export.txt",
        f"invitations/{conversation.invitation.key}/",
    ):
        response = browser.get(f"/collaborations/{path}")
        content = response.getvalue() if response.streaming else response.content
        assert b"ada@example.org" not in content, path
