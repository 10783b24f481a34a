"""The front against clients that behave, and clients that do not."""

import http.client
import json
import threading
import time
from hashlib import sha256

import pytest

from bench.slow_clients import measure
from tests.portal.front_server import Raw, fronted

pytestmark = pytest.mark.servers


@pytest.fixture(scope="module")
def port():
    with fronted() as port:
        yield port


def ask(port: int, path: str = "/", *, method: str = "GET", body=None, headers=None, source: str = "127.0.0.1"):
    door = http.client.HTTPConnection("127.0.0.1", port, timeout=20, source_address=(source, 0))
    try:
        door.request(method, path, body=body, headers=headers or {})
        answer = door.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        door.close()


def test_a_request_comes_to_the_application_as_it_was_sent_with_its_senders_address(port):
    body = b"name=Ada&" * 5000
    status, headers, answer = ask(
        port,
        "/caf%C3%A9?q=a%20b&q=c",
        method="POST",
        body=body,
        source="127.0.0.9",
        headers={"X-Colophon-Peer": "8.8.8.8", "X_Colophon_Peer": "8.8.4.4", "X-Forwarded-For": "1.1.1.1"},
    )
    said = json.loads(answer)
    assert (status, headers["X-App"], headers["Connection"]) == (200, "yes", "keep-alive")
    assert (said["method"], said["path"], said["query"]) == ("POST", "/café", "q=a%20b&q=c")
    assert (said["length"], said["digest"]) == (len(body), sha256(body).hexdigest())
    assert said["headers"]["HTTP_X_COLOPHON_PEER"] == "127.0.0.9"
    assert said["headers"]["HTTP_X_FORWARDED_FOR"] == "1.1.1.1"


def test_many_requests_take_one_connection_also_sent_all_at_once(port):
    client = Raw(port)
    client.sends(
        b"GET /a HTTP/1.1\r\nHost: x\r\n\r\n" * 3 + b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    )
    heard = client.hears()
    assert heard.count(b"HTTP/1.1 200 OK") == 4
    assert heard.endswith(b"ok\n")


def test_bodies_in_chunks_and_those_that_wait_to_be_asked_for_arrive_whole(port):
    client = Raw(port)
    client.sends(
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n"
    )
    assert client.hears_head() == b"HTTP/1.1 100 Continue\r\n\r\n"
    client.sends(b"3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n")
    said = json.loads(client.hears().rpartition(b"\r\n\r\n")[2])
    assert (said["length"], said["digest"]) == (7, sha256(b"abcdefg").hexdigest())
    assert "HTTP_TRANSFER_ENCODING" not in said["headers"]


def test_a_long_answer_streams_through_and_a_short_one_has_no_body(port):
    status, _headers, body = ask(port, "/stream")
    assert (status, len(body)) == (200, 10_000_000)
    assert ask(port, "/empty")[::2] == (204, b"")
    status, _headers, body = ask(port, "/", method="HEAD")
    assert (status, body) == (200, b"")


def test_an_answer_that_broke_off_does_not_look_whole(port):
    with pytest.raises((http.client.IncompleteRead, http.client.HTTPException, ConnectionError)):
        ask(port, "/broken")


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"hello\r\n\r\n", 400),
        (b"GET / HTTP/1.1\nHost: x\n\n", 400),
        (b"GET / HTTP/2.0\r\n\r\n", 400),
        (b"CONNECT example.org:443 HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost : x\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc", 400),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc", 400),
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\n\r\nabc", 400),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +3\r\n\r\nabc", 400),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 300000\r\n\r\n", 413),
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n40000\r\n" + b"x" * 0x40000, 413),
        (b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X-A: b\r\n" * 200 + b"\r\n", 431),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX-A: " + b"b" * 40_000 + b"\r\n\r\n", 431),
        (b"GET /" + b"a" * 40_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX-A: " + b"b" * 40_000, 431),
    ],
)
def test_what_is_no_request_or_too_large_is_refused_and_goes_no_further(port, sent, status):
    client = Raw(port)
    client.sends(sent)
    assert client.hears().startswith(b"HTTP/1.1 %d " % status)
    assert ask(port)[0] == 200


