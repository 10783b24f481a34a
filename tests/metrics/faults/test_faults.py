"""A full refresh ends with the same bytes whoever is killed on the way. FAULTS=full kills more, among 10,000 authors."""

import os
import random
import signal
import subprocess
import time
from dataclasses import dataclass

import pytest
from django.conf import settings

from bench.databases import named
from tests.metrics.faults.site import Site

pytestmark = pytest.mark.servers
FULL = os.environ.get("FAULTS") == "full"
AUTHORS = 10_000 if FULL else 2_000
REDIS_KILLS = 10 if FULL else 1
# Small items lie open to more kills; each costs a transaction.
ITEMS = "800" if FULL else "400"


@pytest.fixture(scope="module")
def site(tmp_path_factory, template):
    site = Site(tmp_path_factory.mktemp("site"), like=named(settings.DATABASE_URL, template), authors=AUTHORS)
    yield site
    site.close()


@pytest.fixture(scope="module")
def clean(site) -> dict[str, str]:
    """What a refresh gives that nobody disturbs: one process, large items."""
    site.manage("refresh_metrics", "--full", "--wait")
    numbers = site.numbers()
    assert all(numbers.values())
    return numbers


@pytest.fixture(scope="module")
def worker(site, clean):
    """A worker and a beat for all faults; who kills the worker says which one came after it."""
    site.beat()
    return Crew(site.worker())


@dataclass
class Crew:
    """The worker that is at work now."""

    worker: subprocess.Popen


def begin(site) -> None:
    """Begin a refresh from nothing, and wait until somebody works on it."""
    site.forget()
    site.manage("refresh_metrics", "--full", "--items", ITEMS)
    site.wait_until(lambda: site.done > 3, seconds=60)


def victims(chance: random.Random) -> list[str]:
    if FULL:
        return chance.choices(["child", "parent"], weights=[6, 4], k=20)
    return ["child", "parent", "child"]


def test_killed_workers_lose_and_double_nothing(site, clean, worker):
    chance = random.Random(3)
    begin(site)
    for victim in victims(chance):
        time.sleep(chance.uniform(0.05, 0.6))
        if site.state == "done":
            begin(site)
        if victim == "child":
            site.kill_child(worker.worker, chance)
        else:
            worker.worker = site.kill_parent(worker.worker)
    site.sweep_until_done()
    assert site.numbers() == clean


def test_servers_that_die_under_one_refresh_hold_it_up_for_less_than_thirty_seconds(site, clean, worker):
    """Redis killed and emptied, then Postgres stopped at once (immediate): it goes on without a hand."""
    begin(site)
    for _ in range(REDIS_KILLS):
        if site.state == "done":
            begin(site)
        kill_redis(site)
        expect_progress(site)
    if site.state == "done":
        begin(site)
    os.kill(site.server_pid("postgres"), signal.SIGQUIT)
    time.sleep(0.5)
    expect_progress(site)
    site.wait_until(lambda: site.state == "done", seconds=120)
    assert site.numbers() == clean


def kill_redis(site) -> None:
    before = site.server_pid("redis")
    os.kill(before, signal.SIGKILL)
    site.wait_until(lambda: redis_is_new(site, before), seconds=30)


def expect_progress(site) -> None:
    done = site.done
    site.wait_until(lambda: site.done > done or site.state == "done", seconds=30)


def redis_is_new(site, before: int) -> bool:
    import redis

    try:
        return site.server_pid("redis") != before
    except redis.RedisError:
        return False
