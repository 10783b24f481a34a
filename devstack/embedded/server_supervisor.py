"""The process that owns one embedded server: `python -m devstack.embedded.server_supervisor postgres FOLDER PROFILE LINGER`.

It starts the server, starts it again if it dies, and stops it when nobody holds a lease on it any more,
so no server outlives its last user, and a command's servers survive as long as another command needs them.
"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from typing import Protocol

from devstack.embedded.errors import EmbeddedError
from devstack.embedded.folders import ServerFolder
from devstack.embedded.locks import FileLock
from devstack.embedded.postgres import Postgres
from devstack.embedded.redis import Redis

POLL_SECONDS = 0.25
START_SECONDS = 60.0
RESTARTS = 5


class Server(Protocol):
    """What a supervisor needs to know of a server."""

    place: ServerFolder
    stop_signal: signal.Signals
    patience_seconds: float

    @property
    def url(self) -> str: ...
    def prepare(self) -> None: ...
    def start(self) -> subprocess.Popen[bytes]: ...
    def is_ready(self) -> bool: ...
    def finish(self) -> None: ...


def server_for(folder: ServerFolder, *, profile: str) -> Server:
    if folder.service == "postgres":
        return Postgres(folder, profile=profile)
    return Redis(folder, profile=profile)


class ServerSupervisor:
    """Keeps one server while somebody holds a lease; `linger` seconds longer, so that the next command is quick."""

    def __init__(self, server: Server, *, linger: float) -> None:
        self.server = server
        self.linger = linger
        self.leases = FileLock(server.place.leases)
        self.stopping = False
        self.process: subprocess.Popen[bytes] | None = None

    def on_signal(self, number: int, _frame: FrameType | None) -> None:
        if number == signal.SIGHUP:
            self.linger = 0.0
        else:
            self.stopping = True

    def launch(self) -> None:
        """Start the server and wait until it answers; raises EmbeddedError with the end of its log."""
        self.server.prepare()
        self.process = self.server.start()
        deadline = time.monotonic() + START_SECONDS
        while not self.server.is_ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                tail = self.server.place.log.read_text(errors="replace").strip().splitlines()[-3:]
                raise EmbeddedError(f"{self.server.place.service} did not start: {' '.join(tail)}")
            time.sleep(0.03)
        self.server.finish()

    def keep(self) -> None:
        """Return when nobody needs the server any more or it cannot be kept alive."""
        unused_since: float | None = None
        restarts = 0
        while not self.stopping:
            time.sleep(POLL_SECONDS)
            if self.process is not None and self.process.poll() is not None:
                restarts += 1
                if restarts > RESTARTS:
                    raise EmbeddedError(f"{self.server.place.service} died {restarts} times; its log says why.")
                self.say(f"{self.server.place.service} ended with {self.process.returncode}: starting it again")
                time.sleep(min(2.0**restarts / 4, 8.0))
                self.launch()
            now = time.monotonic()
            if not self.leases.try_take():
                unused_since = None
                continue
            unused_since = unused_since if unused_since is not None else now
            if now - unused_since >= self.linger:
                return  # with the lease lock held: a newcomer waits until everything is down
            self.leases.release()

    def stop(self) -> None:
        self.server.place.state.unlink(missing_ok=True)
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(self.server.stop_signal)
        try:
            self.process.wait(self.server.patience_seconds)
        except subprocess.TimeoutExpired:
            self.say(f"{self.server.place.service} did not stop in time: killing it")
            self.process.kill()
            self.process.wait()

    @staticmethod
    def say(text: str) -> None:
        print(time.strftime("%Y-%m-%d %H:%M:%S"), text, file=sys.stderr, flush=True)


def report(folder: ServerFolder, facts: dict[str, str | int]) -> None:
    """Tell whoever started us, and all who come later, where the server is; then let go of the starter's pipe."""
    text = json.dumps(facts)
    fresh = folder.state.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    fresh.write_text(text)
    fresh.rename(folder.state)
    print(text, flush=True)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def main() -> int:
    service, root, profile, linger = sys.argv[1:5]
    place = ServerFolder(Path(root), service)
    supervisor = None
    alone = FileLock(place.keeping)
    try:
        alone.take(seconds=2.0)  # somebody may be looking at the lock just now
        server = server_for(place, profile=profile)
        supervisor = ServerSupervisor(server, linger=float(linger))
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, supervisor.on_signal)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        supervisor.launch()
        report(place, {"url": server.url, "keeper": os.getpid()})
        supervisor.keep()
    except (EmbeddedError, OSError, subprocess.SubprocessError) as error:
        print(json.dumps({"error": str(error)}), flush=True)
        ServerSupervisor.say(str(error))
        return 1
    finally:
        if supervisor is not None:
            supervisor.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
