"""The Postgres and Redis that `make run` starts when no real ones are named.

`ensure()` is called before the settings read DATABASE_URL and REDIS_URL: it finds the running embedded
servers or starts them, puts their addresses into the environment and holds a lease on them for as long as
this process lives. The kernel drops a lease with its process, so nothing has to be tidied after `kill -9`.
"""

import atexit
import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from devstack.embedded.errors import EmbeddedError
from devstack.embedded.folders import APP, NAME, PROJECT, ServerFolder, data_dir
from devstack.embedded.locks import SHARED, FileLock, is_held

__all__ = ["EmbeddedError", "down", "ensure", "release", "restart_lost"]

VARIABLES = {"postgres": "DATABASE_URL", "redis": "REDIS_URL"}
LINGER_SECONDS = "3"
WAIT_SECONDS = 120.0
RETRY_SECONDS = 5.0

_leases: dict[str, FileLock] = {}
_supervisors: dict[str, subprocess.Popen[bytes]] = {}
_profiles: dict[str, str] = {}
_not_before: dict[str, float] = {}
_started: list[subprocess.Popen[bytes]] = []


def ensure(*, folder: Path | None = None, profile: str = "durable") -> None:
    """Make DATABASE_URL and REDIS_URL name running servers; what is set already is left as it is.

    An embedded Postgres has two roles: DATABASE_URL names the application's, DATABASE_OWNER_URL the one that migrates.

    `folder` is the data folder ($DATA_DIR or `.data` by default). `profile` "test" trades safety in a crash
    for speed. Raises EmbeddedError with one sentence when a server cannot be started.
    """
    missing = [service for service, variable in VARIABLES.items() if not os.environ.get(variable)]
    root = (folder or data_dir()).absolute()
    places = {service: ServerFolder(root, service) for service in missing}
    starting: dict[str, FileLock] = {}
    try:
        for service, place in places.items():
            starting[service] = _lease(place)
            _profiles[service] = profile
            if not is_held(place.keeping):
                _supervisors[service] = _start_supervisor(place, profile=profile)
        for service, place in places.items():
            os.environ[VARIABLES[service]] = _address(place, profile=profile)
        if "postgres" in missing and profile != "test":  # tests make databases, as the owner
            os.environ["DATABASE_OWNER_URL"] = owner = os.environ["DATABASE_URL"]
            os.environ["DATABASE_URL"] = owner.replace(f"//{NAME}:", f"//{APP}:", 1)
    finally:
        for lock in starting.values():
            lock.release()


def restart_lost(say: Callable[[str], None] = lambda _text: None) -> None:
    """Start a leased server again whose supervisor has ended; its address stays the same. Cheap when all is well.

    One that cannot be started (a full disk, say) is tried again every few seconds, so that it is back as soon as it can.
    """
    for service, lease in _leases.items():
        place = ServerFolder(lease.path.parent.parent, service)
        if time.monotonic() < _not_before.get(service, 0.0) or is_held(place.keeping):
            continue
        starting = FileLock(place.starting)
        if not starting.try_take():
            continue
        try:
            _supervisors[service] = _start_supervisor(place, profile=_profiles[service])
            _address(place, profile=_profiles[service])
            say(f"{service} is back")
        except EmbeddedError as error:
            _not_before[service] = time.monotonic() + RETRY_SECONDS
            say(str(error))
        finally:
            starting.release()


def release() -> None:
    """Give the leases up; servers that nobody else uses are down when this returns."""
    places = [ServerFolder(lease.path.parent.parent, service) for service, lease in _leases.items()]
    for lease in _leases.values():
        lease.release()
    _leases.clear()
    for place in places:
        _signal(place, signal.SIGHUP)
    for place in places:
        _wait_for_end(place, unless_leased=True)


def down(folder: Path | None = None) -> list[str]:
    """Stop the embedded servers of a data folder, whoever uses them; returns the names of those that ran."""
    stopped = []
    for service in VARIABLES:
        place = ServerFolder((folder or data_dir()).absolute(), service)
        if is_held(place.keeping):
            _signal(place, signal.SIGTERM)
            _wait_for_end(place, unless_leased=False)
            stopped.append(service)
    return stopped


def _lease(folder: ServerFolder) -> FileLock:
    """Take a lease and the right to start; returns the lock of the latter."""
    folder.make()
    if folder.service not in _leases:
        lease = FileLock(folder.leases)
        lease.take(SHARED, seconds=WAIT_SECONDS)
        _leases[folder.service] = lease
    starting = FileLock(folder.starting)
    starting.take(seconds=WAIT_SECONDS)
    return starting


def _start_supervisor(folder: ServerFolder, *, profile: str) -> subprocess.Popen[bytes]:
    folder.state.unlink(missing_ok=True)
    _started[:] = [earlier for earlier in _started if earlier.poll() is None]
    with folder.supervisor_log.open("ab") as log:
        supervisor = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "devstack.embedded.server_supervisor",
                folder.service,
                str(folder.root),
                profile,
                LINGER_SECONDS,
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            cwd=PROJECT,
            start_new_session=True,
        )
    _started.append(supervisor)
    return supervisor


@atexit.register
def _let_go() -> None:
    """A supervisor outlives whoever started it, and Python would complain of each as forgotten."""
    for supervisor in _started:
        if supervisor.poll() is None:
            supervisor.returncode = 0


def _address(folder: ServerFolder, *, profile: str) -> str:
    """The server's URL, once its supervisor has it running; raises EmbeddedError with the supervisor's reason."""
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        supervisor = _supervisors.pop(folder.service, None)
        if supervisor is not None and supervisor.stdout is not None:
            with supervisor.stdout as pipe:
                facts = json.loads(pipe.readline() or "{}")
            if "url" not in facts:
                raise EmbeddedError(
                    facts.get("error", f"{folder.service} did not start: {folder.supervisor_log} says why.")
                )
        if url := _state(folder).get("url"):
            return str(url)
        if not is_held(folder.keeping):  # it was being stopped when we came
            _supervisors[folder.service] = _start_supervisor(folder, profile=profile)
        time.sleep(0.05)
    raise EmbeddedError(f"The {folder.service} in {folder.home} did not become ready in {WAIT_SECONDS:.0f} s.")


def _state(folder: ServerFolder) -> dict[str, str | int]:
    """What a running supervisor says of itself; empty when there is none."""
    try:
        return dict(json.loads(folder.state.read_text()))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise EmbeddedError(
            f"{folder.state} cannot be read by this user ({error.strerror}): set DATA_DIR to a folder of your own."
        ) from error


def _signal(folder: ServerFolder, number: int) -> None:
    pid = _state(folder).get("keeper")
    if isinstance(pid, int) and is_held(folder.keeping):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, number)


def _wait_for_end(folder: ServerFolder, *, unless_leased: bool) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while is_held(folder.keeping) and time.monotonic() < deadline:
        if unless_leased and _is_leased(folder.leases):
            return
        time.sleep(0.05)


def _is_leased(path: Path) -> bool:
    """Whether somebody holds a shared lease; the supervisor's own lock while it stops does not count."""
    probe = FileLock(path)
    shared = probe.try_take(SHARED)
    alone = shared and probe.try_take()
    probe.release()
    return shared and not alone
