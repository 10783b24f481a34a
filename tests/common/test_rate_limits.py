"""Limits on reading: counted by address, and reading goes on when Redis is away."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.test import RequestFactory

from common import rate_limits
from common.web import client_address


@pytest.fixture(autouse=True)
def redis_is_asked(monkeypatch):
    monkeypatch.setattr(rate_limits._Redis, "away_until", 0.0)


def who() -> str:
    return uuid4().hex


def test_requests_beyond_the_rate_are_refused_with_the_seconds_to_wait():
    someone = who()
    verdicts = [rate_limits.hit("test", "3/minute", someone) for _ in range(5)]
    assert [verdict.is_allowed for verdict in verdicts] == [True, True, True, False, False]
    assert 1 <= verdicts[-1].retry_after <= 60


def test_each_address_and_each_scope_has_its_own_count():
    someone = who()
    assert rate_limits.hit("test", "1/minute", someone).is_allowed
    assert rate_limits.hit("other", "1/minute", someone).is_allowed
    assert rate_limits.hit("test", "1/minute", who()).is_allowed


def test_a_burst_of_fifty_at_once_overruns_by_a_fifth_at_most():
    someone = who()
    with ThreadPoolExecutor(16) as pool:
        verdicts = list(pool.map(lambda _: rate_limits.hit("test", "20/minute", someone), range(50)))
    assert 20 <= sum(verdict.is_allowed for verdict in verdicts) <= 24


def test_reading_is_allowed_while_redis_is_away(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    someone = who()
    assert all(rate_limits.hit("test", "1/minute", someone).is_allowed for _ in range(3))


@pytest.mark.parametrize(
    ("remote", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", "unknown"),
    ],
)
def test_an_ipv6_address_counts_as_its_network(remote, counted):
    assert client_address(RequestFactory().get("/", REMOTE_ADDR=remote)) == counted


def test_a_forged_forwarding_header_gains_nothing(settings):
    settings.TRUSTED_PROXY_COUNT = 0
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7", HTTP_X_FORWARDED_FOR="198.51.100.1")
    assert client_address(request) == "192.0.2.7"


def test_behind_one_proxy_the_last_hop_counts_whatever_the_sender_wrote(settings):
    settings.TRUSTED_PROXY_COUNT = 1
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.9, 198.51.100.1")
    assert client_address(request) == "198.51.100.1"
