"""Neighbours of every paper, found and written, against numpy's brute force for the same neighbours."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from bench.registry import Line, at_least, benchmark, ratio_at_most
from bench.session import LeftOut, Session
from bench.timing import timed

if TYPE_CHECKING:
    from metrics.services.novelty.store import Corpus

BLOCK = 512
NEIGHBOURS = 10
LARGEST = 150_000


@benchmark("novelty")
def novelty(session: Session) -> Iterator[Line]:
    """Vectors are there already. Ours ends when neighbours and distances are in the database."""
    session.use_django()
    from metrics.services.novelty.store import load_corpus
    from metrics.services.novelty.vectors import the_model

    name = the_model().name
    corpus = load_corpus(name)
    if len(corpus.paper_ids) > LARGEST:
        raise LeftOut(f"brute force over {len(corpus.paper_ids)} papers takes hours")
    found: list[npt.NDArray[np.int64]] = []
    floor = timed(lambda: found.append(brute_force(corpus)))
    _forget()
    own = timed(_place_all)
    yield Line("novelty.neighbours", own, "s", floor, ratio_at_most(1))
    yield Line("novelty.recall", recall(load_corpus(name), found[0]), "", reach=at_least(0.95, ""))


def brute_force(corpus: "Corpus") -> npt.NDArray[np.int64]:
    """(papers, 10) rows of the nearest papers that are certainly earlier, -1 where fewer: product, mask, selection."""
    found = np.full((len(corpus.paper_ids), NEIGHBOURS), -1, dtype=np.int64)
    everyone = np.ascontiguousarray(corpus.vectors.T)
    for start in range(0, len(found), BLOCK):
        part = slice(start, start + BLOCK)
        products = corpus.vectors[part] @ everyone
        products[corpus.last_days[None, :] >= corpus.first_days[part, None]] = -np.inf
        best = np.argpartition(products, -NEIGHBOURS, axis=1)[:, -NEIGHBOURS:]
        found[part] = np.where(np.isneginf(np.take_along_axis(products, best, axis=1)), -1, best)
    return found


def recall(corpus: "Corpus", wanted: npt.NDArray[np.int64]) -> float:
    """Which share of the neighbours by brute force is stored."""
    from common.db.sql import fetch

    rows = fetch(
        "SELECT m.paper_id, array_agg((e ->> 0)::bigint) FROM metrics_papermetrics m,"
        " jsonb_array_elements(m.novelty_neighbours) e GROUP BY 1",
        {},
    )
    stored = {paper_id: set(ids) for paper_id, ids in rows}
    hits = total = 0
    for paper_id, near in zip(corpus.paper_ids.tolist(), wanted, strict=True):
        ids = corpus.paper_ids[near[near >= 0]].tolist()
        hits += len(stored.get(paper_id, set()).intersection(ids))
        total += len(ids)
    return hits / total


def _forget() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE metrics_papervector SET is_placed = false")
        cursor.execute("UPDATE metrics_papermetrics SET novelty_neighbours = NULL, novelty_distance = NULL")
        cursor.execute("VACUUM (ANALYZE) metrics_papervector, metrics_papermetrics")


def _place_all() -> None:
    """Item by item, as a worker would."""
    from django.db import transaction

    from metrics.models import Stage
    from metrics.services.refresh.scope import Range
    from metrics.services.refresh.stages import COMPUTATIONS, SIZES, first_id, last_id
    from metrics.services.refresh.statements import Moment, prepare_session

    stage, moment = Stage.NEIGHBOURS, Moment.at(datetime.now(UTC))
    step = SIZES[stage]
    for low in range(first_id(stage), last_id(stage) + 1, step):
        with transaction.atomic():
            prepare_session()
            partial(COMPUTATIONS[stage], Range(low, low + step - 1), moment)()
