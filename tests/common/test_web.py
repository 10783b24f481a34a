"""Whose limit a request counts for: what a client writes into a header itself is not believed."""

import pytest

from common.redirects import LONGEST_ADDRESS, moved_to, to_first_page
from common.web import client_address, remote_address


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "9.9.9.9", "10.0.0.1"),
        (1, "9.9.9.9, 1.2.3.4", "1.2.3.4"),
        (2, "9.9.9.9, 1.2.3.4, 10.0.0.2", "1.2.3.4"),
        (2, "1.2.3.4", "10.0.0.1"),
        (1, "[2001:db8::1]:443", "2001:db8::1"),
        (1, "1.2.3.4:5678", "1.2.3.4"),
        (1, "::ffff:1.2.3.4", "1.2.3.4"),
        (1, "no address", ""),
    ],
)
def test_as_many_proxies_are_believed_as_there_are(rf, settings, proxies, forwarded, address):
    settings.TRUSTED_PROXY_COUNT = proxies
    assert remote_address(rf.get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded)) == address


def test_limits_count_networks_of_the_new_kind(rf):
    assert client_address(rf.get("/", REMOTE_ADDR="2001:db8::1:2:3:4")) == "2001:db8::/64"
    assert client_address(rf.get("/", REMOTE_ADDR="1.2.3.4")) == "1.2.3.4"
    assert client_address(rf.get("/", REMOTE_ADDR="")) == "unknown"


def test_a_redirect_keeps_what_was_asked(rf):
    assert moved_to(rf.get("/a/?page=2"), "/b/").headers["Location"] == "/b/?page=2"
    assert to_first_page(rf.get("/a/?q=x&after=broken")).headers["Location"] == "/a/?q=x"
    assert to_first_page(rf.get("/a/", {"q": "x" * LONGEST_ADDRESS})).headers["Location"] == "/a/"
