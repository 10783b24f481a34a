"""Logging in by password and by code, and what an attacker gets from trying."""

import pytest
import time_machine
from django.core import mail
from django.test import Client

from tests.accounts.conftest import PASSWORD, log_in, without_secrets

pytestmark = pytest.mark.django_db

UNKNOWN = "nobody@example.org"


def is_logged_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def ask_for_code(client: Client, email: str):
    return client.post("/accounts/login/code/", {"email": email})


def give_code(client: Client, code: str):
    return client.post("/accounts/login/code/confirm/", {"code": code})


def test_the_right_password_logs_in_whatever_the_case_of_the_address(client, proved_ada):
    response = client.post("/accounts/login/", {"login": "ADA@Example.org", "password": PASSWORD})
    assert response.headers["Location"] == "/accounts/"
    assert is_logged_in(client)


def test_a_session_that_was_given_to_somebody_is_not_theirs_after_login(client, proved_ada):
    client.get("/accounts/login/")
    client.post("/accounts/login/code/", {"email": UNKNOWN})
    fixed = client.session.session_key
    client.post("/accounts/logout/")
    log_in(client, proved_ada)
    assert client.session.session_key != fixed
    thief = Client()
    thief.cookies["sessionid"] = fixed
    assert thief.get("/accounts/").status_code == 302


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(proved_ada):
    known, unknown = Client(), Client()
    first = known.post("/accounts/login/", {"login": proved_ada.email, "password": "wrong"})
    second = unknown.post("/accounts/login/", {"login": UNKNOWN, "password": "wrong"})
    assert first.status_code == second.status_code == 200
    texts = [without_secrets(r.content.decode(), proved_ada.email, UNKNOWN) for r in (first, second)]
    assert texts[0] == texts[1]


def test_asking_for_a_code_looks_the_same_for_known_and_unknown(proved_ada):
    known, unknown = Client(), Client()
    answers = [ask_for_code(known, proved_ada.email), ask_for_code(unknown, UNKNOWN)]
    assert {(a.status_code, a.headers["Location"]) for a in answers} == {(302, "/accounts/login/code/confirm/")}
    pages = [c.get("/accounts/login/code/confirm/").content.decode() for c in (known, unknown)]
    assert len({without_secrets(p, proved_ada.email, UNKNOWN) for p in pages}) == 1
    for tries in range(1, 4):
        wrong = [give_code(c, "AAAA-AAAA") for c in (known, unknown)]
        assert wrong[0].status_code == wrong[1].status_code == (200 if tries < 3 else 302)
    assert [m.to for m in mail.outbox] == [[proved_ada.email], [UNKNOWN]]


def test_asking_for_a_new_password_looks_the_same_for_known_and_unknown(proved_ada):
    known, unknown = Client(), Client()
    answers = [
        c.post("/accounts/password/reset/", {"email": e}) for c, e in ((known, proved_ada.email), (unknown, UNKNOWN))
    ]
    assert {(a.status_code, a.headers["Location"]) for a in answers} == {(302, "/accounts/password/reset/confirm/")}
    pages = [c.get("/accounts/password/reset/confirm/").content.decode() for c in (known, unknown)]
    assert len({without_secrets(p, proved_ada.email, UNKNOWN) for p in pages}) == 1
    assert len(mail.outbox) == 2


def test_an_empty_code_does_not_pass_where_no_code_was_made(client):
    ask_for_code(client, UNKNOWN)
    for empty in ("", " ", "-", "\x00"):
        give_code(client, empty)
    assert not is_logged_in(client)


def test_a_code_logs_in_once_and_in_the_browser_that_asked_alone(client, proved_ada, code_in_mail):
    ask_for_code(client, proved_ada.email)
    code = code_in_mail()
    other = Client()
    give_code(other, code)
    assert not is_logged_in(other)
    give_code(client, code)
    assert is_logged_in(client)
    client.post("/accounts/logout/")
    give_code(client, code)
    assert not is_logged_in(client)


def test_a_code_of_another_account_does_not_log_in(client, proved_ada, proved_cleo, code_in_mail):
    other = Client()
    ask_for_code(other, proved_cleo.email)
    code = code_in_mail()
    ask_for_code(client, proved_ada.email)
    give_code(client, code)
    assert not is_logged_in(client)


def test_an_old_code_and_a_fourth_try_fail(client, proved_ada, code_in_mail):
    with time_machine.travel("2026-11-22T12:00:00Z", tick=False) as clock:
        ask_for_code(client, proved_ada.email)
        clock.shift(601)
        give_code(client, code_in_mail())
        assert not is_logged_in(client)
        ask_for_code(client, proved_ada.email)
        for _ in range(3):
            give_code(client, "AAAA-AAAA")
        give_code(client, code_in_mail())
    assert not is_logged_in(client)


def test_a_new_code_takes_the_place_of_the_old_one(client, proved_ada, code_in_mail):
    ask_for_code(client, proved_ada.email)
    old = code_in_mail()
    client.post("/accounts/login/code/confirm/", {"action": "resend"})
    assert code_in_mail() != old
    give_code(client, old)
    assert not is_logged_in(client)
    give_code(client, code_in_mail())
    assert is_logged_in(client)


def test_a_new_password_by_code_ends_all_other_sessions_and_is_told_by_mail(client, proved_ada, code_in_mail):
    elsewhere = Client()
    log_in(elsewhere, proved_ada)
    client.post("/accounts/password/reset/", {"email": proved_ada.email})
    client.post("/accounts/password/reset/confirm/", {"code": code_in_mail()})
    new = {"password1": "a wholly new secret", "password2": "a wholly new secret"}
    client.post("/accounts/password/reset/complete/", new)
    assert is_logged_in(client)
    assert elsewhere.get("/accounts/").status_code == 302
    assert mail.outbox[-1].to == [proved_ada.email]
    assert "Your password has been reset" in mail.outbox[-1].body


def test_nobody_is_sent_to_another_site_after_login(proved_ada):
    for target in (
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "https:evil.example",
    ):
        client = Client()
        response = client.post("/accounts/login/", {"login": proved_ada.email, "password": PASSWORD, "next": target})
        assert response.headers["Location"] == "/accounts/", target
        assert is_logged_in(client)


def test_one_gets_back_to_the_page_one_came_from(client, proved_ada):
    response = client.post(
        "/accounts/login/", {"login": proved_ada.email, "password": PASSWORD, "next": "/search/?q=x"}
    )
    assert response.headers["Location"] == "/search/?q=x"


def test_no_account_page_is_kept_by_a_cache(client, proved_ada):
    assert "no-store" in client.get("/accounts/login/").headers["Cache-Control"]
    client.force_login(proved_ada)
    assert "no-store" in client.get("/accounts/").headers["Cache-Control"]


def test_a_login_form_without_its_token_does_nothing(proved_ada):
    strict = Client(enforce_csrf_checks=True)
    assert log_in(strict, proved_ada).status_code == 403
    assert not is_logged_in(strict)


def test_a_closed_account_lets_nobody_in(client, proved_ada, code_in_mail):
    proved_ada.is_active = False
    proved_ada.save()
    log_in(client, proved_ada)
    ask_for_code(client, proved_ada.email)
    assert not is_logged_in(client)
    assert "No account" in mail.outbox[-1].body
