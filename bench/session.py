"""What every benchmark may use: databases, servers, real data, and Django on the scale's database."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django

from bench import databases
from bench.databases import Database
from bench.processes import PROJECT
from bench.servers import Server, serving
from devstack.embedded.folders import data_dir


class LeftOut(Exception):
    """A benchmark that cannot be run here; `str()` says why."""


class Session:
    """One run of the benchmarks at one scale. Databases are made when they are first asked for."""

    def __init__(self, *, scale: str, url: str) -> None:
        self.scale = scale
        self.url = url
        self._databases: dict[str, Database] = {}
        self._django_on: str | None = None

    def database(self, scale: str | None = None) -> Database:
        """The loaded database of a scale, this run's by default."""
        wanted = scale or self.scale
        if wanted not in self._databases:
            self.say(f"preparing the database of {wanted} papers")
            made = databases.loaded(self.url, scale=wanted, folder=data_dir() / "bench")
            if made.loaded_seconds is not None:
                self.say(f"{wanted} papers imported in {made.loaded_seconds:.0f} s")
            self._databases[wanted] = made
        return self._databases[wanted]

    @contextmanager
    def scratch(self) -> Iterator[Database]:
        """An empty database with all tables, dropped afterwards."""
        with databases.scratch(self.url) as database:
            yield database

    @contextmanager
    def server(self, scale: str | None = None) -> Iterator[Server]:
        """The production web server on a scale's database, with the floor view mounted."""
        database = self.database(scale)
        self.use_django()
        with serving(database.environment) as server:
            yield server

    def use_django(self) -> None:
        """Set Django up in this process, on this run's database, with the static files as they are now."""
        if self._django_on is None:
            os.environ["DATABASE_URL"] = self._django_on = self.database().url
            django.setup()
            from portal.assets import collect_if_changed

            collect_if_changed()

    def real_data(self, name: str) -> Path:
        """A file of the real data; raises LeftOut when it is not there."""
        folder = Path(os.environ.get("REAL_DATA_DIR") or PROJECT.parent / "shared" / "data")
        path = folder / name
        if not path.exists():
            raise LeftOut(f"{path} is absent (REAL_DATA_DIR names the folder of real data)")
        return path

    def say(self, text: str) -> None:
        """Tell whoever waits what is going on, apart from the table."""
        print(f"bench: {text}", file=sys.stderr, flush=True)