def test_a_request_that_is_not_finished_in_time_is_ended_and_dripping_gains_nothing(port):
    head, body, chunks = Raw(port), Raw(port), Raw(port)
    head.sends(b"GET / HTTP/1.1\r\n")
    body.sends(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n")
    chunks.sends(b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
    began = time.monotonic()
    for _ in range(14):
        time.sleep(0.1)
        head.sends(b"X-A: b\r\n")
        body.sends(b"x")
        chunks.sends(b"1\r\nx\r\n")
    for client in (head, body, chunks):
        assert client.hears().startswith(b"HTTP/1.1 408 ")
    assert time.monotonic() - began < 4


def test_an_application_that_is_away_is_503_and_health_is_answered_all_the_same():
    with fronted(application=False) as port:
        status, headers, _ = ask(port)
        assert (status, headers["Retry-After"]) == (503, "2")
        assert ask(port, "/healthz")[::2] == (200, b"ok\n")


def test_one_address_has_half_of_the_places_and_others_go_on(port):
    """Twelve slow pages asked for by one address: another is served at once, and one request too many is told so."""
    answers: list[int] = []
    busy = [
        threading.Thread(target=lambda: answers.append(ask(port, "/slow?1.0", source="127.0.0.7")[0]))
        for _ in range(20)
    ]
    for thread in busy:
        thread.start()
    time.sleep(0.4)
    began = time.monotonic()
    assert ask(port, source="127.0.0.8")[0] == 200
    assert time.monotonic() - began < 2  # behind the twelve it would have waited for five seconds
    for thread in busy:
        thread.join()
    assert sorted(set(answers)) == [200, 503]
    assert answers.count(200) == 12  # two that ran at once and ten that waited


def test_who_leaves_while_it_is_answered_still_holds_its_place(port):
    """Otherwise asking and leaving would have every thread busy with pages that nobody waits for."""
    for _ in range(4):
        client = Raw(port, source="127.0.0.7")
        client.sends(b"GET /slow?1.0 HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(0.05)
        client.close()
    began = time.monotonic()
    assert ask(port, source="127.0.0.8")[0] == 200
    assert time.monotonic() - began < 0.5


def test_a_client_that_does_not_take_its_answer_does_not_keep_a_thread():
    with fronted(slots=2, send_buffer_bytes=100_000) as port:
        stalled = Raw(port, source="127.0.0.7")
        stalled.sends(b"GET /stream HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(2.5)
        began = time.monotonic()
        assert [ask(port, source="127.0.0.7")[0] for _ in range(3)] == [200] * 3
        assert time.monotonic() - began < 1


def test_behind_a_trusted_proxy_turns_go_by_the_address_that_it_names():
    with fronted(trusted_proxies=1, slots=2) as port:
        slow = threading.Thread(
            target=ask, args=(port, "/slow?1.0"), kwargs={"headers": {"X-Forwarded-For": "9.9.9.9, 7.7.7.7"}}
        )
        slow.start()
        time.sleep(0.3)
        began = time.monotonic()
        assert ask(port, headers={"X-Forwarded-For": "7.7.7.7, 8.8.8.8"})[0] == 200
        assert time.monotonic() - began < 0.5
        assert ask(port, headers={"X-Forwarded-For": "8.8.8.8, 7.7.7.7"})[0] == 200
        assert time.monotonic() - began > 0.5
        slow.join()


def test_slow_bodies_and_slow_headers_from_one_address_stop_deleted_account():
    """Scaled down; `python -m bench.slow_clients URL` is the attack in full."""
    with fronted(head_seconds=10.0, body_seconds=10.0) as port:
        found = measure(("127.0.0.1", port), ["/"], bodies=60, heads=200, seconds=2.0, say=lambda _text: None)
    assert found.quiet.failed == found.attacked.failed == found.health.failed == 0
    assert found.attacked.p95() < max(100.0, 2 * found.quiet.p95())
    assert found.health.p95() < 100.0
