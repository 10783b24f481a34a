"""The embedded Postgres on a disk that is full, and with a page that is broken: what is whole is served on."""

import os
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from devstack import embedded
from devstack.embedded.folders import ServerFolder

pytestmark = pytest.mark.servers


@pytest.fixture
def folder(tmp_path, monkeypatch):
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(embedded, "_leases", {})
    return tmp_path


@pytest.fixture
def small_disk(folder):
    """A file system of 150 MB in memory."""
    disk = folder / "disk"
    disk.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=150m,mode=755", "tmpfs", str(disk)]
    if os.getuid() != 0 or subprocess.run(mounting, capture_output=True).returncode:
        pytest.skip("needs the right to mount a small file system")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def started(folder: Path) -> str:
    for name in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(name, None)  # what is named is not started
    embedded.ensure(folder=folder, profile="test")
    return os.environ["DATABASE_URL"]


def again(url: str, statement: str) -> list:
    """The rows of a statement once the server is back, looked after as `manage.py up` does; a minute and a half at most."""
    until = time.monotonic() + 90
    while True:
        embedded.restart_lost()
        try:
            with psycopg.connect(url, connect_timeout=5) as connection:
                return connection.execute(statement).fetchall()
        except psycopg.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.5)


def fill(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE filler (text text)")
        for _ in range(40):
            connection.execute("INSERT INTO filler SELECT repeat(md5(n::text), 40) FROM generate_series(1, 4000) n")


def test_after_a_full_disk_the_server_is_back_by_itself_with_all_that_was_committed(small_disk):
    """Postgres ends when it cannot write its log, and cannot start before there is room."""
    url = started(small_disk)
    try:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 'word' AS word")
        with pytest.raises(psycopg.OperationalError):
            fill(url)
        with suppress(OSError):  # whatever the server itself takes or gives back meanwhile, the disk is full then
            (small_disk / "ballast").write_bytes(b"x" * (os.statvfs(small_disk).f_bavail + 1) * 4096)
        for _ in range(3):  # while nothing can be done nobody gives up
            embedded.restart_lost()
            time.sleep(1)
        subprocess.run(["mount", "-o", "remount,size=500m", str(small_disk)], check=True)
        assert again(url, "SELECT word FROM kept") == [("word",)]
        assert again(url, "INSERT INTO kept VALUES ('another') RETURNING word") == [("another",)]
    finally:
        embedded.down(small_disk)


def test_a_broken_page_is_an_error_where_it_is_read_and_nowhere_else(folder):
    url = started(folder)
    try:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 'word' AS word")
            connection.execute("CREATE TABLE broken AS SELECT n, repeat('x', 500) FROM generate_series(1, 1000) n")
            (path,) = connection.execute("SELECT pg_relation_filepath('broken')").fetchone()
        embedded.down(folder)
        with (ServerFolder(folder, "postgres").data / path).open("r+b") as file:
            file.seek(8192 * 2 + 4000)
            file.write(b"\xff" * 64)
        url = started(folder)
        with psycopg.connect(url, autocommit=True) as connection:
            with pytest.raises(psycopg.errors.DataCorrupted):
                connection.execute("SELECT count(*), max(repeat) FROM broken").fetchall()
            assert connection.execute("SELECT word FROM kept").fetchall() == [("word",)]
    finally:
        embedded.down(folder)
