"""`python -m portal.front HOST PORT SOCKET`, with the limits that differ as options."""

import argparse
import asyncio
import signal
import socket
import sys

import uvloop

from portal.front.connection import Connection
from portal.front.limits import Limits, raise_file_limit
from portal.front.server import Front

BACKLOG = 4096
FILES_OF_OUR_OWN = 200
GOODBYE_SECONDS = 8.0


async def serve(listener: socket.socket, upstream: str, *, limits: Limits, trusted_proxies: int) -> None:
    """Serve until SIGTERM or SIGINT; then finish what is being answered, for a few seconds at most."""
    loop = asyncio.get_running_loop()
    ending = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ending.set)
    front = Front(upstream, limits=limits, trusted_proxies=trusted_proxies)
    server = await loop.create_server(lambda: Connection(front), sock=listener, backlog=BACKLOG)
    sweeping = loop.create_task(front.sweep())
    await ending.wait()
    server.close()
    until = loop.time() + GOODBYE_SECONDS
    while front.turns.running and loop.time() < until:
        await asyncio.sleep(0.05)
    sweeping.cancel()


def listen(host: str, port: int) -> socket.socket:
    """The listening socket, also taken over from a process that has just ended."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    return listener


def main() -> None:
    defaults = Limits()
    parser = argparse.ArgumentParser(prog="portal.front", description=__doc__)
    parser.add_argument("host")
    parser.add_argument("port", type=int)
    parser.add_argument("socket", help="where the application listens")
    parser.add_argument("--slots", type=int, default=defaults.slots)
    parser.add_argument("--most-body-bytes", type=int, default=defaults.most_body_bytes)
    parser.add_argument("--trusted-proxies", type=int, default=0)
    given = parser.parse_args()
    files = raise_file_limit(2 * defaults.most_connections)
    limits = Limits(
        slots=given.slots,
        most_body_bytes=given.most_body_bytes,
        most_connections=min(defaults.most_connections, max(50, files - FILES_OF_OUR_OWN)),
    )
    try:
        listener = listen(given.host, given.port)
    except OSError as error:
        sys.exit(f"front: nothing can listen on {given.host}:{given.port} ({error.strerror})")
    uvloop.run(serve(listener, given.socket, limits=limits, trusted_proxies=given.trusted_proxies))


if __name__ == "__main__":
    main()
