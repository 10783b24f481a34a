"""The one client of other people's servers. Nothing else in the portal speaks HTTP to anybody.

An address that a person typed may name any machine, also one behind our own walls. So the caller says which hosts it
means to ask; every hop of a redirect is held to that; a name is resolved once, each of its addresses has to be public,
and the connection goes to the very address that was checked. Only https on its own port is spoken, except to origins
that the operator has set to loopback (`HTTP_DOOR_LOOPBACK_ORIGINS`: a provider on this machine, and tests).
"""

import random
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import lru_cache
from ipaddress import ip_address
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

import httpcore
import structlog
from django.conf import settings

from common.special_addresses import is_public

log = structlog.get_logger(__name__)

USER_AGENT = "Colophon (scholarly portal)"
SECONDS = 8.0
MOST_BYTES = 2_000_000
MOST_REDIRECTS = 3
BREAKS_AFTER = 5
RESTS_SECONDS = 60.0
FIRST_PAUSE_SECONDS = 20.0
LONGEST_PAUSE_SECONDS = 3_600.0

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 500, 502, 503, 504})


class HttpRefused(ValueError):
    """An address that is not asked, or an answer that it does not take. Asking again changes nothing."""


class HttpUnavailable(OSError):
    """The server is away or busy. `retry_after` are the seconds it asked for, None when it asked for none."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered at last: the status, the address after every redirect, and the whole body."""

    status: int
    url: str
    content_type: str
    body: bytes


def fetch(
    url: str,
    *,
    is_allowed: Callable[[str], bool],
    accept: str = "*/*",
    seconds: float = SECONDS,
    most_bytes: int = MOST_BYTES,
) -> Answer:
    """GET an address; `is_allowed(host)` is asked for every hop. Raises HttpRefused or HttpUnavailable."""
    until = time.monotonic() + seconds
    for _hop in range(MOST_REDIRECTS + 1):
        parts = _checked(url, is_allowed)
        host = parts.hostname or ""
        _breaker.ask(host)
        try:
            status, headers, body = _get(url, accept=accept, until=until, most_bytes=most_bytes)
        except HttpUnavailable:
            _breaker.failed(host)
            raise
        if status in _BUSY:
            _breaker.failed(host)
            raise HttpUnavailable(f"{host} answered {status}", retry_after(headers.get("retry-after", "")))
        _breaker.worked(host)
        if status not in _REDIRECTS or not headers.get("location"):
            return Answer(status, url, headers.get("content-type", ""), body)
        url = urljoin(url, headers["location"])
    raise HttpRefused(f"more than {MOST_REDIRECTS} redirects")


def pause_seconds(*, attempt: int, asked_for: float | None) -> float:
    """How long to wait before another attempt: doubling, spread at random, never sooner than the server asked."""
    longest = min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2 ** max(0, attempt - 1))
    spread = random.uniform(longest / 2, longest)  # noqa: S311 - spreads load, guards nothing
    return max(spread, min(asked_for or 0.0, LONGEST_PAUSE_SECONDS))


def retry_after(text: str) -> float | None:
    """The seconds of a Retry-After header, which is a number or a date; None where it says neither."""
    asked = text.strip()
    if asked.isascii() and asked.isdecimal():
        return float(asked[:12])
    try:
        return max(0.0, parsedate_to_datetime(asked).timestamp() - time.time())
    except (ValueError, OverflowError, OSError):  # what is no date, and dates that no clock reaches
        return None


def _origin(parts: SplitResult) -> str:
    return f"{parts.scheme}://{parts.netloc}"


def _checked(url: str, is_allowed: Callable[[str], bool]) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise HttpRefused(str(error)) from None
    if parts.username or parts.password or not parts.hostname or any(ord(c) <= 32 for c in url):
        raise HttpRefused("no address that may be asked")
    if not is_allowed(parts.hostname):
        raise HttpRefused(f"{parts.hostname} may not be asked")
    if _origin(parts) not in settings.HTTP_DOOR_LOOPBACK_ORIGINS and (
        parts.scheme != "https" or port not in {None, 443}
    ):
        raise HttpRefused("only https on its own port")
    return parts


