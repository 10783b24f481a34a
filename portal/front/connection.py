"""One client's connection: reading a request, waiting for its turn, being answered, and the next one."""

import asyncio
from enum import Enum
from http import HTTPStatus
from typing import Protocol, cast

from portal.front.limits import HEALTH_PATH, Limits, counted_as
from portal.front.requests import Refused, Request, RequestReader
from portal.front.turns import Turns
from portal.front.upstream import NOTHING_ANSWERED, Answer

_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


class State(Enum):
    """What a connection is about. Only one that READS may be closed to make room."""

    READS = "reads"
    WAITS = "waits"
    IS_ANSWERED = "is answered"
    CLOSES = "closes"


class Shared(Protocol):
    """What a connection needs of the front (`portal.front.server.Front`)."""

    limits: Limits
    turns: Turns

    def now(self) -> float: ...
    def opened(self, connection: "Connection") -> None: ...
    def closed(self, connection: "Connection") -> None: ...
    def changed(self, connection: "Connection") -> None: ...
    def may_buffer(self, more: int) -> bool: ...
    def buffer_less(self, less: int) -> None: ...
    def client_of(self, request: Request, peer: str) -> str: ...
    def send(self, answer: Answer) -> None: ...


class Connection(asyncio.Protocol):
    """Speaks HTTP/1.1 with one client, one request at a time."""

    def __init__(self, front: Shared) -> None:
        self.front = front
        self.state = State.READS
        self.deadline = front.now() + front.limits.head_seconds
        self.peer = ""
        self.address = ""
        self._reader = RequestReader(front.limits)
        self._request: Request | None = None
        self._answer: Answer | None = None
        self._counted_for = ""
        self._body_began: float | None = None
        self._buffered = 0
        self._later = b""
        self._is_paused = False
        self._transport: asyncio.Transport | None = None

    # The client

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        peer = self._transport.get_extra_info("peername")
        self.peer = str(peer[0]) if peer else ""
        self.address = counted_as(self.peer)
        self._transport.set_write_buffer_limits(high=self.front.limits.send_buffer_bytes)
        self.front.opened(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        self._buffer_no_more()
        if self.state is State.WAITS:
            self.front.turns.withdraw(self._counted_for, self._start)
        if self._answer is None:
            self.front.closed(self)
        elif self._answer.transport is not None:
            # Its thread is not free before it has ended: it is read to the end, and counted until then.
            self._answer.transport.resume_reading()
        if self.state is not State.IS_ANSWERED:
            self.state = State.CLOSES

    def data_received(self, data: bytes) -> None:
        if self.state is State.CLOSES:
            return
        if self.state is not State.READS:
            self._later += data
            if len(self._later) > self.front.limits.most_head_bytes and self._transport is not None:
                self._transport.pause_reading()
            return
        had_begun = self._reader.current is not None
        try:
            self._reader.feed(data)
            if self._reader.current is not None and not had_begun:
                self.deadline = self.front.now() + self.front.limits.head_seconds
            self._watch_the_body()
        except Refused as refusal:
            self.refuse(refusal.status, refusal.reason)
            return
        self._next()

    def pause_writing(self) -> None:
        """The client takes the answer more slowly than it is made: the application waits, but not for ever."""
        self._is_paused = True
        self.deadline = self.front.now() + self.front.limits.stalled_seconds
        if self._answer is not None and self._answer.transport is not None:
            self._answer.transport.pause_reading()

    def resume_writing(self) -> None:
        self._is_paused = False
        if self.state is State.IS_ANSWERED:
            self.deadline = self.front.now() + self.front.limits.answer_seconds
        if self._answer is not None and self._answer.transport is not None:
            self._answer.transport.resume_reading()

    def refuse(self, status: int, reason: str) -> None:
        """Answer by ourselves and close: the client has a moment to read it."""
        retry = "retry-after: 2\r\n" if status == 503 else ""
        body = f"{reason}\n".encode()
        self._write(
            f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\ncontent-type: text/plain; charset=utf-8\r\n"
            f"content-length: {len(body)}\r\ncache-control: no-store\r\n{retry}connection: close\r\n\r\n".encode()
            + body
        )
        self._close_soon()

    def ran_out_of_time(self) -> None:
        """The deadline of the present state has passed."""
        if self.state is State.READS and self._reader.current is not None:
            self.refuse(408, "The request did not come in time.")
        elif self.state is State.WAITS:
            self.front.turns.withdraw(self._counted_for, self._start)
            self.refuse(503, "The portal is busy. Try again in a moment.")
        elif self.state is State.IS_ANSWERED and self._answer is not None:
            answer = self._answer
            if answer.has_head:
                self.drop()
            else:
                self.refuse(504, "The portal took too long to answer.")
            answer.give_up()
        else:
            self.drop()

    def drop(self) -> None:
        """End the connection at once."""
        if self._transport is not None:
            self._transport.abort()

    # The request

    def _watch_the_body(self) -> None:
        """Set the time that the unfinished request has, and keep all large bodies together within their size."""
        request, limits = self._reader.current, self.front.limits
        if request is None or not request.has_head:
            return
        if self._body_began is None:
            self._body_began = self.front.now()
            if request.expects_continue:
                self._write(_CONTINUE)
        size = len(request.body) if request.length is None else request.length
        self.deadline = self._body_began + limits.body_seconds + size / limits.least_body_rate
        if len(request.body) > limits.small_body_bytes:
            grown = len(request.body) - self._buffered
            if not self.front.may_buffer(grown):
                raise Refused(503, "The portal is busy. Try again in a moment.")
            self._buffered += grown

    def _next(self) -> None:
        """Take up the next whole request, if there is one."""
        if not self._reader.whole:
            return
        request = self._reader.whole.popleft()
        self._body_began = None
        if request.target.split(b"?", 1)[0] == HEALTH_PATH and request.method in {b"GET", b"HEAD"}:
            self._answer_health(request)
            return
        self._request = request
        self._counted_for = self.front.client_of(request, self.peer)
        self._set(State.WAITS, self.front.limits.waiting_seconds)
        if not self.front.turns.ask(self._counted_for, self._start):
            self.refuse(503, "Too many of your requests are waiting. Try again in a moment.")

    def _answer_health(self, request: Request) -> None:
        length_and_body = b"content-length: 3\r\n\r\n" + (b"ok\n" if request.method == b"GET" else b"")
        kept = b"keep-alive" if request.keeps_alive else b"close"
        self._write(
            b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncache-control: no-store\r\nconnection: "
            + kept
            + b"\r\n"
            + length_and_body
        )
        self._after_answer(keeps_alive=request.keeps_alive)

    # The answer

    def _start(self) -> None:
        """It is our turn: send the request to the application."""
        request = self._request
        assert request
        self._set(State.IS_ANSWERED, self.front.limits.answer_seconds)
        self._answer = Answer(
            request.encoded(self.peer),
            has_body=request.method != b"HEAD",
            keeps_alive=request.keeps_alive,
            receiver=self,
        )
        request.body.clear()
        self._buffer_no_more()
        self.front.send(self._answer)

    def answer_data(self, data: bytes) -> None:
        if not self._is_paused:
            self.deadline = self.front.now() + self.front.limits.answer_seconds
        self._write(data)

    def answer_ended(self, problem: str | None) -> None:
        """The application is done with us; a client that has left meanwhile was still counted until now."""
        answer, self._answer, self._request = self._answer, None, None
        self.front.turns.done(self._counted_for)
        if self._transport is None:
            self.front.closed(self)
        elif self.state is not State.IS_ANSWERED:
            return
        elif problem == NOTHING_ANSWERED:
            self.refuse(503, "The portal is starting or busy. Try again in a moment.")
        elif problem is not None:
            self.drop()  # what the client has is no whole answer, and must not look like one
        else:
            self._after_answer(keeps_alive=answer is not None and answer.keeps_alive)

    def _after_answer(self, *, keeps_alive: bool) -> None:
        if not keeps_alive:
            self._close_soon()
            return
        has_begun = self._reader.current is not None
        limits = self.front.limits
        self._set(State.READS, limits.head_seconds if has_begun else limits.idle_seconds)
        if self._reader.whole:
            self._next()
        elif self._later:
            later, self._later = self._later, b""
            if self._transport is not None:
                self._transport.resume_reading()
            self.data_received(later)

    # Both

    def _set(self, state: State, seconds: float) -> None:
        self.state = state
        self.deadline = self.front.now() + seconds
        self.front.changed(self)

    def _close_soon(self) -> None:
        """Send what is left, say that no more comes, and read what the client still sends into the void."""
        unsent = self._transport.get_write_buffer_size() if self._transport is not None else 0
        seconds = self.front.limits.closing_seconds
        self._set(State.CLOSES, self.front.limits.stalled_seconds if unsent else seconds)
        self._buffer_no_more()
        if self._transport is not None and self._transport.can_write_eof():
            self._transport.resume_reading()
            self._transport.write_eof()

    def _write(self, data: bytes) -> None:
        if self._transport is not None and self.state is not State.CLOSES:
            self._transport.write(data)

    def _buffer_no_more(self) -> None:
        self.front.buffer_less(self._buffered)
        self._buffered = 0
