"""How often one may try: counted in one step, by address, by account and for all, whatever headers are forged."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.db import connection
from django.test import Client

from accounts import auth_policy
from common.rate_limits import RateLimit
from common.web import client_address
from tests.accounts.conftest import PASSWORD, log_in

pytestmark = pytest.mark.usefixtures("rate_limited")


def try_password(client: Client, *, email: str = "ada@example.org", address: str = "203.0.113.5", **headers) -> int:
    return client.post(
        "/accounts/login/", {"login": email, "password": "wrong"}, REMOTE_ADDR=address, **headers
    ).status_code


def statuses(times: int, **how) -> list[int]:
    return [try_password(Client(), **how) for _ in range(times)]


@pytest.mark.django_db
def test_the_eleventh_try_from_one_address_is_refused_in_our_dress_and_says_when_to_come_back(client):
    assert statuses(10, email="x@example.org") == [200] * 10
    response = client.post("/accounts/login/", {"login": "y@example.org", "password": "w"}, REMOTE_ADDR="203.0.113.5")
    assert response.status_code == 429
    assert 1 <= int(response.headers["Retry-After"]) <= 60
    assert b"Too many requests" in response.content
    assert b'class="masthead"' in response.content


@pytest.mark.django_db
def test_one_account_is_guarded_against_many_addresses_and_its_owner_can_still_use_a_code(proved_ada, client):
    assert [try_password(Client(), address=f"203.0.113.{n}") for n in range(1, 13)] == [200] * 10 + [429] * 2
    assert client.post("/accounts/login/code/", {"email": proved_ada.email}).status_code == 302
    assert mail.outbox[0].to == [proved_ada.email]


@pytest.mark.django_db
def test_a_forged_forwarding_header_gains_nothing(client):
    forged = [try_password(client, HTTP_X_FORWARDED_FOR=f"198.51.100.{n}", email=f"{n}@x.org") for n in range(12)]
    assert forged == [200] * 10 + [429] * 2


@pytest.mark.django_db
def test_behind_a_proxy_of_ours_only_what_it_wrote_itself_counts(settings):
    settings.TRUSTED_PROXY_COUNT = 1
    forged = [
        try_password(Client(), HTTP_X_FORWARDED_FOR=f"198.51.100.{n}, 192.0.2.7", email=f"{n}@x.org") for n in range(12)
    ]
    assert forged == [200] * 10 + [429] * 2
    assert try_password(Client(), HTTP_X_FORWARDED_FOR="192.0.2.8", email="z@x.org") == 200


@pytest.mark.django_db
def test_an_ipv6_network_of_64_bits_is_one_address():
    inside = [try_password(Client(), address=f"2001:db8::{n:x}", email=f"{n}@x.org") for n in range(1, 13)]
    assert inside == [200] * 10 + [429] * 2
    assert try_password(Client(), address="2001:db8:0:1::1", email="z@x.org") == 200


@pytest.mark.django_db(transaction=True)
def test_fifty_logins_at_once_overrun_the_limit_by_nothing(proved_ada):
    def attempt(_number: int) -> int:
        try:
            return try_password(Client())
        finally:
            connection.close()

    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(attempt, range(50)))
    assert answers.count(200) == 10
    assert answers.count(429) == 40


@pytest.mark.django_db(transaction=True)
def test_fifty_codes_at_once_are_three_tries(proved_ada):
    asking = Client()
    asking.post("/accounts/login/code/", {"email": proved_ada.email})
    key = asking.cookies["sessionid"].value

    def attempt(number: int) -> int:
        client = Client()
        client.cookies["sessionid"] = key
        try:
            return client.post(
                "/accounts/login/code/confirm/",
                {"code": f"AAAA-{number:04}"},
                REMOTE_ADDR=f"192.0.2.{number}",
            ).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(attempt, range(1, 51)))
    assert answers.count(429) >= 47


@pytest.mark.django_db
def test_mails_to_one_address_are_few_whoever_asks_for_them():
    for n in range(8):
        Client().post("/accounts/login/code/", {"email": "ada@example.org"}, REMOTE_ADDR=f"192.0.2.{n}")
        Client().post("/accounts/password/reset/", {"email": "ADA@example.org"}, REMOTE_ADDR=f"192.0.2.{n}")
    assert len(mail.outbox) == 5


@pytest.mark.django_db
def test_all_together_have_a_limit_too(monkeypatch):
    tight = auth_policy.Guard(
        RateLimit("tight", "10/minute", "10/minute", overall="1/minute"), auth_policy.Account.TYPED, "login"
    )
    monkeypatch.setitem(auth_policy.GUARDS, "account_login", tight)
    found = [try_password(Client(), email=f"{n}@x.org", address=f"192.0.2.{n}") for n in range(7)]
    assert found == [200] * 5 + [429] * 2, "five times the rate for first tries"


@pytest.mark.django_db
def test_without_redis_a_few_may_log_in_and_then_nobody_while_pages_are_read(client, proved_ada, settings, monkeypatch):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    assert log_in(client, proved_ada).status_code == 302
    rest = [try_password(Client(), email=f"{n}@x.org", address=f"192.0.2.{n}") for n in range(6)]
    assert rest == [200] * 4 + [429] * 2
    assert Client().get("/accounts/login/").status_code == 200


@pytest.mark.django_db
def test_the_admin_asks_for_the_same_login_with_the_same_limits(dana):
    visitor = Client()
    response = visitor.get("/admin/papers/")
    assert "/login/" in response.headers["Location"]
    for path in ("/admin/login/", "/admin/login/?next=/admin/"):
        answer = visitor.post(path, {"username": dana.email, "password": PASSWORD})
        assert answer.headers["Location"].startswith("/accounts/login/?next=")
        assert "_auth_user_id" not in visitor.session


def test_every_form_that_a_stranger_can_send_is_limited():
    from tests.house.access_matrix import MATRIX, STRANGER

    harmless = {"account_logout", "openid_connect_callback"}
    open_forms = {
        name
        for name, row in MATRIX.items()
        if auth_policy.is_account_page(name) and STRANGER in row.open_to.get("POST", ())
    }
    assert open_forms - set(auth_policy.GUARDS) - set(auth_policy.GUARDS_OF_READING) == harmless - {
        "openid_connect_callback"
    }


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("203.0.113.5", "203.0.113.5"),
        ("203.0.113.5:4711", "203.0.113.5"),
        ("::ffff:203.0.113.5", "203.0.113.5"),
        ("[2001:db8::1]:443", "2001:db8::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", "unknown"),
        ("' OR 1=1", "unknown"),
    ],
)
def test_addresses_are_read_as_proxies_write_them(text, counted, rf):
    assert client_address(rf.get("/", REMOTE_ADDR=text)) == counted


@pytest.mark.django_db
def test_an_answer_is_held_back_until_its_time_is_up(settings, monkeypatch, client):
    waited: list[float] = []
    settings.EVEN_SECONDS = 60
    monkeypatch.setattr("accounts.middleware.time.sleep", waited.append)
    client.post("/accounts/login/code/", {"email": "nobody@example.org"})
    client.post("/accounts/signup/", {"email": "new@example.org"})
    client.get("/accounts/signup/")
    assert len(waited) == 2
    assert all(50 < seconds <= 60 for seconds in waited)
    assert get_user_model().objects.count() == 1
