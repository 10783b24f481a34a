"""What every test may ask for: the cast, the bell that nobody answers, and the closed network.

Postgres and Redis are real (portal.settings.test starts them when no addresses are given); sockets open to
loopback only.
"""

import os
import time
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client, TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from accounts.models import User
from accounts.services.curators import make_curator
from common import queue
from tests import databases

# How long an example takes says how busy the machine is, and nothing of the code: no test fails by the clock.
hypothesis_settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("suite")


def person(email: str, name: str, **more) -> User:
    return User.objects.create_user(email, "correct horse battery staple", name=name, **more)


@pytest.fixture
def ada(db) -> User:
    """Owns a claimed author."""
    return person("ada@example.org", "Ada Byron")


@pytest.fixture
def ben(db) -> User:
    """Ada's co-author."""
    return person("ben@example.org", "Ben Babbage")


@pytest.fixture
def cleo(db) -> User:
    """A stranger to Ada."""
    return person("cleo@example.org", "Cleo Somerville")


@pytest.fixture
def dana(db) -> User:
    """A curator, with the rights of that group and no others."""
    person("dana@example.org", "Dana Whewell")
    return make_curator(email="dana@example.org").user


@pytest.fixture(scope="session")
def template(django_test_environment, django_db_blocker) -> str:
    """The name of a migrated database on the tests' server, to be copied."""
    with django_db_blocker.unblock():
        return databases.migrated_template(settings.DATABASE_URL)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, template) -> None:
    """Test databases are copies of the template."""
    connection.settings_dict["TEST"]["TEMPLATE"] = template


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """After a test that commits only what it wrote is emptied."""
    with django_db_blocker.unblock():
        databases.remember_first_rows()
    TransactionTestCase._fixture_teardown = databases.empty_what_was_written


@pytest.fixture(autouse=True)
def bell(monkeypatch) -> list[tuple[str, dict]]:
    """Nothing reaches a worker in a test: what would have been sent is listed here as (task name, ids)."""
    rung: list[tuple[str, dict]] = []

    def note(name: str, ids: dict) -> bool:
        rung.append((name, ids))
        return True

    monkeypatch.setattr(queue, "send", note)
    return rung


def prove(client: Client) -> None:
    """The person of this browser has just authenticated (again)."""
    session = client.session
    records = session.get("account_authentication_methods", [])
    session["account_authentication_methods"] = [*records, {"method": "password", "at": time.time()}]
    session["account_authentication_methods_user"] = str(session["_auth_user_id"])
    session.save()


@pytest.fixture(autouse=True)
def staff_authenticate(monkeypatch) -> None:
    """Whoever a test logs in to the admin came by a password a moment ago, as they would have to."""
    plain = Client.force_login

    def force_login(self: Client, user: User, backend: str | None = None) -> None:
        plain(self, user, backend)
        if user.is_staff:
            prove(self)

    monkeypatch.setattr(Client, "force_login", force_login)


@pytest.fixture(autouse=True)
def fresh_cache(request) -> Iterator[None]:
    """Tests do not see each other's cached values; only those that use the database can have any."""
    yield
    if "db" in request.fixturenames or "transactional_db" in request.fixturenames:
        cache.clear()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """With `--dist loadgroup`, tests that start servers of their own share one worker."""
    if config.getvalue("dist") != "loadgroup":
        return None
    from tests.workers import ServersTogether

    return ServersTogether(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    """In continuous integration nothing is skipped in silence: a browser that is missing there is a fault."""
    report = yield
    in_browser = item.get_closest_marker("browser") or "journeys" in item.path.parts
    if report.skipped and in_browser and os.environ.get("CI") == "true":
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and browser tests have to run here."
    return report
