"""An attacker who has the password, or the mailbox, and not the second factor: no way round it gets in."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client

from tests.accounts.conftest import PASSWORD, log_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rate_limited")]

OPEN_TO_USERS = ("/accounts/", "/accounts/email/", "/feed/", "/claims/", "/accounts/data/", "/admin/")


def totp_code(secret: str, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


@pytest.fixture
def secret(proved_ada) -> str:
    made = generate_totp_secret()
    TOTP.activate(proved_ada, made)
    RecoveryCodes.activate(proved_ada)
    return made


@pytest.fixture
def half_way(proved_ada, secret) -> Client:
    """The thief after the right password, before the second step."""
    thief = Client()
    assert log_in(thief, proved_ada).headers["Location"] == "/accounts/2fa/authenticate/"
    return thief


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session or client.get("/accounts/").status_code == 200


def test_a_login_half_way_opens_no_page_and_no_form(half_way):
    for path in OPEN_TO_USERS:
        assert half_way.get(path).status_code in {302, 403, 404}, path
    for path, sent in (
        ("/accounts/2fa/totp/deactivate/", {}),
        ("/accounts/2fa/recovery-codes/generate/", {}),
        ("/accounts/2fa/webauthn/add/", {"name": "x", "credential": "{}"}),
        ("/accounts/2fa/reauthenticate/", {"code": "000000"}),
        ("/accounts/reauthenticate/", {"password": PASSWORD}),
        ("/accounts/reauthenticate/code/send/", {}),
        ("/accounts/password/set/", {"password1": "another secret 1", "password2": "another secret 1"}),
        ("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": "another 1x", "password2": "another 1x"}),
        ("/accounts/email/", {"action_add": "", "email": "thief@example.org"}),
        ("/accounts/data/delete/", {"sure": "on"}),
    ):
        half_way.post(path, sent)
        assert not is_in(half_way), path
    assert Authenticator.objects.count() == 2


def test_going_round_by_every_other_way_in_asks_for_the_second_step_too(half_way, proved_ada, code_in_mail):
    thief = Client()
    thief.post("/accounts/login/code/", {"email": proved_ada.email})
    thief.post("/accounts/login/code/confirm/", {"code": code_in_mail()})
    assert not is_in(thief)
    new = {"password1": "a wholly new secret", "password2": "a wholly new secret"}
    for browser in (thief, half_way, Client()):
        browser.post("/accounts/password/reset/", {"email": proved_ada.email})
        browser.post("/accounts/password/reset/confirm/", {"code": code_in_mail()})
        browser.post("/accounts/password/reset/complete/", new)
        assert not is_in(browser)
        log_in(browser, proved_ada, new["password1"])
        assert not is_in(browser)


def test_a_known_browser_and_a_right_password_beyond_the_limit_still_need_the_second_step(
    proved_ada, secret, code_in_mail
):
    for n in range(1, 13):
        sent = {"login": proved_ada.email, "password": "wrong"}
        Client().post("/accounts/login/", sent, REMOTE_ADDR=f"203.0.113.{n}")
    thief = Client()
    assert "/login/code/confirm/" in log_in(thief, proved_ada).headers["Location"]
    thief.post("/accounts/login/code/confirm/", {"code": code_in_mail()})
    assert not is_in(thief)
    thief.post("/accounts/2fa/authenticate/", {"code": totp_code(secret)})
    assert is_in(thief)
    thief.post("/accounts/logout/")
    log_in(thief, proved_ada)
    assert not is_in(thief), "a browser that is known saves nobody the second step"


@pytest.mark.parametrize("code", ["", " ", "000000", "0" * 400, "\x00", "null", "-1", "１２３４５６"])
def test_no_odd_text_is_a_code(half_way, code):
    half_way.post("/accounts/2fa/authenticate/", {"code": code})
    assert not is_in(half_way)


def test_the_codes_of_another_account_and_of_other_times_are_none(half_way, secret, proved_cleo):
    others = generate_totp_secret()
    TOTP.activate(proved_cleo, others)
    cleos = RecoveryCodes.activate(proved_cleo).get_unused_codes()[0]
    for code in (totp_code(others), cleos, totp_code(secret, 20), totp_code(secret, -20)):
        half_way.post("/accounts/2fa/authenticate/", {"code": code})
        assert not is_in(half_way)


def test_a_half_way_session_does_not_turn_into_another_persons(half_way, proved_cleo):
    """Cleo's own second step, in the thief's browser, lets in Cleo alone or nobody."""
    others = generate_totp_secret()
    TOTP.activate(proved_cleo, others)
    log_in(half_way, proved_cleo)
    half_way.post("/accounts/2fa/authenticate/", {"code": totp_code(others)})
    assert half_way.session.get("_auth_user_id") in {None, str(proved_cleo.pk)}


SHAPED = (
    '{"id":"eA","rawId":"eA","type":"public-key","response":'
    '{"clientDataJSON":"eA","authenticatorData":"eA","signature":"eA","userHandle":"eA"}}'
)


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "null",
        "[]",
        "1",
        "{",
        '{"id":"x"}',
        '{"id":"x","type":"public-key"}',
        '{"rawId":1,"response":{}}',
        SHAPED,
        "[" * 5000,
        SHAPED.replace("eA", "²"),
        SHAPED.replace('"eA"', "null"),
    ],
)
def test_a_passkey_that_is_not_ones_own_logs_nobody_in_and_none_breaks_a_page(half_way, text):
    for path in ("/accounts/2fa/webauthn/login/", "/accounts/2fa/authenticate/"):
        assert half_way.post(path, {"credential": text}).status_code in {200, 302}
        assert not is_in(half_way), path


@pytest.mark.parametrize("text", ["{}", "null", '{"id":"x"}', SHAPED])
def test_nor_does_one_pass_as_a_proof_or_a_new_key(proved_cleo, text):
    browser = Client()
    log_in(browser, proved_cleo)
    browser.get("/accounts/2fa/webauthn/add/")
    sent = {"credential": text, "name": "x"}
    for path in ("/accounts/2fa/webauthn/add/", "/accounts/2fa/webauthn/reauthenticate/"):
        assert browser.post(path, sent).status_code in {200, 302, 404}
    assert not Authenticator.objects.exists()
