"""Strangers who try to lock an owner out: what they use up is theirs, and the owner gets in."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts import auth_policy
from accounts.forms import ProviderSignUpForm
from accounts.known_devices import COOKIE
from common import rate_limits
from tests.accounts.conftest import PASSWORD, log_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rate_limited")]


def wrong_password(login: str, address: str, client: Client | None = None, **more) -> int:
    sent = {"login": login, "password": "wrong"} | more
    return (client or Client()).post("/accounts/login/", sent, REMOTE_ADDR=address).status_code


def ask_for_code(email: str, address: str, client: Client | None = None, **more) -> int:
    sent = {"email": email} | more
    return (client or Client()).post("/accounts/login/code/", sent, REMOTE_ADDR=address).status_code


def give_code(client: Client, code: str, address: str = "198.51.100.9"):
    return client.post("/accounts/login/code/confirm/", {"code": code}, REMOTE_ADDR=address)


def is_logged_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.fixture
def locked(proved_ada):
    """Strangers have used up every try with Ada's account: passwords and codes."""
    assert 429 in [wrong_password(proved_ada.email, f"203.0.113.{n}") for n in range(1, 13)]
    assert 429 in [ask_for_code(proved_ada.email, f"203.0.113.{n}") for n in range(1, 8)]
    return proved_ada


@pytest.fixture
def known(proved_ada) -> Client:
    """A browser that Ada has logged in with before, and out again."""
    browser = Client()
    log_in(browser, proved_ada)
    browser.post("/accounts/logout/")
    assert not is_logged_in(browser)
    return browser


def test_a_known_browser_gets_in_by_password_whatever_strangers_tried(known, locked):
    assert log_in(known, locked).status_code == 302
    assert is_logged_in(known)


def test_a_known_browser_gets_in_by_code_whatever_strangers_asked_for(known, locked, code_in_mail):
    assert ask_for_code(locked.email, "198.51.100.9", known) == 302
    give_code(known, code_in_mail())
    assert is_logged_in(known)


def test_a_known_browser_has_ten_tries_of_its_own_and_no_more(known, proved_ada):
    tries = [wrong_password(proved_ada.email, f"198.51.100.{n}", known) for n in range(1, 13)]
    assert tries == [200] * 10 + [429] * 2


def test_a_browser_known_for_one_account_is_a_stranger_to_all_others(known, proved_cleo):
    for n in range(1, 13):
        wrong_password(proved_cleo.email, f"203.0.113.{n}")
    assert wrong_password(proved_cleo.email, "198.51.100.9", known) == 429


@pytest.mark.parametrize("value", ["", "x", "e30:1abc:xyz", "a" * 5000])
def test_a_forged_cookie_makes_no_browser_known(locked, value):
    browser = Client()
    browser.cookies[COOKIE] = value
    assert wrong_password(locked.email, "198.51.100.9", browser) == 429


def test_the_cookie_lets_nobody_in_and_names_nobody(known, proved_ada):
    cookie = known.cookies[COOKIE]
    assert proved_ada.email not in cookie.value
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    thief = Client()
    thief.cookies[COOKIE] = cookie.value
    assert thief.get("/accounts/").status_code == 302


def test_a_right_password_from_an_unknown_browser_counts_and_asks_for_a_code_by_mail(locked, code_in_mail):
    browser = Client()
    response = log_in(browser, locked)
    assert response.headers["Location"].startswith("/accounts/login/code/confirm/")
    assert not is_logged_in(browser)
    give_code(browser, code_in_mail())
    assert is_logged_in(browser)


def test_who_guesses_the_password_beyond_the_limit_still_has_no_session(locked):
    thief = Client()
    log_in(thief, locked)
    for page in ("/accounts/", "/accounts/email/", "/feed/"):
        assert thief.get(page).status_code == 302
    for code in ("AAAA-AAAA", "", "0000-0000", "BBBB-BBBB"):
        give_code(thief, code)
    assert not is_logged_in(thief)


def test_mails_for_right_passwords_are_few_too(locked):
    mail.outbox.clear()
    answers = []
    for n in range(8):
        sent = {"login": locked.email, "password": PASSWORD}
        answers.append(Client().post("/accounts/login/", sent, REMOTE_ADDR=f"192.0.2.{n}").status_code)
    assert answers == [302] * 5 + [429] * 3
    assert len(mail.outbox) == 5


def test_a_link_in_each_mail_makes_the_owners_new_browser_known(locked, code_in_mail):
    link = re.search(r"(/accounts/known-device/\S+)", str(mail.outbox[-1].body))[1]
    browser = Client()
    assert ask_for_code(locked.email, "198.51.100.9", browser) == 429
    assert browser.get(link).headers["Location"] == "/accounts/login/code/"
    assert not is_logged_in(browser)
    assert ask_for_code(locked.email, "198.51.100.9", browser) == 302
    give_code(browser, code_in_mail())
    assert is_logged_in(browser)


