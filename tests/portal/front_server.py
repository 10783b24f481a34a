"""A front with small limits over a small application, in processes of their own, and raw connections to it."""

import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from bench.servers import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
FRONT = """
import sys
from portal.front.__main__ import listen, serve
from portal.front.limits import Limits
import uvloop
uvloop.run(serve(listen("127.0.0.1", int(sys.argv[1])), sys.argv[2], limits=Limits(**eval(sys.argv[3])),
    trusted_proxies=int(sys.argv[4])))
"""
SMALL = {
    "slots": 4,
    "connections_per_address": 20,
    "head_seconds": 2.0,
    "body_seconds": 2.0,
    "most_body_bytes": 200_000,
    "waiting_per_address": 10,
    "sweep_seconds": 0.05,
    "idle_seconds": 5.0,
    "stalled_seconds": 1.0,
}


class Raw:
    """A connection that says exactly what it is told to."""

    def __init__(self, port: int, *, source: str = "127.0.0.1") -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), 10, source_address=(source, 0))

    def sends(self, data: bytes) -> None:
        self.socket.sendall(data)

    def hears(self) -> bytes:
        """All until the other side closes."""
        heard = b""
        try:
            while part := self.socket.recv(65536):
                heard += part
        except ConnectionResetError:
            pass
        return heard

    def hears_head(self) -> bytes:
        heard = b""
        while b"\r\n\r\n" not in heard and (part := self.socket.recv(65536)):
            heard += part
        return heard

    def close(self) -> None:
        self.socket.close()


@contextmanager
def fronted(*, application: bool = True, trusted_proxies: int = 0, **limits):
    """Yields the port of a front; its application has as many threads as the front has slots."""
    limits = SMALL | limits
    with tempfile.TemporaryDirectory() as folder:
        port, path = free_port(), f"{folder}/app.sock"
        commands = [[sys.executable, "-c", FRONT, str(port), path, repr(limits), str(trusted_proxies)]]
        if application:
            commands.append(
                [
                    sys.executable,
                    "-m",
                    "granian",
                    "--interface",
                    "wsgi",
                    "--uds",
                    path,
                    "--workers",
                    "1",
                    "--blocking-threads",
                    str(limits["slots"]),
                    "--runtime-threads",
                    "1",
                    "--http",
                    "1",
                    "--no-ws",
                    "--log-level",
                    "warning",
                    "tests.portal.small_app:application",
                ],
            )
        processes = [subprocess.Popen(command, cwd=ROOT) for command in commands]
        try:
            _wait(port, Path(path) if application else None)
            yield port
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait(20)


def _wait(port: int, path: Path | None) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            if path is not None:
                with socket.socket(socket.AF_UNIX) as probe:
                    probe.connect(str(path))
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the front did not come up")
