"""The whole test suite, when BENCH_SUITE=1 asks for it."""

import os
from collections.abc import Iterator

from bench.processes import run
from bench.registry import Line, at_most, benchmark
from bench.session import LeftOut, Session


@benchmark("suite")
def suite(session: Session) -> Iterator[Line]:
    """`make test` from start to end; a failing suite is an error."""
    if os.environ.get("BENCH_SUITE") != "1":
        raise LeftOut("set BENCH_SUITE=1 to time the test suite")
    empty = {
        "DATABASE_URL": "",
        "REDIS_URL": "",
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        "PROCESS_ROLE": "",
    }
    done = run(["make", "test"], env=empty)
    yield Line("suite", done.seconds, "s", reach=at_most(240, "s"))
