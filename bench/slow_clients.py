"""How a running portal bears clients that do not finish: `python -m bench.slow_clients http://127.0.0.1:8000`.

From one address of the loopback network come unfinished bodies and unfinished headers, opened again when the portal
closes them; from others come visitors. Said are the visitors' times before and during, and those of /healthz.
"""

import argparse
import asyncio
import http.client
import itertools
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from bench.processes import PROJECT

ATTACKER = "127.0.0.2"
# Many, as visitors are: one address alone would be refused for its number of searches a minute, attacked or not.
VISITORS = [f"127.0.0.{number}" for number in range(3, 203)]
TOKEN = "a" * 32
MOST_OPENINGS = 100_000
VISIT_TIMEOUT_SECONDS = 20.0
DRIP_SECONDS, PAUSE_SECONDS = 2.0, 1.0


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of each visit, and how many visits failed."""

    milliseconds: list[float]
    failed: int

    def p95(self) -> float:
        return statistics.quantiles(self.milliseconds, n=20)[-1] if len(self.milliseconds) > 1 else float("inf")

    def longest(self) -> float:
        return max(self.milliseconds, default=float("inf"))


@dataclass(frozen=True, slots=True)
class Findings:
    quiet: Times
    attacked: Times
    health: Times


def unfinished_body(host: str) -> bytes:
    """A form of which two bytes come."""
    return (
        f"POST /accounts/login/ HTTP/1.1\r\nHost: {host}\r\nCookie: csrftoken={TOKEN}\r\nContent-Length: 100000\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n\r\nab"
    ).encode()


def unfinished_head(host: str) -> bytes:
    return f"GET / HTTP/1.1\r\nHost: {host}\r\nX-Slow: ".encode()


async def hold(address: tuple[str, int], opening: bytes, budget: list[int]) -> None:
    """Keep one unfinished request open, with a byte every other second; opened anew a second after it was closed."""
    while budget[0] > 0:
        budget[0] -= 1
        try:
            reader, writer = await asyncio.open_connection(*address, local_addr=(ATTACKER, 0))
        except OSError:
            await asyncio.sleep(PAUSE_SECONDS)
            continue
        hearing = asyncio.ensure_future(reader.read(4096))
        writer.write(opening)
        while not (await asyncio.wait({hearing}, timeout=DRIP_SECONDS))[0]:
            writer.write(b"x")
        hearing.exception()
        writer.transport.abort()
        await asyncio.sleep(PAUSE_SECONDS)


def attack(address: tuple[str, int], bodies: int, heads: int) -> None:
    """Until this process is ended."""

    async def all_at_once() -> None:
        host, budget = f"{address[0]}:{address[1]}", [MOST_OPENINGS]
        openings = [unfinished_body(host)] * bodies + [unfinished_head(host)] * heads
        await asyncio.gather(*(hold(address, opening, budget) for opening in openings))

    asyncio.run(all_at_once())


def visit(address: tuple[str, int], paths: Sequence[str], *, seconds: float, pause: float) -> Times:
    """Ask for the paths in turn, each over a connection of its own, as somebody who comes by would."""
    times: list[float] = []
    failed = 0
    visitors = itertools.cycle(VISITORS)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for path in paths:
            began = time.perf_counter()
            visitor = (next(visitors), 0)
            door = http.client.HTTPConnection(*address, timeout=VISIT_TIMEOUT_SECONDS, source_address=visitor)
            try:
                door.request("GET", path)
                answer = door.getresponse()
                answer.read()
                failed += answer.status >= 400
            except (OSError, http.client.HTTPException):
                failed += 1
            finally:
                door.close()
            times.append((time.perf_counter() - began) * 1000)
            time.sleep(pause)
    return Times(times, failed)


def measure(
    address: tuple[str, int],
    paths: Sequence[str],
    *,
    bodies: int,
    heads: int,
    seconds: float,
    say: Callable[[str], None],
) -> Findings:
    """Visitors before, then visitors and /healthz during the attack."""
    quiet = visit(address, paths, seconds=seconds, pause=0.02)
    say(f"quiet:    {described(quiet)}")
    command = [
        sys.executable,
        "-m",
        "bench.slow_clients",
        f"http://{address[0]}:{address[1]}",
        "--attack-only",
    ]
    attacker = subprocess.Popen([*command, "--bodies", str(bodies), "--headers", str(heads)], cwd=PROJECT)
    try:
        time.sleep(2.0)
        attacked = visit(address, paths, seconds=seconds, pause=0.02)
        health = visit(address, ["/healthz"], seconds=seconds / 2, pause=0.05)
        if attacker.poll() is not None:
            raise RuntimeError("the attack ended before the measurement did")
    finally:
        attacker.kill()
        attacker.wait()
    say(f"attacked: {described(attacked)}")
    say(f"/healthz: {described(health)}")
    return Findings(quiet, attacked, health)


def described(times: Times) -> str:
    median = statistics.median(times.milliseconds)
    return (
        f"{len(times.milliseconds)} visits, {times.failed} failed, median {median:.1f} ms, "
        f"p95 {times.p95():.1f} ms, longest {times.longest():.1f} ms"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url", help="of a portal on this machine, as http://127.0.0.1:8000")
    parser.add_argument("--bodies", type=int, default=500)
    parser.add_argument("--headers", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--path", action="append", help="a page that the visitors ask for; may be given again")
    parser.add_argument("--attack-only", action="store_true", help="attack until ended, and measure nothing")
    given = parser.parse_args()
    parts = urlsplit(given.url)
    address = (parts.hostname or "127.0.0.1", parts.port or 80)
    if given.attack_only:
        attack(address, given.bodies, given.headers)
        return
    measure(
        address,
        given.path or ["/", "/search/?q=learning"],
        bodies=given.bodies,
        heads=given.headers,
        seconds=given.seconds,
        say=print,
    )


if __name__ == "__main__":
    main()
