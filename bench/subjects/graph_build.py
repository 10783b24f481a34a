"""A build of the graph's files from the tables, against reading the same rows by COPY and dropping them."""

from collections.abc import Iterator
from datetime import UTC, datetime

from bench.registry import Line, benchmark, ratio_at_most
from bench.session import Session
from bench.timing import timed


@benchmark("graph_build")
def graph_build(session: Session) -> Iterator[Line]:
    """Everything that `manage.py build_graph` does, and the statements that it reads from alone."""
    session.use_django()
    from graph.selectors.rows import copy_bytes
    from graph.selectors.statements import SOURCES
    from graph.services.building import build_network

    def read() -> None:
        for source in SOURCES:
            copy_bytes(source.of_all())

    read()
    floor = timed(read)
    own = timed(lambda: build_network(now=datetime.now(UTC)))
    yield Line("graph.build", own, "s", floor, ratio_at_most(3))
