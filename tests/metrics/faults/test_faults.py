"""A full refresh of 10,000 authors ends with the same bytes whoever is killed on the way. FAULTS=full kills more."""

import os
import random
import signal
import threading
import time

import pytest

from tests.metrics.faults.site import Site

pytestmark = pytest.mark.servers
FULL = os.environ.get("FAULTS") == "full"
KILLS = 20 if FULL else 4
REDIS_KILLS = 10 if FULL else 1
ITEMS = "800"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("site"))
    yield site
    site.close()


@pytest.fixture(scope="module")
def clean(site) -> dict[str, str]:
    """What a refresh gives that nobody disturbs: one process, large items."""
    site.manage("refresh_metrics", "--full", "--wait")
    numbers = site.numbers()
    assert all(numbers.values())
    return numbers


@pytest.fixture
def worker(site, clean):
    """A worker and a beat at work on a refresh that has begun anew."""
    site.forget()
    site.beat()
    worker = site.worker()
    site.manage("refresh_metrics", "--full", "--items", ITEMS)
    site.wait_until(lambda: site.done > 3, seconds=60)
    yield worker
    for process in site.processes:
        site.end(process)
    site.processes.clear()


def test_killed_workers_lose_and_double_nothing(site, clean, worker):
    chance = random.Random(3)
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.05, 0.6))
        if site.state == "done":
            site.forget()
            site.manage("refresh_metrics", "--full", "--items", ITEMS)
        worker = site.kill_somebody(worker, chance)
    site.wait_until(lambda: site.state == "done", seconds=120)
    assert site.numbers() == clean


def test_a_killed_and_emptied_redis_holds_up_work_for_less_than_thirty_seconds(site, clean, worker):
    for _ in range(REDIS_KILLS):
        if site.state == "done":
            site.forget()
            site.manage("refresh_metrics", "--full", "--items", ITEMS)
        kill_redis(site)
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


def test_postgres_stopped_at_once_goes_on_without_a_hand(site, clean, worker):
    os.kill(site.server_pid("postgres"), signal.SIGQUIT)
    time.sleep(0.5)
    site.wait_until(lambda: site.state == "done", seconds=120)
    assert site.numbers() == clean


def test_two_refreshes_of_one_author_at_once_give_one_result(site, clean):
    said = []

    def refresh():
        said.append(site.manage("refresh_metrics", "--author", "7"))

    with site.connection() as connection:
        connection.execute(
            "UPDATE metrics_authormetrics SET h_index = 99, works_count = 99 WHERE author_id = 7"
        )
    both = [threading.Thread(target=refresh) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert len(said) == 2
    assert site.numbers() == clean
