"""The application as `manage.py up` runs it, on a free port and without the front, and a client that keeps its connection."""

import http.client
import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import urlsplit

from bench.processes import PROJECT

READY_WITHIN_SECONDS = 60.0
_HEADERS = {"Accept": "text/html,application/json;q=0.9", "Accept-Language": "en"}


class BadAnswer(Exception):
    """The server answered otherwise than the benchmark needs; measuring that would mean nothing."""


class Server:
    """A client of one server over one kept connection."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._door = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def get(self, path: str, *, cookie: str = "") -> bytes:
        """The body of a page; raises BadAnswer unless the status is 200. `cookie` is for who is logged in."""
        status, _, body = self._request(path, cookie)
        if status != 200:
            raise BadAnswer(f"{path} answered {status}: {body[:300]!r}")
        return body

    def canonical(self, path: str) -> str:
        """The address where `path` leads after its redirects (three at most)."""
        for _ in range(3):
            status, location, _ = self._request(path)
            if status not in {301, 302, 307, 308}:
                return path
            parts = urlsplit(location)
            path = parts.path + (f"?{parts.query}" if parts.query else "")
        return path

    def is_up(self) -> bool:
        """Whether the process answers."""
        try:
            return self._request("/healthz")[0] == 200
        except (OSError, http.client.HTTPException):
            self._door.close()
            return False

    def close(self) -> None:
        """Close the connection."""
        self._door.close()

    def _request(self, path: str, cookie: str = "") -> tuple[int, str, bytes]:
        headers = {**_HEADERS, "Cookie": cookie} if cookie else _HEADERS
        self._door.request("GET", path, headers=headers)
        answer = self._door.getresponse()
        return answer.status, answer.headers.get("Location") or "", answer.read()


@contextmanager
def serving(environment: Mapping[str, str]) -> Iterator[Server]:
    """Run the web server with that environment until the block ends. Needs Django to be set up."""
    from portal.web import application_on

    port = free_port()
    command = application_on("--host", "127.0.0.1", "--port", str(port))
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            command,
            cwd=PROJECT,
            env={**os.environ, "PROCESS_ROLE": "web", **environment},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        server = Server(port)
        try:
            _wait(server, process)
            yield server
        finally:
            server.close()
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def free_port() -> int:
    """A port of the loopback interface that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(server: Server, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while not server.is_up():
        if process.poll() is not None or time.monotonic() > deadline:
            raise BadAnswer(f"the web server did not come up (status {process.poll()})")
        time.sleep(0.1)
