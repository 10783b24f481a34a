"""Taking an account by its e-mail addresses: whoever does not read the owner's mail gets nothing."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from accounts.models import User
from tests.accounts.conftest import log_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rate_limited")]
EMAIL = "/accounts/email/"


@pytest.fixture
def ada_in(proved_ada) -> Client:
    browser = Client()
    log_in(browser, proved_ada)
    return browser


@pytest.fixture
def left_open(ada_in) -> Client:
    """Ada's browser, a day after she logged in, with the thief before it."""
    session = ada_in.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 86_400
    session.save()
    return ada_in


def addresses(user: User) -> list[tuple[str, bool, bool]]:
    return sorted(EmailAddress.objects.filter(user=user).values_list("email", "verified", "primary"))


@pytest.mark.parametrize("act", ["action_add", "action_primary", "action_remove", "action_send"])
def test_a_browser_left_open_changes_no_address(left_open, proved_ada, act):
    EmailAddress.objects.create(user=proved_ada, email="second@example.org", verified=True)
    before = addresses(proved_ada)
    for email in ("thief@example.org", "second@example.org", proved_ada.email):
        response = left_open.post(EMAIL, {act: "", "email": email})
        assert "reauthenticate" in response.headers["Location"]
    assert addresses(proved_ada) == before
    assert User.objects.get(pk=proved_ada.pk).email == "ada@example.org"


def test_an_address_that_was_not_proved_becomes_neither_the_first_nor_a_way_in(ada_in, proved_ada):
    ada_in.post(EMAIL, {"action_add": "", "email": "new@example.org"})
    ada_in.post(EMAIL, {"action_primary": "", "email": "new@example.org"})
    assert User.objects.get(pk=proved_ada.pk).email == "ada@example.org"
    assert not EmailAddress.objects.filter(email="new@example.org", verified=True).exists()
    thief = Client()
    thief.post("/accounts/login/", {"login": "new@example.org", "password": "correct horse battery staple"})
    assert "_auth_user_id" not in thief.session


def test_anothers_address_is_not_taken_by_adding_it(ada_in, proved_ada, proved_cleo, code_in_mail):
    ada_in.post(EMAIL, {"action_add": "", "email": proved_cleo.email})
    ada_in.post(EMAIL, {"action_primary": "", "email": proved_cleo.email})
    assert addresses(proved_cleo) == [("cleo@example.org", True, True)]
    cleo = Client()
    cleo.post("/accounts/password/reset/", {"email": proved_cleo.email})
    cleo.post("/accounts/password/reset/confirm/", {"code": code_in_mail()})
    new = {"password1": "a wholly new secret", "password2": "a wholly new secret"}
    cleo.post("/accounts/password/reset/complete/", new)
    assert cleo.session["_auth_user_id"] == str(proved_cleo.pk)


def test_the_code_for_a_new_address_is_worth_nothing_in_another_browser(ada_in, proved_ada, proved_cleo, code_in_mail):
    ada_in.post(EMAIL, {"action_add": "", "email": "new@example.org"})
    code = code_in_mail()
    other = Client()
    log_in(other, proved_cleo)
    other.post("/accounts/confirm-email/", {"code": code})
    assert not EmailAddress.objects.filter(email="new@example.org", user=proved_cleo).exists()
    ada_in.post("/accounts/confirm-email/", {"code": code})
    assert EmailAddress.objects.get(email="new@example.org").user == proved_ada


def test_the_old_address_is_told_and_a_code_sent_to_it_before_lets_nobody_in_after(ada_in, proved_ada, code_in_mail):
    """The thief of an old mailbox asks for a code; the owner changes the address; the code comes too late."""
    thief = Client()
    thief.post("/accounts/login/code/", {"email": proved_ada.email})
    old_code = code_in_mail()
    ada_in.post(EMAIL, {"action_add": "", "email": "new@example.org"})
    ada_in.post("/accounts/confirm-email/", {"code": code_in_mail()})
    ada_in.post(EMAIL, {"action_primary": "", "email": "new@example.org"})
    assert User.objects.get(pk=proved_ada.pk).email == "new@example.org"
    told = [sent for sent in mail.outbox if "ada@example.org" in sent.to and "changed" in sent.subject.lower()]
    assert told
    ada_in.post(EMAIL, {"action_remove": "", "email": "ada@example.org"})
    assert addresses(proved_ada) == [("new@example.org", True, True)]
    thief.post("/accounts/login/code/confirm/", {"code": old_code})
    assert "_auth_user_id" not in thief.session
    assert addresses(proved_ada) == [("new@example.org", True, True)]


def test_a_password_code_sent_to_an_address_that_was_removed_sets_no_password(ada_in, proved_ada, code_in_mail):
    EmailAddress.objects.create(user=proved_ada, email="old@example.org", verified=True)
    thief = Client()
    thief.post("/accounts/password/reset/", {"email": "old@example.org"})
    code = code_in_mail()
    ada_in.post(EMAIL, {"action_remove": "", "email": "old@example.org"})
    before = User.objects.get(pk=proved_ada.pk).password
    thief.post("/accounts/password/reset/confirm/", {"code": code})
    new = {"password1": "a wholly new secret", "password2": "a wholly new secret"}
    thief.post("/accounts/password/reset/complete/", new)
    assert User.objects.get(pk=proved_ada.pk).password == before
    assert "_auth_user_id" not in thief.session
    assert not EmailAddress.objects.filter(email="old@example.org").exists()


@pytest.mark.parametrize(
    "look_alike",
    ["ada@example.org\x00", "ada@example.org\n", "ａda@example.org", "ada@exampLe.org ", "ADA@EXAMPLE.ORG"],
)
def test_a_look_alike_of_an_address_opens_no_second_account_of_it_and_mails_nobody_else(proved_ada, look_alike):
    Client().post("/accounts/signup/", {"email": look_alike, "name": "Thief"})
    Client().post("/accounts/password/reset/", {"email": look_alike})
    for sent in mail.outbox:
        if "code" in str(sent.body).lower() and "no account" not in str(sent.body):
            assert sent.to in (["ada@example.org"], ["ａda@example.org"])
    assert User.objects.filter(email__iexact="ada@example.org").count() == 1
