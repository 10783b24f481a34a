"""The http door against real servers: what it refuses, and what it makes of servers that misbehave."""

import socket
from ipaddress import ip_address

import pytest

from common import http
from tests.claims.loopback import Server, serving


@pytest.fixture
def server(settings):
    with serving() as server:
        settings.HTTP_DOOR_LOOPBACK_ORIGINS = frozenset({server.url})
        http.forget_failures()
        yield server
        http.forget_failures()


def home(host: str) -> bool:
    return host == "127.0.0.1"


def everybody(host: str) -> bool:
    return True


def test_an_answer_comes_whole_with_its_address(server: Server):
    server.says("/works", b"{}", Content_Type="application/json")
    answer = http.fetch(f"{server.url}/works", is_allowed=home)
    assert (answer.status, answer.body, answer.content_type, answer.url) == (
        200,
        b"{}",
        "application/json",
        f"{server.url}/works",
    )
    assert server.asked[0][1]["Accept-Encoding"] == "identity"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9/",
        "https://127.0.0.1/",
        "https://localhost/",
        "https://[::1]/",
        "https://10.0.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::ffff:127.0.0.1]/",
        "https://0.0.0.0/",
        "https://2130706433/",
        "https://0x7f.1/",
        "http://example.org/",
        "https://example.org:8443/",
        "https://user:pass@example.org/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "https://",
        "https://exa mple.org/",
        "gopher://127.0.0.1/",
        "https://[::1",
        "//127.0.0.1/",
    ],
)
def test_addresses_behind_our_own_walls_are_never_asked(server: Server, url):
    with pytest.raises(http.HttpRefused):
        http.fetch(url, is_allowed=everybody)
    assert server.asked == []


@pytest.mark.parametrize(
    ("address", "is_public"),
    [
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("192.168.0.1", False),
        ("172.16.0.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("fe80::1", False),
        ("fc00::1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:7f00:1::", False),
        ("64:ff9b::a00:1", False),
        ("64:ff9b::808:808", True),
        ("198.18.0.1", False),
    ],
)
def test_public_is_what_the_whole_internet_can_reach(address, is_public):
    assert http.is_public(ip_address(address)) is is_public


def test_a_name_that_leads_to_a_private_address_is_refused_at_connect(monkeypatch, server: Server):
    """Also when only one of its addresses does, as a name that answers differently the second time would have."""
    public = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", 443))
    private = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 443))
    monkeypatch.setattr(http.socket, "getaddrinfo", lambda *a, **k: [public, private])
    with pytest.raises(http.HttpRefused, match="public internet"):
        http.fetch("https://university.example/", is_allowed=everybody)


def test_a_redirect_is_followed_where_it_may_lead_and_no_further(server: Server, settings):
    server.says("/old", status=301, Location="/new")
    server.says("/new", b"here")
    assert http.fetch(f"{server.url}/old", is_allowed=home).body == b"here"
    server.says("/out", status=302, Location="https://169.254.169.254/")
    with pytest.raises(http.HttpRefused):
        http.fetch(f"{server.url}/out", is_allowed=everybody)
    server.says("/elsewhere", status=302, Location="https://evil.example/")
    with pytest.raises(http.HttpRefused, match="may not be asked"):
        http.fetch(f"{server.url}/elsewhere", is_allowed=home)
    server.says("/round", status=302, Location="/round")
    with pytest.raises(http.HttpRefused, match="redirects"):
        http.fetch(f"{server.url}/round", is_allowed=home)


def test_an_answer_that_is_too_long_or_packed_is_not_taken(server: Server):
    server.says("/long", b"x" * 5000)
    with pytest.raises(http.HttpRefused, match="1000 bytes"):
        http.fetch(f"{server.url}/long", is_allowed=home, most_bytes=1000)
    server.says("/packed", b"x", Content_Encoding="gzip")
    with pytest.raises(http.HttpRefused, match="packed"):
        http.fetch(f"{server.url}/packed", is_allowed=home)


def test_a_busy_server_says_when_to_come_back_and_is_left_alone_after_several_failures(server: Server):
    server.says("/busy", status=429, Retry_After="120")
    for _ in range(http.BREAKS_AFTER):
        with pytest.raises(http.HttpUnavailable) as away:
            http.fetch(f"{server.url}/busy", is_allowed=home)
        assert away.value.retry_after == 120
    asked = len(server.asked)
    with pytest.raises(http.HttpUnavailable, match="left alone"):
        http.fetch(f"{server.url}/busy", is_allowed=home)
    assert len(server.asked) == asked


def test_time_is_limited_and_a_server_that_is_away_is_said_to_be(settings):
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        origin = f"http://127.0.0.1:{silent.getsockname()[1]}"
        settings.HTTP_DOOR_LOOPBACK_ORIGINS = frozenset({origin})
        http.forget_failures()
        with pytest.raises(http.HttpUnavailable):
            http.fetch(f"{origin}/", is_allowed=home, seconds=0.2)
    with pytest.raises(http.HttpUnavailable):
        http.fetch(f"{origin}/", is_allowed=home, seconds=0.2)
    http.forget_failures()


def test_a_server_that_drips_its_answer_is_left_when_the_time_is_up(settings):
    import threading
    import time

    with socket.socket() as slow:
        slow.bind(("127.0.0.1", 0))
        slow.listen()
        over = threading.Event()

        def drip() -> None:
            connection, _ = slow.accept()
            with connection:
                connection.sendall(b"HTTP/1.1 200 OK\r\n")
                while not over.wait(0.05):
                    try:
                        connection.sendall(b"X-A: b\r\n")
                    except OSError:
                        return

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        origin = f"http://127.0.0.1:{slow.getsockname()[1]}"
        settings.HTTP_DOOR_LOOPBACK_ORIGINS = frozenset({origin})
        http.forget_failures()
        began = time.monotonic()
        with pytest.raises(http.HttpUnavailable):
            http.fetch(f"{origin}/", is_allowed=home, seconds=0.5)
        assert time.monotonic() - began < 5
        over.set()
        thread.join(5)
    http.forget_failures()


def test_pauses_double_are_spread_and_never_shorter_than_asked_for():
    for attempt in (1, 2, 3, 20):
        longest = min(http.LONGEST_PAUSE_SECONDS, http.FIRST_PAUSE_SECONDS * 2 ** (attempt - 1))
        assert longest / 2 <= http.pause_seconds(attempt=attempt, asked_for=None) <= longest
    assert http.pause_seconds(attempt=1, asked_for=500) >= 500
    assert http.retry_after("Wed, 21 Oct 2015 07:28:00 GMT") == 0
    assert http.retry_after("soon") is None
