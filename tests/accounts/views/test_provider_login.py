"""Login by ORCID against a real OpenID Connect provider, which runs in a process of its own on loopback."""

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.test import Client

from accounts.models import User
from tests.accounts.conftest import log_in
from tests.house.sources import ROOT

pytestmark = pytest.mark.django_db

ADA, MALLORY = "0000-0002-1825-0097", "0000-0001-5109-3700"
START = "/accounts/oidc/orcid/login/"


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


@pytest.fixture(scope="module")
def provider_url(tmp_path_factory) -> Iterator[str]:
    port = free_port()
    script = ROOT / "tests" / "accounts" / "identity_provider.py"
    process = subprocess.Popen(
        [sys.executable, str(script), str(port), str(tmp_path_factory.mktemp("provider"))], cwd=script.parent
    )
    url = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 60
    while True:
        assert process.poll() is None
        assert time.monotonic() < deadline
        try:
            httpx.get(f"{url}/.well-known/openid-configuration").raise_for_status()
            break
        except httpx.TransportError:
            time.sleep(0.1)
    yield url
    process.terminate()
    process.wait(10)


@pytest.fixture
def orcid(provider_url, settings) -> str:
    use_provider(settings, provider_url)
    return provider_url


def use_provider(settings, url: str) -> None:
    told = {"server_url": url, "scope": ["openid"], "fetch_userinfo": False}
    app = {
        "provider_id": "orcid",
        "name": "ORCID",
        "client_id": "portal",
        "secret": "secret",
        "settings": told,
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    settings.PROVIDER_ORIGINS = [url]


def come_back(client: Client, url: str, orcid_id: str, *, email: str = "-", process: str = "login") -> str:
    """Through the provider as `orcid_id`; the address at which the portal is called back, not yet called."""
    away = client.post(f"{START}?process={process}").headers["Location"]
    assert away.startswith(url)
    with httpx.Client() as browser:
        browser.get(f"{url}/be/{orcid_id}/{email}/").raise_for_status()
        back = urlsplit(browser.get(away).headers["Location"])
    assert back.netloc == "testserver"
    return f"{back.path}?{back.query}"


def is_logged_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_new_person_tells_an_address_proves_it_and_is_known_by_the_id_from_then_on(client, orcid, code_in_mail):
    assert client.get(come_back(client, orcid, ADA)).headers["Location"] == "/accounts/3rdparty/signup/"
    assert User.objects.count() == 0
    client.post("/accounts/3rdparty/signup/", {"email": "ada@example.org", "name": "Ada Byron"})
    assert not is_logged_in(client)
    client.post("/accounts/confirm-email/", {"code": code_in_mail()})
    assert is_logged_in(client)
    account = SocialAccount.objects.get()
    assert (account.provider, account.uid) == ("orcid", ADA)
    again = Client()
    again.get(come_back(again, orcid, ADA))
    assert again.session["_auth_user_id"] == str(account.user_id)


def test_an_address_that_the_provider_calls_verified_is_not_believed(client, orcid, proved_ada):
    """Mallory's ORCID record names Ada's address: that neither logs in as Ada nor joins the two."""
    client.get(come_back(client, orcid, MALLORY, email="ada@example.org"))
    assert not is_logged_in(client)
    assert not SocialAccount.objects.exists()
    assert [m.to for m in mail.outbox] == [["ada@example.org"]]
    assert EmailAddress.objects.filter(verified=True).count() == 1


def test_an_id_is_connected_by_whoever_is_logged_in_and_belongs_to_one_account(orcid, proved_ada, proved_cleo):
    ada, cleo = Client(), Client()
    log_in(ada, proved_ada)
    ada.get(come_back(ada, orcid, ADA, process="connect"))
    assert SocialAccount.objects.get().user == proved_ada
    assert "connected" in mail.outbox[-1].body
    log_in(cleo, proved_cleo)
    cleo.get(come_back(cleo, orcid, ADA, process="connect"))
    assert SocialAccount.objects.get().user == proved_ada


def test_a_browser_left_open_connects_nothing(client, orcid, proved_ada):
    with time_machine.travel(time.time() - 3600):
        log_in(client, proved_ada)
    answer = client.get(come_back(client, orcid, MALLORY, process="connect"))
    assert answer.headers["Location"] == "/accounts/reauthenticate/"
    assert not SocialAccount.objects.exists()


def test_the_way_back_works_once_and_in_the_browser_that_left_alone(client, orcid, proved_ada):
    SocialAccount.objects.create(user=proved_ada, provider="orcid", uid=ADA)
    back = come_back(client, orcid, ADA)
    other = Client()
    other.get(back)
    assert not is_logged_in(other)
    client.get(re.sub(r"code=[^&]+", "code=forged", back))
    assert not is_logged_in(client)
    back = come_back(client, orcid, ADA)
    client.get(back)
    assert is_logged_in(client)
    client.post("/accounts/logout/")
    client.get(back)
    assert not is_logged_in(client)


def test_a_link_alone_sends_nobody_to_the_provider(client, orcid):
    page = client.get(START)
    assert page.status_code == 200
    assert orcid in page.headers["Content-Security-Policy"].split("form-action")[1]
    assert Client(enforce_csrf_checks=True).post(START).status_code == 403


def test_a_provider_that_is_away_is_said(client, settings):
    use_provider(settings, f"http://127.0.0.1:{free_port()}")
    answer = client.post(START)
    assert answer.status_code == 503
    assert "provider failed" in answer.content.decode()
