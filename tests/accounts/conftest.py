"""What tests of accounts share: people whose address is proved, their mail, and limits that start from nothing."""

import re
from collections.abc import Callable, Iterator

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as configured
from django.core import mail
from redis import Redis

from accounts.models import User
from common import rate_limits

PASSWORD = "correct horse battery staple"


def prove(user: User) -> User:
    """The user's address as if it had been confirmed long ago, by somebody who has logged in since."""
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    User.objects.filter(pk=user.pk).update(last_login="2026-01-01T00:00:00Z")
    user.refresh_from_db()
    return user


@pytest.fixture
def proved_ada(ada) -> User:
    return prove(ada)


@pytest.fixture
def proved_cleo(cleo) -> User:
    return prove(cleo)


@pytest.fixture
def code_in_mail() -> Callable[[], str]:
    """The code in the latest mail."""

    def read() -> str:
        found = re.search(r"^([A-Z0-9]{4}-[A-Z0-9]{4})$", str(mail.outbox[-1].body), re.MULTILINE)
        assert found, mail.outbox[-1].body
        return found[1]

    return read


@pytest.fixture
def rate_limited(settings, monkeypatch) -> Iterator[None]:
    """The limits of the real site, counted from nothing."""
    settings.RATE_LIMITED = True
    monkeypatch.setattr(rate_limits._Redis, "away_until", 0.0)
    rate_limits._budget.cache_clear()
    url = configured.REDIS_URL
    forget_counts(url)
    yield
    forget_counts(url)


def forget_counts(url: str) -> None:
    with Redis.from_url(url) as redis:
        for key in redis.scan_iter("limits:*"):
            redis.delete(key)


def log_in(client, user: User, password: str = PASSWORD):
    return client.post("/accounts/login/", {"login": user.email, "password": password})


def without_secrets(text: str, *addresses: str) -> str:
    """A page without what differs from one answer to the next, and without these addresses."""
    for address in addresses:
        text = text.replace(address, "X")
    return "\n".join(line for line in text.splitlines() if "csrf" not in line and "nonce" not in line)
