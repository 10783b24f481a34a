"""`make run` until /readyz says ready: the first time in an empty data folder, and again after that."""

import http.client
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.processes import PROJECT
from bench.registry import Line, at_most, benchmark
from bench.servers import free_port
from bench.session import LeftOut, Session

_PATIENCE_SECONDS = 300.0
_COMMAND = ("make", "run")


@benchmark("start")
def start(session: Session) -> Iterator[Line]:
    """With embedded servers and a data folder of its own, in this set-up working copy."""
    if not (PROJECT / "Makefile").exists():
        raise LeftOut("there is no Makefile yet")
    with tempfile.TemporaryDirectory(prefix="colophon-bench-") as folder:
        first = seconds_until_ready(Path(folder))
        again = seconds_until_ready(Path(folder))
    yield Line("start.empty_folder", first, "s")
    yield Line("start.set_up", again, "s", reach=at_most(15, "s"))


def seconds_until_ready(folder: Path) -> float:
    """Start `make run`, wait until it is ready, stop it and wait for its end."""
    port = free_port()
    servers = {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "PROCESS_ROLE", "BASE_URL"}
    environment = {name: value for name, value in os.environ.items() if name not in servers}
    environment |= {"DATA_DIR": str(folder), "HOST": "127.0.0.1", "PORT": str(port)}
    began = time.perf_counter()
    with (folder / "run.log").open("ab") as log:
        process = subprocess.Popen(
            _COMMAND,
            cwd=PROJECT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        while not _is_ready(port):
            if process.poll() is not None or time.perf_counter() - began > _PATIENCE_SECONDS:
                words = (folder / "run.log").read_text(errors="replace")[-1500:]
                raise LeftOut(f"make run did not become ready: {words}")
            time.sleep(0.05)
        return time.perf_counter() - began
    finally:
        _stop(process)


def _is_ready(port: int) -> bool:
    door = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        door.request("GET", "/readyz")
        return door.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        door.close()


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ask the whole group that we started to end; insist after a minute."""
    for number, patience in ((signal.SIGTERM, 60), (signal.SIGKILL, 10)):
        try:
            os.killpg(process.pid, number)
            process.wait(patience)
            return
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue
