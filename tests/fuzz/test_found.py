"""What broke parsers once stays as a case."""

import json

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.services.outgoing_mail import write_mail
from claims.domain.links import links_back, record_addresses
from claims.domain.mail_domains import canonical_address
from common import clock
from common.http import retry_after
from harvest.sources import CSL, RECORDS, ROR
from harvest.sources.base import RawRecord
from tests.factories.library import make_author
from tests.fuzz import samples

ENCODED = ("=?utf-8?q?ada?=@x.org", "=?x?b?!!?=@x.org", "ada=?utf-8?q?b?=@x.org")


@pytest.mark.parametrize("text", ["²", "٣", "1²", "Mon, 99 Foo 2026", ""])
def test_a_retry_after_that_says_nothing_is_none(text):
    assert retry_after(text) is None


def test_a_retry_after_of_digits_is_seconds():
    assert retry_after(" 120 ") == 120
    assert retry_after("9" * 400) > 1e9
    assert retry_after("Mon, 01 Jan 0001 00:00:00 +2359") == 0


@pytest.mark.parametrize("broken", ["http://[", "https://[::1", "//[", "https://x.org:port/"])
def test_a_broken_link_hides_no_good_one_behind_it(broken):
    page = f'<a rel="me" href="{broken}">a</a><a rel="me" href="https://x.org/authors/A1/">b</a>'.encode()
    wanted = record_addresses("https://x.org", "/authors/A1/ada-byron/")
    assert links_back(page, page_url="https://u.edu/", record_urls=wanted)
    assert not links_back(page[:30], page_url="https://u.edu/", record_urls=wanted)


@pytest.mark.parametrize("value", [True, 5, -1.5, "Ada", {"a": 1}])
@pytest.mark.parametrize(
    ("source", "sample", "field"),
    [(CSL, samples.CSL, name) for name in ("author", "editor", "translator")]
    + [(RECORDS, samples.RECORD, name) for name in ("reading_warnings", "repeated", "authors")],
)
def test_what_should_be_a_list_and_is_none_is_left_out(source, sample, field, value):
    line = json.dumps({**sample, field: value}).encode()
    assert source.parse(RawRecord(1, 1, line)).title


@pytest.mark.parametrize("value", [True, 5, -1.5, "label", {"a": 1}, None])
def test_types_of_a_name_that_are_no_list_are_none(value):
    name = {"value": "Somewhere", "types": value}
    (read,) = ROR.parse(RawRecord(1, 1, json.dumps({**samples.ROR, "names": [name]}).encode())).names
    assert (read.name, read.kind) == ("Somewhere", "label")


@pytest.mark.parametrize("address", ENCODED)
def test_an_encoded_word_is_no_address(address):
    assert canonical_address(address) == ""


@pytest.mark.django_db
@pytest.mark.parametrize("address", ENCODED)
def test_no_form_mails_to_an_encoded_word(client, ada, address):
    author = make_author("Quillon Zebrowska")
    asked = client.post(reverse("profiles:listing_ask", args=[author.public_id]), {"email": address})
    assert (asked.status_code, b'role="alert"' in asked.content or b"valid" in asked.content) == (200, True)
    signed = client.post(reverse("account_signup"), {"email": address, "name": "Ada", "password1": "correct horse 7 x"})
    assert signed.status_code == 200
    with pytest.raises(ValidationError):
        write_mail(
            to=ada, kind="x", key="x", template="claims/email/code", context={}, now=clock.now(), address=address
        )
    assert mail.outbox == []
