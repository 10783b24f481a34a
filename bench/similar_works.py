"""`python -m bench.similar_works`: how well similar works find what a paper cites or is cited by, on the record at hand.

For papers with at least five such neighbours that have a vector, drawn by `--seed`: the normalised discounted gain of
the first ten (NDCG, in points of 100), by vectors alone and as the page shows them, and the time of the statement.
"""

import argparse
import os
import random
import time
from collections.abc import Sequence
from math import log2
from statistics import mean, median, quantiles

SHOWN = 10

_JUDGED = """
WITH linked AS (
    SELECT citing_id AS paper_id, cited_id AS other FROM papers_citation
    UNION SELECT cited_id, citing_id FROM papers_citation
)
SELECT l.paper_id, array_agg(l.other) FROM linked l
JOIN metrics_papervector a ON a.paper_id = l.paper_id JOIN metrics_papervector b ON b.paper_id = l.other
WHERE l.other <> l.paper_id GROUP BY 1 HAVING count(*) >= 5 ORDER BY 1
"""
_NEAREST = """
SELECT paper_id FROM metrics_papervector WHERE paper_id <> %(paper)s
ORDER BY vector <=> (SELECT vector FROM metrics_papervector WHERE paper_id = %(paper)s) LIMIT %(most)s
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the gain of both ways and the median and 95th percentile of the time."""
    parser = argparse.ArgumentParser(prog="python -m bench.similar_works", description=__doc__)
    parser.add_argument("--papers", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    from portal.start import prepare

    prepare(role="command")
    import django

    django.setup()
    _judge(options.papers, options.seed)
    return 0


def _judge(papers: int, seed: int) -> None:
    from common.db.sql import fetch, fetch_column
    from search.selectors.similar import similar_works

    pool = fetch(_JUDGED)
    plain, shown, times = [], [], []
    for paper_id, linked in random.Random(seed).sample(pool, min(papers, len(pool))):
        right = set(linked)
        plain.append(_gain(fetch_column(_NEAREST, {"paper": paper_id, "most": SHOWN}), right))
        began = time.perf_counter()
        found = similar_works(paper_id)
        times.append(1000 * (time.perf_counter() - began))
        shown.append(_gain(found[:SHOWN], right))
    if len(times) < 2:
        print("too few papers have five neighbours with vectors; import more, and let the numbers be computed")
        return
    print(f"{len(times)} papers: vectors alone {100 * mean(plain):.1f}, similar works {100 * mean(shown):.1f} points")
    print(f"median {median(times):.1f} ms, 95th percentile {quantiles(times, n=20)[18]:.1f} ms")


def _gain(found: Sequence[int], right: set[int]) -> float:
    best = sum(1 / log2(place + 2) for place in range(min(SHOWN, len(right))))
    return sum(1 / log2(place + 2) for place, each in enumerate(found) if each in right) / best


if __name__ == "__main__":
    raise SystemExit(main())