@pytest.mark.parametrize("token", ["x", "MQ:1abc:xyz", "1"])
def test_a_forged_link_makes_no_browser_known(client, token):
    response = client.get(reverse("accounts:know_device", args=[token]))
    assert response.status_code == 404
    assert COOKIE not in response.cookies


def test_a_code_that_was_sent_stays_usable_whatever_strangers_do_from_the_very_same_address(proved_ada, code_in_mail):
    browser, address = Client(), "198.51.100.9"
    ask_for_code(proved_ada.email, address, browser)
    code = code_in_mail()
    for n in range(40):
        give_code(Client(), f"AAAA-{n:04}", address)
        wrong_password(proved_ada.email, address)
        ask_for_code(proved_ada.email, f"203.0.113.{n}")
    give_code(browser, code, address)
    assert is_logged_in(browser)


def four_dozen_addresses_try(rf, guard) -> int:
    """Each ten times, each time another account; returns how often they were refused."""
    refused = 0
    for address in (f"203.0.113.{n}" for n in range(1, 49)):
        request = rf.post("/", REMOTE_ADDR=address)
        request.user = AnonymousUser()
        for n in range(10):
            refused += not rate_limits.check(request, guard.limit, account=f"{n} {address}").is_allowed
    return refused


def test_four_dozen_addresses_do_not_close_logging_in_for_everybody(rf, known, proved_ada, proved_cleo):
    assert four_dozen_addresses_try(rf, auth_policy.PASSWORD) > 0, "and what they have together is limited"
    stranger = Client()
    assert log_in(stranger, proved_cleo).status_code == 302
    assert is_logged_in(stranger)
    assert log_in(known, proved_ada).status_code == 302


def test_four_dozen_addresses_do_not_close_codes_and_sign_up_for_everybody(rf, proved_cleo, code_in_mail):
    assert four_dozen_addresses_try(rf, auth_policy.SEND) > 0
    browser = Client()
    assert ask_for_code(proved_cleo.email, "198.51.100.9", browser) == 302
    give_code(browser, code_in_mail())
    assert is_logged_in(browser)
    sent = {"email": "new@example.org", "name": "New"}
    assert Client().post("/accounts/signup/", sent, REMOTE_ADDR="198.51.100.10").status_code == 302


def test_a_field_that_is_not_the_forms_does_not_dodge_the_limit_on_mails():
    for n in range(8):
        address = f"192.0.2.{n}"
        ask_for_code("ada@example.org", address, login=f"junk{n}@example.org")
        sent = {"email": "ADA@example.org", "login": f"junk{n}@x.org", "username": f"{n}"}
        Client().post("/accounts/password/reset/", sent, REMOTE_ADDR=address)
        Client().post("/accounts/signup/", sent, REMOTE_ADDR=address)
    assert len(mail.outbox) == 5


def test_a_field_that_is_not_the_forms_does_not_dodge_the_limit_on_passwords(proved_ada):
    tries = [wrong_password(proved_ada.email, f"203.0.113.{n}", email=f"junk{n}@example.org") for n in range(1, 13)]
    assert tries == [200] * 10 + [429] * 2


def test_other_spellings_of_an_address_do_not_dodge_the_limit_on_mails():
    spellings = [
        "ada@example.org",
        "ADA@EXAMPLE.ORG",
        " ada@example.org ",
        "ada+1@example.org",
        "Ada+x@example.org",
    ]
    for n in range(10):
        ask_for_code(spellings[n % 5], f"192.0.2.{n}")
    assert len(mail.outbox) == 5


def test_adding_anothers_address_to_ones_account_sends_no_more_mails_than_that(proved_cleo, proved_ada):
    for n in range(4):
        ask_for_code("victim@example.org", f"192.0.2.{n}")
    for user in (proved_ada, proved_cleo):
        browser = Client()
        log_in(browser, user)
        for _ in range(3):
            browser.post("/accounts/email/", {"action_add": "", "email": "victim@example.org"})
            browser.post("/accounts/email/", {"action_remove": "", "email": "victim@example.org"})
    assert len([sent for sent in mail.outbox if sent.to == ["victim@example.org"]]) == 5


@pytest.mark.parametrize("route", [name for name, guard in auth_policy.GUARDS.items() if guard.reads_address])
def test_the_field_of_each_limit_is_in_the_routes_own_form(route, proved_cleo):
    browser = Client()
    if route == "account_email":
        log_in(browser, proved_cleo)
    guard = auth_policy.GUARDS[route]
    if route == "socialaccount_signup":
        assert guard.field in ProviderSignUpForm.base_fields
    else:
        assert f'name="{guard.field}"' in browser.get(reverse(route)).content.decode()
