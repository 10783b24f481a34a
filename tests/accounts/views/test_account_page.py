"""The account's own pages: what is shown to its owner, and that sessions end when they are ended."""

from smtplib import SMTPException

import pytest
from django.core import mail
from django.test import Client
from django.urls import include, path

from accounts.models import User
from tests.accounts.conftest import log_in

pytestmark = pytest.mark.django_db
urlpatterns = [path("", include("portal.urls")), path("dev/outbox/", include("accounts.outbox_urls"))]


def test_the_overview_names_what_the_account_has_in_few_queries(client, proved_ada, django_assert_max_num_queries):
    log_in(client, proved_ada)
    with django_assert_max_num_queries(16):
        page = client.get("/accounts/").content.decode()
    for text in ("ada@example.org", "You have one.", "In 1 browser.", "/accounts/2fa/"):
        assert text in page


def test_a_name_is_set_and_kept_to_one_line(client, proved_ada):
    log_in(client, proved_ada)
    client.post("/accounts/", {"name": "  Ada\u202e \n King <b>"})
    assert User.objects.get(pk=proved_ada.pk).name == "Ada King <b>"
    assert "<b>" not in client.get("/accounts/").content.decode().split("<main")[1].split('name="name"')[1][:80]


def test_all_other_sessions_can_be_ended(proved_ada):
    here, there = Client(), Client()
    for browser in (there, here):
        log_in(browser, proved_ada)
    assert "log out all others" in here.get("/accounts/sessions/").content.decode().lower()
    here.post("/accounts/sessions/")
    assert there.get("/accounts/").status_code == 302
    assert here.get("/accounts/").status_code == 200


def test_sessions_of_others_are_not_shown_and_not_ended(proved_ada, proved_cleo):
    ada, cleo = Client(HTTP_USER_AGENT="Ada's browser"), Client()
    log_in(ada, proved_ada)
    log_in(cleo, proved_cleo)
    assert "Ada&#x27;s browser" not in cleo.get("/accounts/sessions/").content.decode()
    cleo.post("/accounts/sessions/")
    assert ada.get("/accounts/").status_code == 200


def test_a_visitor_without_a_session_costs_no_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/api/docs/").status_code == 200
    assert "sessionid" not in client.cookies


def test_the_masthead_says_where_to_log_in_or_where_ones_account_is(client, proved_ada):
    assert b'href="/accounts/login/"' in client.get("/search/").content
    log_in(client, proved_ada)
    page = client.get("/search/").content
    assert b'href="/accounts/"' in page
    assert b"ada@example.org" not in page


def test_a_mail_server_that_is_away_is_said_and_breaks_nothing(client, proved_ada, monkeypatch):
    def fail(*_args, **_options):
        raise SMTPException("away")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    for email in (proved_ada.email, "nobody@example.org"):
        browser = Client()
        page = browser.post("/accounts/login/code/", {"email": email}, follow=True)
        assert page.status_code == 200
        assert "could not be sent" in page.content.decode()


def test_the_outbox_does_not_exist_on_a_real_site(client):
    assert client.get("/dev/outbox/").status_code == 404


def test_the_outbox_shows_each_mail_to_this_machine_alone(client, settings, tmp_path):
    settings.ROOT_URLCONF = __name__
    settings.DATA_DIR = tmp_path
    settings.ALLOWED_HOSTS = ["*"]
    settings.MAILERS = {"default": {"BACKEND": "accounts.mail.OutboxBackend"}}
    mail.EmailMessage("Subject <b>", "Body & code", "us@example.org", ["ada@example.org"]).send()
    at_home = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost:8000"}
    page = client.get("/dev/outbox/", **at_home).content.decode()
    assert "Subject &lt;b&gt;" in page
    assert "Body &amp; code" in page
    for stranger in (
        {**at_home, "REMOTE_ADDR": "203.0.113.5"},
        {**at_home, "HTTP_HOST": "rebound.example"},
        {**at_home, "HTTP_X_FORWARDED_FOR": "127.0.0.1"},
    ):
        assert client.get("/dev/outbox/", **stranger).status_code == 404
