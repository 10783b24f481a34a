"""`python -m bench --scale 10k`: run the benchmarks and print one table."""

import argparse
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bench.corpus import SCALES
from bench.registry import Benchmark, Line, benchmarks
from bench.report import heading, row, write_json

if TYPE_CHECKING:
    from bench.session import Session


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what was asked for. Returns 0, also when a reach is missed: the table says so."""
    options = _options(arguments)
    # What was started is ended and scratch databases are dropped on SIGTERM as on Ctrl-C.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    from bench.session import Session
    from portal.start import prepare

    prepare(role="command")
    # Benchmarks make and drop databases, which the application's role may not.
    os.environ["DATABASE_URL"] = os.environ.pop("DATABASE_OWNER_URL", "") or os.environ["DATABASE_URL"]
    session = Session(scale=options.scale, url=os.environ["DATABASE_URL"])
    chosen = _chosen(benchmarks(), options.only)
    print(heading(), flush=True)
    lines = list(_measured(chosen, session))
    if os.environ.get("BENCH_JSON"):
        write_json(Path(os.environ["BENCH_JSON"]), lines)
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--scale", choices=sorted(SCALES), default="10k", help="how many papers")
    parser.add_argument("--only", action="append", metavar="NAME", help="run this one only (repeatable)")
    return parser.parse_args(arguments)


def _chosen(known: dict[str, Benchmark], only: Sequence[str] | None) -> dict[str, Benchmark]:
    unknown = set(only or ()) - set(known)
    if unknown:
        sys.exit(f"bench: no benchmark is called {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    return {name: function for name, function in known.items() if not only or name in only}


def _measured(chosen: dict[str, Benchmark], session: "Session") -> Iterator[Line]:
    from bench.session import LeftOut

    for name, function in chosen.items():
        try:
            for line in function(session):
                print(row(line), flush=True)
                yield line
        except LeftOut as reason:
            print(f"# {name} left out: {reason}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
