"""How a running portal bears many of the worst searches at once: `python -m bench.heavy_searches http://127.0.0.1:8000`.

From one address of the loopback network come searches that match as much as possible, all at one moment; from another
comes a visitor. Said are what the searches were answered, the visitor's times before and meanwhile, and those of
/healthz.
"""

import argparse
import asyncio
import threading
import time
from collections import Counter
from collections.abc import Sequence
from urllib.parse import quote, urlsplit

from bench.slow_clients import ATTACKER, Times, described, visit

# Words that most records hold, phrases, negations, prefixes, and all of the length that the box takes.
WORST = (
    "the of and in a on for with to by",
    "learning model data analysis method system network",
    '"of the" "in the" "on the" -nothing',
    "a* s* m* c* d* l*",
    "wei zhang li wang chen liu",
    "e",
    " ".join(f"word{number} the" for number in range(20)),
)
SECONDS = 60.0
PAGES = ("/", "/search/?q=learning", "/accounts/login/")


def addresses(count: int) -> list[str]:
    """Searches of all kinds in turn, no two alike, so that no cache answers."""
    kinds = ("", "&type=works", "&type=authors", "&sort=-date")
    return [
        f"/search/?q={quote(f'{WORST[number % len(WORST)]} {number}')}{kinds[number % len(kinds)]}"
        for number in range(count)
    ]


async def ask(address: tuple[str, int], path: str) -> tuple[str, float]:
    """The status of an answer, or "cut" for none in time, and its seconds."""
    began = time.monotonic()
    try:
        async with asyncio.timeout(SECONDS):
            reader, writer = await asyncio.open_connection(*address, local_addr=(ATTACKER, 0))
            writer.write(
                f"GET {path} HTTP/1.1\r\nHost: {address[0]}:{address[1]}\r\nConnection: close\r\n\r\n".encode()
            )
            line = await reader.readline()
            await reader.read()
            writer.close()
    except (OSError, TimeoutError):
        return "cut", time.monotonic() - began
    return line.split()[1].decode() if line else "cut", time.monotonic() - began


async def ask_all(address: tuple[str, int], paths: Sequence[str]) -> list[tuple[str, float]]:
    return list(await asyncio.gather(*(ask(address, path) for path in paths)))


def measure(address: tuple[str, int], count: int) -> tuple[list[tuple[str, float]], Times, Times, Times]:
    """Answers to the searches; the visitor's times before and meanwhile; those of /healthz meanwhile."""
    quiet = visit(address, PAGES, seconds=5.0, pause=0.02)
    answers: list[tuple[str, float]] = []
    flood = threading.Thread(target=lambda: answers.extend(asyncio.run(ask_all(address, addresses(count)))))
    flood.start()
    time.sleep(0.3)
    health = visit(address, ["/healthz"] * 10, seconds=0.1, pause=0.02)
    meanwhile = visit(address, PAGES, seconds=5.0, pause=0.02)
    flood.join()
    return answers, quiet, meanwhile, health


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--searches", type=int, default=200)
    given = parser.parse_args()
    parts = urlsplit(given.url)
    answers, quiet, meanwhile, health = measure((parts.hostname or "127.0.0.1", parts.port or 80), given.searches)
    statuses = Counter(status for status, _seconds in answers)
    print(f"searches: {dict(sorted(statuses.items()))}, the last after {max(s for _, s in answers):.1f} s")
    print(f"quiet:    {described(quiet)}")
    print(f"visitors: {described(meanwhile)}")
    print(f"healthz:  {described(health)}")


if __name__ == "__main__":
    main()
