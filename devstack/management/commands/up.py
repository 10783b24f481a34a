import http.client
import os
import socket
import sys
import time
from functools import partial
from typing import Any

from django.conf import settings
from django.core.management import CommandError, call_command, get_commands
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from redis.exceptions import RedisError

from common.db.sql import fetch_value
from common.portal_address import forget_address, note_address
from common.redis_client import redis_client
from devstack import embedded
from devstack.embedded.machine import cores
from devstack.supervisor import Child, Supervisor, python
from portal.assets import collect_if_changed
from portal.roles import as_owner, open_to
from portal.web import alone_in_folder, web_children

READY_POLL_SECONDS = 0.3
OLDEST_KEPT_REDIS = (7, 2)  # November 2026: earlier ones get no more corrections


class Command(BaseCommand):
    help = "Everything at once: servers, migrations, static files, a demo corpus if empty; web, worker and beat."

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_a_busy_port(settings.HOST, settings.PORT)
        alone = alone_in_folder()
        self.say(f"{postgres_version()} and {redis_version()} are there")
        self.prepare()
        connection.close()
        supervisor = Supervisor(children(), say=self.say)
        supervisor.ticks += [Announcement(self.say), partial(embedded.restart_lost, self.say)]
        supervisor.listen()
        try:
            supervisor.run()
        finally:
            forget_address()
            self.say("stopped web, worker and beat")
            alone.release()
            embedded.release()
        self.say("all is down")

    def prepare(self) -> None:
        with as_owner() as role:
            executor = MigrationExecutor(connection)
            if plan := executor.migration_plan(executor.loader.graph.leaf_nodes()):
                self.say(f"applying {len(plan)} migrations")
                call_command("migrate", interactive=False, verbosity=0)
            if role is not None:
                open_to(role)
        if collect_if_changed():
            self.say("static files collected")
        if "make_demo" in get_commands() and not holds_papers():
            self.say("the database is empty: loading the demo corpus")
            call_command("make_demo")

    def say(self, text: str) -> None:
        self.stdout.write(f"colophon: {text}")
        self.stdout.flush()


class Announcement:
    """Says once where the portal is, when it is ready."""

    def __init__(self, say: Any) -> None:
        self.say = say
        self.done = False
        self.next_look = 0.0
        self.began = time.monotonic()

    def __call__(self) -> None:
        if self.done or time.monotonic() < self.next_look:
            return
        self.next_look = time.monotonic() + READY_POLL_SECONDS
        if is_ready(settings.HOST, settings.PORT):
            self.done = True
            seconds = time.monotonic() - self.began
            note_address(settings.BASE_URL)
            self.say(f"ready on {settings.BASE_URL}/ ({seconds:.1f} s after starting the processes); Ctrl-C ends it")


def children() -> list[Child]:
    """The web server, worker and beat, as a real site would run them."""
    worker = python(
        "-m",
        "celery",
        "--quiet",
        "-A",
        "portal.celery",
        "worker",
        "--loglevel",
        "WARNING",
        "--without-gossip",
        "--without-mingle",
        "--concurrency",
        str(settings.WORKER_PROCESSES or cores()),
    )
    as_worker = {
        "PROCESS_ROLE": "worker",
        # SIGTERM begins the soft shutdown at once: tasks get some seconds, then go back to the queue.
        "REMAP_SIGTERM": "SIGQUIT",
        # Messages are JSON and never code, which is what Celery warns root about.
        "PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges",
    }
    no_owner = {"DATABASE_OWNER_URL": ""}  # only migrations are the owner's business
    return [
        *web_children(no_owner),
        Child("worker", worker, as_worker | no_owner, patience_seconds=20.0),
        Child("beat", python(sys.argv[0], "beat"), {"PROCESS_ROLE": "worker", **no_owner}),
    ]


def refuse_a_busy_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Nothing can listen on {host}:{port} ({os.strerror(error.errno or 0)}): set PORT to a free one."
            ) from error


def is_ready(host: str, port: int) -> bool:
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    client = http.client.HTTPConnection(reachable, port, timeout=2)
    try:
        client.request("GET", "/readyz")
        return client.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        client.close()


def holds_papers() -> bool:
    return bool(fetch_value("SELECT EXISTS (SELECT 1 FROM papers_paper)"))


def postgres_version() -> str:
    return f"PostgreSQL {fetch_value('SHOW server_version')}"


def redis_version() -> str:
    """Which server keeps queue and cache; one that its makers no longer mend is said to be for one machine only."""
    try:
        facts = redis_client().info("server")
    except (RedisError, OSError) as error:
        raise CommandError(f"Redis does not answer: {error}.") from error
    name = "Valkey" if "valkey_version" in facts else "Redis"
    version = str(facts.get("valkey_version") or facts["redis_version"])
    is_old = name == "Redis" and version_of(version) < OLDEST_KEPT_REDIS
    return f"{name} {version}" + (" (no longer maintained: fit for this machine alone)" if is_old else "")


def version_of(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".") if part.isdigit())
