"""A list of the API: a hundred works of one author, against the floor view."""

from collections.abc import Iterator
from functools import partial

import orjson

from bench.people import planted, queries_of
from bench.registry import Line, at_most, benchmark, ratio_at_most
from bench.servers import BadAnswer
from bench.session import Session
from bench.timing import interleaved

_PER_PAGE = 100


@benchmark("api_works")
def api_works(session: Session) -> Iterator[Line]:
    """`/api/works` filtered by an author with 400 papers."""
    person = planted(session.database())[1]
    with session.server() as server:
        path = server.canonical(f"/api/works?filter=author.id:{person.public_id}&per_page={_PER_PAGE}")
        answer = orjson.loads(server.get(path))
        if len(answer["results"]) != _PER_PAGE or answer["meta"]["count"] != person.papers:
            raise BadAnswer(f"{path} lists {len(answer['results'])} of {answer['meta']}")
        yield Line("api_works.queries", len(queries_of(path)), "queries", reach=at_most(8, "queries"))
        floor, listed = interleaved([partial(server.get, person.floor), partial(server.get, path)])
    yield Line("api_works.p50", listed.p50, "ms", floor.p50, ratio_at_most(15))
