"""The author page: against the floor view, for many papers against few, in a large corpus against a small one."""

from collections.abc import Iterator
from functools import partial

from bench.people import planted, queries_of
from bench.registry import Line, at_most, benchmark, ratio_at_most
from bench.session import Session
from bench.timing import interleaved

SMALL = "10k"


@benchmark("author_page")
def author_page(session: Session) -> Iterator[Line]:
    """An author with 400 papers against the floor; one with 2,000 against one with 10."""
    few, some, many = planted(session.database())
    with session.server() as server:
        pages = [server.canonical(person.page) for person in (few, some, many)]
        yield Line("author_page.queries", len(queries_of(pages[1])), "queries", reach=at_most(10, "queries"))
        floor, *taken = interleaved([partial(server.get, path) for path in (some.floor, *pages)])
    yield Line("author_page.p50", taken[1].p50, "ms", floor.p50, ratio_at_most(8))
    yield Line("author_page.p95", taken[1].p95, "ms", floor.p95)
    yield Line("author_page.2000_against_10", taken[2].p50, "ms", taken[0].p50, ratio_at_most(1.3))


@benchmark("author_page_scale")
def author_page_scale(session: Session) -> Iterator[Line]:
    """The same page in this corpus against the corpus of 10,000 papers, both served side by side."""
    if session.scale == SMALL:
        return
    here, there = planted(session.database())[1], planted(session.database(SMALL))[1]
    with session.server() as large, session.server(SMALL) as small:
        small_page, large_page = small.canonical(there.page), large.canonical(here.page)
        floor, page = interleaved([partial(small.get, small_page), partial(large.get, large_page)])
    yield Line(f"author_page.{session.scale}_against_{SMALL}", page.p50, "ms", floor.p50, ratio_at_most(1.3))
