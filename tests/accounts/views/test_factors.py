"""Second factors, and the proof that changing them asks for."""

import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core import mail
from django.test import Client

from tests.accounts.conftest import log_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rate_limited")]

NOW = "2026-11-22T12:00:10Z"


def totp_code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def is_logged_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.fixture
def secret(proved_ada) -> str:
    made = generate_totp_secret()
    TOTP.activate(proved_ada, made)
    RecoveryCodes.activate(proved_ada)
    return made


def second_step(client: Client, code: str):
    return client.post("/accounts/2fa/authenticate/", {"code": code})


def test_a_password_alone_is_not_enough(client, proved_ada, secret):
    assert log_in(client, proved_ada).headers["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/accounts/").status_code == 302
    assert not is_logged_in(client)
    second_step(client, totp_code(secret))
    assert is_logged_in(client)


def test_nor_is_a_code_by_mail(client, proved_ada, secret, code_in_mail):
    client.post("/accounts/login/code/", {"email": proved_ada.email})
    client.post("/accounts/login/code/confirm/", {"code": code_in_mail()})
    assert not is_logged_in(client)


def test_nor_is_a_new_password(client, proved_ada, secret, code_in_mail):
    client.post("/accounts/password/reset/", {"email": proved_ada.email})
    client.post("/accounts/password/reset/confirm/", {"code": code_in_mail()})
    new = {"password1": "a wholly new secret", "password2": "a wholly new secret"}
    client.post("/accounts/password/reset/complete/", new)
    assert not is_logged_in(client)


@pytest.mark.parametrize("redis_is_there", [True, False])
def test_an_authenticators_code_works_once(proved_ada, secret, settings, redis_is_there):
    if not redis_is_there:
        settings.REDIS_URL = "redis://127.0.0.1:1/0"
        settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    first, second = Client(), Client()
    with time_machine.travel(NOW, tick=False):
        for client in (first, second):
            log_in(client, proved_ada)
            second_step(client, totp_code(secret))
    assert is_logged_in(first)
    assert not is_logged_in(second)


def test_the_code_of_half_a_minute_ago_is_too_old(client, proved_ada, secret):
    with time_machine.travel(NOW, tick=False) as clock:
        log_in(client, proved_ada)
        old = totp_code(secret)
        clock.shift(31)
        second_step(client, old)
    assert not is_logged_in(client)


def test_a_recovery_code_works_once(proved_ada, secret):
    code = RecoveryCodes(Authenticator.objects.get(user=proved_ada, type="recovery_codes")).get_unused_codes()[0]
    first, second = Client(), Client()
    with time_machine.travel(NOW, tick=False) as clock:
        log_in(first, proved_ada)
        second_step(first, code)
        clock.shift(600)
        log_in(second, proved_ada)
        second_step(second, code)
    assert is_logged_in(first)
    assert not is_logged_in(second)


def test_guessing_codes_ends_after_ten_from_many_addresses(client, proved_ada, secret):
    log_in(client, proved_ada)
    answers = [
        client.post("/accounts/2fa/authenticate/", {"code": f"{n:06}"}, REMOTE_ADDR=f"192.0.2.{n}").status_code
        for n in range(12)
    ]
    assert answers == [200] * 10 + [429] * 2


@pytest.fixture
def long_ago(client, proved_ada):
    """Ada logged in an hour ago and left the browser open."""
    with time_machine.travel(time.time() - 3600):
        log_in(client, proved_ada)
    return client


SENSITIVE = [
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/2fa/recovery-codes/generate/",
    "/accounts/2fa/recovery-codes/",
    "/accounts/2fa/recovery-codes/download/",
]


@pytest.mark.parametrize("path", SENSITIVE)
def test_what_is_sensitive_asks_who_is_there(long_ago, path):
    for answer in (long_ago.get(path), long_ago.post(path)):
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/accounts/reauthenticate/?next=")
    assert not Authenticator.objects.exists()


def test_the_last_factor_is_not_deleted_by_whoever_finds_the_browser_open(proved_ada, secret, client):
    with time_machine.travel(time.time() - 3600, tick=False):
        log_in(client, proved_ada)
        second_step(client, totp_code(secret))
    assert client.post("/accounts/2fa/totp/deactivate/").status_code == 302
    assert Authenticator.objects.filter(user=proved_ada, type="totp").exists()
    client.post("/accounts/reauthenticate/", {"password": "correct horse battery staple"})
    client.post("/accounts/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=proved_ada).exists()
    assert "deactivated" in mail.outbox[-1].body
    assert mail.outbox[-1].to == [proved_ada.email]


def test_addresses_are_neither_added_nor_removed_without_proof(long_ago, proved_ada):
    for data in (
        {"action_add": "", "email": "mallory@example.org"},
        {"action_remove": "", "email": proved_ada.email},
    ):
        assert long_ago.post("/accounts/email/", data).headers["Location"].startswith("/accounts/reauthenticate/")
    assert [a.email for a in proved_ada.emailaddress_set.all()] == [proved_ada.email]
    assert mail.outbox == []


def test_who_has_neither_password_nor_factor_proves_it_by_a_code(long_ago, proved_ada, code_in_mail):
    proved_ada.set_unusable_password()
    proved_ada.save()
    with time_machine.travel(time.time() - 3600):
        long_ago.post("/accounts/login/code/", {"email": proved_ada.email})
        long_ago.post("/accounts/login/code/confirm/", {"code": code_in_mail()})
    page = "/accounts/password/set/"
    new = {"password1": "a wholly new secret", "password2": "a wholly new secret"}
    asked = long_ago.post(page, new).headers["Location"]
    assert asked == "/accounts/reauthenticate/code/?next=%2Faccounts%2Fpassword%2Fset%2F"
    proved_ada.refresh_from_db()
    assert not proved_ada.has_usable_password()
    long_ago.post("/accounts/reauthenticate/code/send/", {"next": page})
    code = code_in_mail()
    assert long_ago.post(asked, {"code": "AAAA-AAAA", "next": page}).status_code == 200
    assert long_ago.post(asked, {"code": code, "next": page}).headers["Location"] == page
    assert long_ago.post(asked, {"code": code, "next": page}).status_code in {200, 302}
    long_ago.post(page, new)
    proved_ada.refresh_from_db()
    assert proved_ada.has_usable_password()


def test_a_code_by_mail_is_no_proof_for_those_who_have_a_stronger_one(long_ago, proved_ada):
    long_ago.post("/accounts/reauthenticate/code/send/")
    assert mail.outbox == []
    assert long_ago.get("/accounts/reauthenticate/code/").headers["Location"] == "/accounts/reauthenticate/"


def test_others_keys_cannot_be_touched(client, proved_ada, proved_cleo):
    key = Authenticator.objects.create(user=proved_ada, type="webauthn", data={})
    log_in(client, proved_cleo)
    client.post("/accounts/reauthenticate/", {"password": "correct horse battery staple"})
    for path in ("remove", "edit"):
        assert client.post(f"/accounts/2fa/webauthn/keys/{key.pk}/{path}/", {"name": "x"}).status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()
