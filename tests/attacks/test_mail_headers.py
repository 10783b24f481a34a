"""Names, titles and words of strangers in mails: none becomes a header, and none keeps a mail from leaving."""

import pytest
from django.core import mail
from django.test import Client

from accounts.models import OutgoingMail
from accounts.services.names import rename_user
from accounts.services.outgoing_mail import UnsafeHeader, write_mail
from accounts.services.sending import message_of, send_waiting
from common import clock
from tests.accounts.conftest import log_in

pytestmark = pytest.mark.django_db

HOSTILE = (
    "Ada\r\nBcc: victim@example.org",
    "Ada\nBcc: victim@example.org",
    "Ada\rX-Evil: 1",
    "Ada\x0bBcc: v@example.org",
    "Ada\u2028Bcc: v@example.org",
    "Ada\x85Bcc: v@example.org",
    "=?utf-8?q?Ada=0D=0ABcc:_v@example.org?=",
    "\x00Ada",
)


def headers_of(mail: OutgoingMail) -> str:
    return message_of(mail).message().as_string().partition("\n\n")[0]


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_becomes_a_header_and_the_mail_leaves(proved_ada, name, monkeypatch):
    monkeypatch.setattr(
        "accounts.services.outgoing_mail.render_to_string", lambda template, _given: f"{name} writes to you"
    )
    written = write_mail(to=proved_ada, kind="attack", key="1", template="x", context={}, now=clock.now())
    assert len(written.subject.splitlines()) == 1
    lines = headers_of(written).splitlines()
    assert not [line for line in lines if line.lower().startswith(("bcc:", "x-evil:", "cc:"))]
    assert send_waiting(clock=clock.now, most=5) == 1
    assert mail.outbox[-1].recipients() == [proved_ada.email]
    written.refresh_from_db()
    assert written.state == "sent"


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_one_line_wherever_it_is_set(proved_ada, name):
    browser = Client()
    log_in(browser, proved_ada)
    browser.post("/accounts/", {"name": name})
    rename_user(user=proved_ada, name=name)
    proved_ada.refresh_from_db()
    assert len(proved_ada.name.splitlines()) <= 1
    assert proved_ada.name.isprintable()


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("X-A\r\nBcc", "v@example.org"),
        ("List-Id", "x\r\nBcc: v@example.org"),
        ("List-Id", "x\u2028y"),
        ("Bcc", "v@example.org"),
        ("To", "v@example.org"),
        ("content-type", "text/html"),
        ("", "x"),
        ("X Y", "x"),
    ],
)
def test_a_header_that_is_two_or_ours_is_refused(proved_ada, header, value):
    with pytest.raises(UnsafeHeader):
        write_mail(
            to=proved_ada,
            kind="attack",
            key="2",
            template="accounts/email/proof_code",
            context={"code": "x"},
            now=clock.now(),
            headers={header: value},
        )


@pytest.mark.parametrize(
    "email",
    ["v@example.org\nBcc: w@example.org", "v@example.org, w@example.org", "<v@example.org>", "v@example.org\x00"],
)
def test_an_address_is_one_address(email):
    for path in ("/accounts/login/code/", "/accounts/password/reset/", "/accounts/signup/"):
        Client().post(path, {"email": email, "name": "x"})
    assert all(sent.recipients() == ["v@example.org"] for sent in mail.outbox)
    assert not [sent for sent in mail.outbox if "w@example.org" in str(sent.message())]