def _get(url: str, *, accept: str, until: float, most_bytes: int) -> tuple[int, dict[str, str], bytes]:
    trusted = _origin(urlsplit(url)) in settings.HTTP_DOOR_LOOPBACK_ORIGINS
    headers = {
        "Accept": accept,
        "Accept-Encoding": "identity",
        "User-Agent": USER_AGENT,
        "Connection": "close",
    }
    try:
        with (
            httpcore.ConnectionPool(
                ssl_context=_tls(),
                network_backend=_CheckedNetwork(allows_private=trusted, until=until),
                retries=0,
            ) as pool,
            pool.stream("GET", url, headers=list(headers.items()), extensions=_patience(until)) as response,
        ):
            found = {key.decode("latin-1").lower(): value.decode("latin-1") for key, value in response.headers}
            if found.get("content-encoding", "identity") != "identity":
                raise HttpRefused("an answer that is packed")
            return response.status, found, _read(response.iter_stream(), until=until, most_bytes=most_bytes)
    except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, ssl.SSLError) as error:
        raise HttpUnavailable(f"{type(error).__name__}: {error}") from error
    except (UnicodeError, httpcore.UnsupportedProtocol) as error:
        raise HttpRefused(str(error)) from error


def _read(chunks: Iterable[bytes], *, until: float, most_bytes: int) -> bytes:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > most_bytes:
            raise HttpRefused(f"an answer of more than {most_bytes} bytes")
        if time.monotonic() > until:
            raise HttpUnavailable("the answer took too long")
    return bytes(body)


def _patience(until: float) -> dict[str, dict[str, float]]:
    left = until - time.monotonic()
    if left <= 0:
        raise HttpUnavailable("the answer took too long")
    return {"timeout": dict.fromkeys(("connect", "read", "write", "pool"), min(left, 5.0))}


@lru_cache(maxsize=1)
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


class _CheckedNetwork(httpcore.SyncBackend):
    """Resolves a name, has every address of it be public, and connects to the one that it checked."""

    def __init__(self, *, allows_private: bool, until: float) -> None:
        super().__init__()
        self.allows_private = allows_private
        self.until = until

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        addresses = [str(entry[4][0]) for entry in found]
        for address in addresses:
            checked = ip_address(address.partition("%")[0])
            if not is_public(checked) and not (self.allows_private and checked.is_loopback):
                log.warning("http_door_refused", host=host, address=address)
                raise HttpRefused(f"{host} is not on the public internet")
        stream = super().connect_tcp(addresses[0], port, timeout, local_address, socket_options)
        return _TimedStream(stream, self.until)


class _TimedStream(httpcore.NetworkStream):
    """A connection whose every read ends with the whole request's time: a server that drips gains nothing by it."""

    def __init__(self, stream: httpcore.NetworkStream, until: float) -> None:
        self.stream = stream
        self.until = until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, self._left(timeout))

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self.stream.start_tls(ssl_context, server_hostname, self._left(timeout))
        return _TimedStream(secured, self.until)

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)

    def _left(self, timeout: float | None) -> float:
        left = self.until - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the answer took too long")
        return left if timeout is None else min(left, timeout)


class _Breaker:
    """A host that failed several times in a row is left alone for a while; counted in this process."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.failures: dict[str, tuple[int, float]] = {}

    def ask(self, host: str) -> None:
        with self.lock:
            count, until = self.failures.get(host, (0, 0.0))
        left = until - time.monotonic()
        if count >= BREAKS_AFTER and left > 0:
            raise HttpUnavailable(f"{host} is left alone for now", left)

    def failed(self, host: str) -> None:
        with self.lock:
            count = self.failures.get(host, (0, 0.0))[0] + 1
            if len(self.failures) > 1000:
                self.failures.clear()
            self.failures[host] = (count, time.monotonic() + RESTS_SECONDS)

    def worked(self, host: str) -> None:
        with self.lock:
            self.failures.pop(host, None)


_breaker = _Breaker()


def forget_failures() -> None:
    """Give every host another chance."""
    _breaker.failures.clear()
