"""Opening an account: by a code that works once, for whoever reads the mail and for nobody else."""

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.test import Client

from accounts.models import User
from tests.accounts.conftest import PASSWORD, log_in, without_secrets

pytestmark = pytest.mark.django_db

NEW = {"email": "Grace@Example.org", "name": " Grace \x07 Hopper "}


def sign_up(client: Client, data=NEW):
    return client.post("/accounts/signup/", data)


def confirm(client: Client, code: str):
    return client.post("/accounts/confirm-email/", {"code": code})


def is_logged_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_code_from_the_mail_opens_the_account_and_logs_in(client, code_in_mail):
    assert sign_up(client).headers["Location"] == "/accounts/confirm-email/"
    assert not is_logged_in(client)
    assert confirm(client, code_in_mail()).headers["Location"] == "/accounts/"
    user = User.objects.get(email="grace@example.org")
    assert is_logged_in(client)
    assert (user.name, user.has_usable_password()) == ("Grace Hopper", False)
    assert EmailAddress.objects.get(user=user).verified


def test_the_session_gets_a_new_key_when_it_becomes_somebody(client, code_in_mail):
    sign_up(client)
    before = client.session.session_key
    confirm(client, code_in_mail())
    assert client.session.session_key != before
    other = Client()
    other.cookies["sessionid"] = before
    assert other.get("/accounts/").status_code == 302


def test_a_code_works_once(client, code_in_mail):
    sign_up(client)
    code = code_in_mail()
    confirm(client, code)
    client.logout()
    assert confirm(client, code).status_code == 302
    assert not is_logged_in(client)


def test_a_code_is_worth_nothing_after_ten_minutes(client, code_in_mail):
    with time_machine.travel("2026-11-22T12:00:00Z", tick=False) as clock:
        sign_up(client)
        clock.shift(601)
        confirm(client, code_in_mail())
    assert not is_logged_in(client)
    assert not EmailAddress.objects.filter(email="grace@example.org", verified=True).exists()


def test_the_third_wrong_code_ends_it_and_the_right_one_comes_too_late(client, code_in_mail):
    sign_up(client)
    for _ in range(3):
        confirm(client, "AAAA-AAAA")
    confirm(client, code_in_mail())
    assert not is_logged_in(client)


def test_the_code_of_another_account_opens_nothing(client, code_in_mail):
    other = Client()
    sign_up(other, {"email": "other@example.org"})
    code = code_in_mail()
    sign_up(client)
    assert confirm(client, code).status_code == 200
    assert not is_logged_in(client)


def test_signing_up_with_a_taken_address_looks_the_same_and_tells_its_owner(proved_ada):
    fresh, taken = Client(), Client()
    answers = [sign_up(fresh), sign_up(taken, {"email": "ADA@example.org", "name": "Mallory"})]
    assert {(a.status_code, a.headers["Location"]) for a in answers} == {(302, "/accounts/confirm-email/")}
    pages = [c.get("/accounts/confirm-email/") for c in (fresh, taken)]
    texts = [without_secrets(page.content.decode(), "grace@example.org", "ada@example.org") for page in pages]
    assert texts[0] == texts[1]
    assert [m.to for m in mail.outbox] == [["grace@example.org"], ["ada@example.org"]]
    assert "already has an account" in mail.outbox[1].body
    assert User.objects.filter(email="ada@example.org").count() == 1
    proved_ada.refresh_from_db()
    assert proved_ada.name == "Ada Byron"


def test_who_signed_up_with_your_address_has_no_way_in_once_you_proved_it(client, code_in_mail):
    """An account that somebody else prepared: with a provider's account of theirs, and with a password."""
    squatted = User.objects.create_user("grace@example.org", PASSWORD)
    EmailAddress.objects.create(user=squatted, email=squatted.email, primary=True, verified=False)
    SocialAccount.objects.create(user=squatted, provider="orcid", uid="0000-0002-1825-0097")
    client.post("/accounts/login/code/", {"email": "grace@example.org"})
    client.post("/accounts/login/code/confirm/", {"code": code_in_mail()})
    assert is_logged_in(client)
    assert not SocialAccount.objects.exists()
    squatter = Client()
    log_in(squatter, squatted)
    assert not is_logged_in(squatter)


def test_the_form_needs_its_token():
    strict = Client(enforce_csrf_checks=True)
    assert sign_up(strict).status_code == 403
    assert not User.objects.exists()
    assert mail.outbox == []
