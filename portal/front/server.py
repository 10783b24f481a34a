"""All connections together: how many, of whom, and which have run out of time."""

import asyncio
from collections import defaultdict

from portal.front.connection import Connection, State
from portal.front.limits import Limits, counted_as
from portal.front.requests import Request
from portal.front.turns import Turns
from portal.front.upstream import Answer


class Front:
    """What the connections of one listening process share.

    `trusted_proxies` is how many proxies of ours stand in front: their addresses are many clients', so connections
    are not counted by them, and whose turn it is goes by `X-Forwarded-For`.
    """

    def __init__(self, socket: str, *, limits: Limits, trusted_proxies: int = 0) -> None:
        self.socket = socket
        self.limits = limits
        self.trusted_proxies = trusted_proxies
        self.turns = Turns(limits)
        self.buffered_bytes = 0
        self._loop = asyncio.get_running_loop()
        self._connections: set[Connection] = set()
        self._reading: defaultdict[str, dict[Connection, None]] = defaultdict(dict)  # longest first
        self._sending: set[asyncio.Task[None]] = set()

    def now(self) -> float:
        """Seconds of a clock that never jumps."""
        return self._loop.time()

    def opened(self, connection: Connection) -> None:
        """Take a connection in; when there are too many, the one that has read longest of the busiest address goes."""
        self._connections.add(connection)
        self._reading[connection.address][connection] = None
        if len(self._connections) > self.limits.most_connections:
            busiest = max(self._reading.values(), key=len)
            next(iter(busiest)).drop()

    def closed(self, connection: Connection) -> None:
        self._connections.discard(connection)
        self._forget_reading(connection)

    def changed(self, connection: Connection) -> None:
        """The connection's state is another now."""
        self._forget_reading(connection)
        if connection.state is State.READS and connection in self._connections:
            self._reading[connection.address][connection] = None

    def may_buffer(self, more: int) -> bool:
        """Count `more` bytes of a large body, unless all of them together would be too many."""
        if self.buffered_bytes + more > self.limits.most_buffered_bytes:
            return False
        self.buffered_bytes += more
        return True

    def buffer_less(self, less: int) -> None:
        """A large body, or what there was of it, is no longer kept."""
        self.buffered_bytes -= less

    def client_of(self, request: Request, peer: str) -> str:
        """Whose turn a request takes: the peer's, or of whom our own proxies say that they speak for."""
        if self.trusted_proxies:
            hops = [hop.strip() for hop in request.header(b"x-forwarded-for").decode("latin-1").split(",")]
            if len(hops) >= self.trusted_proxies and hops[-self.trusted_proxies]:
                return counted_as(hops[-self.trusted_proxies])
        return counted_as(peer)

    def send(self, answer: Answer) -> None:
        """Connect to the application; one that is not there answers nothing."""
        task = self._loop.create_task(self._connect(answer))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def sweep(self) -> None:
        """Until cancelled: end what has run out of time, and what an address has open beyond its share."""
        while True:
            await asyncio.sleep(self.limits.sweep_seconds)
            now = self.now()
            for connection in [c for c in self._connections if c.deadline < now]:
                connection.ran_out_of_time()
            if not self.trusted_proxies:
                for reading in list(self._reading.values()):
                    surplus = len(reading) - self.limits.connections_per_address
                    for connection in list(reading)[: max(0, surplus)]:
                        connection.drop()

    async def _connect(self, answer: Answer) -> None:
        try:
            await self._loop.create_unix_connection(lambda: answer, self.socket)
        except OSError:
            answer.connection_lost(None)

    def _forget_reading(self, connection: Connection) -> None:
        reading = self._reading.get(connection.address)
        if reading is not None:
            reading.pop(connection, None)
            if not reading:
                del self._reading[connection.address]
