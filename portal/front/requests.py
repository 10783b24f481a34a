"""A request as it comes in pieces, until it is whole or refused. Parsing is llhttp's, by httptools."""

from collections import deque
from dataclasses import dataclass, field

import httptools

from portal.front.limits import PEER_HEADER, Limits

# Ours to say to the application, hop by hop, or decided by what was read.
_DROPPED = frozenset(
    {
        b"connection",
        b"keep-alive",
        b"proxy-connection",
        b"upgrade",
        b"te",
        b"trailer",
        b"expect",
        b"transfer-encoding",
        b"content-length",
        PEER_HEADER,
    }
)


class Refused(Exception):
    """A request that is not taken: the status and a few words for the client."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


@dataclass(slots=True)
class Request:
    """One request. `length` is None where none was declared."""

    method: bytes = b""
    target: bytes = b""
    version: bytes = b"1.1"
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytearray = field(default_factory=bytearray)
    length: int | None = None
    is_chunked: bool = False
    expects_continue: bool = False
    keeps_alive: bool = True
    has_head: bool = False

    def header(self, name: bytes) -> bytes:
        """The values of a header, joined by commas; empty when it is not there."""
        return b",".join(value for key, value in self.headers if key.lower() == name)

    def encoded(self, peer: str) -> bytes:
        """What the application is sent: the request anew, with one length, its sender, and nothing of the hop."""
        lines = [b"%s %s HTTP/%s" % (self.method, self.target, self.version)]
        # A name with an underscore reaches WSGI under the same key as one with a dash.
        lines += [
            b"%s: %s" % (name, value)
            for name, value in self.headers
            if b"_" not in name and name.lower() not in _DROPPED
        ]
        lines += [b"%s: %s" % (PEER_HEADER, peer.encode()), b"connection: close"]
        if self.body or self.length is not None or self.is_chunked:
            lines.append(b"content-length: %d" % len(self.body))
        return b"\r\n".join(lines) + b"\r\n\r\n" + bytes(self.body)


class RequestReader:
    """Makes requests of bytes. Raises Refused for what is no request, too large, or has too many headers."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.current: Request | None = None  # begun and not whole
        self.whole: deque[Request] = deque()
        self._head_bytes = 0
        self._parser = httptools.HttpRequestParser(self)

    def feed(self, data: bytes) -> None:
        """Read on: what is whole stands in `whole`, what is not in `current`."""
        self._head_bytes += len(data)
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            self.whole[-1].keeps_alive = False  # another protocol is not spoken here; the request itself stands
        except httptools.HttpParserCallbackError as error:
            if isinstance(error.__context__, Refused):
                raise error.__context__ from None
            raise
        except httptools.HttpParserError as error:
            raise Refused(400, "That is no HTTP request.") from error
        has_begun = self.current is not None and not self.current.has_head
        if has_begun and self._head_bytes > self.limits.most_head_bytes:
            raise Refused(431, "The headers are too long.")

    def on_message_begin(self) -> None:
        self.current = Request()

    def on_url(self, url: bytes) -> None:
        assert self.current
        self.current.target += url

    def on_header(self, name: bytes, value: bytes) -> None:
        request = self.current
        assert request
        if request.has_head:
            return  # a trailer
        if len(request.headers) >= self.limits.most_headers:
            raise Refused(431, "There are too many headers.")
        request.headers.append((name, value))
        lowered = name.lower()
        if lowered == b"content-length":
            if not value.isdigit():
                raise Refused(400, "The length of the body is no number.")
            request.length = int(value)
        elif lowered == b"transfer-encoding":
            request.is_chunked = True
        elif lowered == b"expect" and value.lower() == b"100-continue":
            request.expects_continue = True

    def on_headers_complete(self) -> None:
        request = self.current
        assert request
        request.method = self._parser.get_method()
        request.version = self._parser.get_http_version().encode()
        request.keeps_alive = request.version == b"1.1" and self._parser.should_keep_alive()
        request.has_head = True
        self._head_bytes = 0
        if request.method == b"CONNECT" or request.version not in {b"1.0", b"1.1"}:
            raise Refused(400, "That is no HTTP request.")
        if len(request.target) + sum(len(n) + len(v) for n, v in request.headers) > self.limits.most_head_bytes:
            raise Refused(431, "The headers are too long.")
        if request.length is not None and request.length > self.limits.most_body_bytes:
            raise Refused(413, "The body is too large.")

    def on_body(self, body: bytes) -> None:
        assert self.current
        if len(self.current.body) + len(body) > self.limits.most_body_bytes:
            raise Refused(413, "The body is too large.")
        self.current.body += body

    def on_message_complete(self) -> None:
        assert self.current
        self.whole.append(self.current)
        self.current = None
