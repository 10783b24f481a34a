"""In a real browser: opening an account by a code, a second step by an app, and a passkey."""

import re
import time
from urllib.parse import urljoin

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.journeys.axe import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(open_page, settings):
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    return open_page("/")


def code_in_mail() -> str:
    found = re.search(r"^([A-Z0-9]{4}-[A-Z0-9]{4})$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found
    return found[1]


def sign_up(page: Page) -> None:
    page.get_by_role("link", name="Log in").click()
    page.get_by_role("link", name="Sign up").click()
    page.get_by_label("Email").fill("grace@example.org")
    page.get_by_label("Your name").fill("Grace Hopper")
    page.get_by_role("button", name="Send me the code").click()
    expect(page.get_by_role("heading", name="Confirm your address")).to_be_visible()
    page.get_by_label("Code").fill(code_in_mail())
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()


def log_out(page: Page) -> None:
    page.goto(urljoin(page.url, "/accounts/logout/"))
    page.get_by_role("main").get_by_role("button", name="Log out").click()
    expect(page.get_by_role("link", name="Log in")).to_be_visible()


def ask_for_code(page: Page) -> None:
    page.goto(urljoin(page.url, "/accounts/login/"))
    page.get_by_role("link", name="Send me a code").click()
    page.get_by_label("Email").fill("grace@example.org")
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code").fill(code_in_mail())
    page.get_by_role("button", name="Go on").click()


def test_sign_up_by_code_then_a_second_step_by_an_app(page):
    sign_up(page)
    user = User.objects.get(email="grace@example.org")
    assert user.name == "Grace Hopper"
    page.get_by_role("link", name="Passkeys and two-step login").click()
    page.get_by_role("link", name="Set up").click()
    secret = page.locator(".key").inner_text()
    page.get_by_label("code").fill(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    page.get_by_role("button", name="Turn it on").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    recovery = page.locator(".codes code").first.inner_text()
    log_out(page)
    ask_for_code(page)
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    page.get_by_label("Code").fill(recovery)
    page.get_by_role("button", name="Log in", exact=True).click()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()


def test_a_passkey_logs_in_alone_and_is_a_second_step_too(page):
    sign_up(page)
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    page.goto(urljoin(page.url, "/accounts/2fa/webauthn/add/"))
    page.get_by_label("Name").fill("This laptop")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    assert Authenticator.objects.filter(type="webauthn").count() == 1
    log_out(page)
    page.goto(urljoin(page.url, "/accounts/login/"))
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    log_out(page)
    ask_for_code(page)
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()


def test_everything_but_passkeys_works_without_scripts(open_page):
    page = open_page("/", javascript=False)
    sign_up(page)
    log_out(page)
    ask_for_code(page)
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"])
def test_the_pages_where_one_comes_in_fit_a_small_screen_and_have_no_faults_for_those_who_hear_them(open_page, path):
    page = open_page(path, width=320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert faults(page) == []
