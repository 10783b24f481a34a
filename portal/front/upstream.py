"""One request to the application, and its answer on the way back."""

import asyncio
from typing import Protocol, cast

NOTHING_ANSWERED = "nothing was answered"


class Receiver(Protocol):
    """Who gets the answer. `answer_ended(None)` is a whole answer; otherwise the text says what was missing."""

    def answer_data(self, data: bytes) -> None: ...
    def answer_ended(self, problem: str | None) -> None: ...


class Answer(asyncio.Protocol):
    """Reads the answer to one request. The application is ours, so its head is believed.

    The body is passed on as it is framed; the application closes its side after it. What comes before the end is
    counted, so that an answer that broke off is not taken for a whole one.
    """

    def __init__(self, encoded: bytes, *, has_body: bool, keeps_alive: bool, receiver: Receiver) -> None:
        self.encoded = encoded
        self.has_body = has_body
        self.keeps_alive = keeps_alive
        self.receiver = receiver
        self.transport: asyncio.Transport | None = None
        self._head = b""
        self.has_head = False
        self._missing: int | None = None  # bytes of a body whose length was declared
        self._tail: bytes | None = None  # the last bytes of a chunked body

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.transport.write(self.encoded)

    def data_received(self, data: bytes) -> None:
        if not self.has_head:
            self._head += data
            head, found, data = self._head.partition(b"\r\n\r\n")
            if not found:
                return
            self.has_head = True
            self.receiver.answer_data(self._own_head(head))
        if data:
            if self._missing is not None:
                self._missing -= len(data)
            if self._tail is not None:
                self._tail = (self._tail + data)[-5:]
            self.receiver.answer_data(data)

    def connection_lost(self, exc: Exception | None) -> None:
        self.receiver.answer_ended(self._problem())

    def give_up(self) -> None:
        """Stop waiting for the answer."""
        if self.transport is not None:
            self.transport.abort()

    def _problem(self) -> str | None:
        if not self.has_head:
            return NOTHING_ANSWERED
        if self._missing or (self._tail is not None and self._tail != b"0\r\n\r\n"):
            return "the answer broke off"
        return None

    def _own_head(self, head: bytes) -> bytes:
        """The head with what this hop decides: whether the client's connection stays open."""
        status, *lines = head.split(b"\r\n")
        code = int(status.split(b" ", 2)[1])
        kept = []
        for line in lines:
            name, _, value = line.partition(b":")
            name = name.strip().lower()
            if name in {b"connection", b"keep-alive"}:
                continue
            if self.has_body and code not in {204, 304}:
                if name == b"content-length":
                    self._missing = int(value)
                elif name == b"transfer-encoding":
                    self._tail = b""
            kept.append(line)
        is_framed = self._missing is not None or self._tail is not None or not self.has_body or code in {204, 304}
        if not is_framed:
            self.keeps_alive = False  # the end of the connection is the end of the body
        kept.append(b"connection: keep-alive" if self.keeps_alive else b"connection: close")
        return b"\r\n".join((status, *kept)) + b"\r\n\r\n"
