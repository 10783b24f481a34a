"""`python -m bench.search`: how well search finds what is known to be there, by kind of query, on the record at hand.

The mean reciprocal rank of the first right answer among twenty, the share of queries answered rightly in the first place
and in the first ten, and the time of the whole page. Queries are made anew from `--seed`: what was tuned on one seed is
judged on another.
"""

import argparse
import os
import time
from collections import defaultdict
from collections.abc import Sequence
from statistics import quantiles

KINDS = {"people": "authors", "papers": "papers", "places": ""}


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask all queries and print one line a class: name, queries, MRR, first, in ten, median and p95 in ms."""
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__)
    parser.add_argument("--queries", type=int, default=2_000, help="of people, over the twelve classes")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=sorted(KINDS))
    parser.add_argument("--show", type=int, default=0, help="how many misses of each class to print")
    options = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    from portal.start import prepare

    prepare(role="command")
    import django

    django.setup()
    print(f"{'class':<20}{'queries':>8}{'MRR':>8}{'first':>8}{'in ten':>8}{'p50 ms':>9}{'p95 ms':>9}")
    for kind in KINDS:
        if options.only in (None, kind):
            _judge(kind, each=max(1, options.queries // 12), seed=options.seed, show=options.show)
    return 0


def _judge(kind: str, *, each: int, seed: int, show: int) -> None:
    from bench.search_queries import paper_queries, people_queries, place_queries

    made = {"people": people_queries, "papers": paper_queries, "places": place_queries}[kind]
    ranks: dict[str, list[float]] = defaultdict(list)
    times: dict[str, list[float]] = defaultdict(list)
    missed: dict[str, list[str]] = defaultdict(list)
    for known in made(each=each, seed=seed):
        began = time.perf_counter()
        rank = _rank(kind, known.kind, known.query, known.right)
        times[known.kind].append(1000 * (time.perf_counter() - began))
        ranks[known.kind].append(1 / rank if rank else 0.0)
        if rank != 1:
            missed[known.kind].append(f"{known.query} -> {rank or 'not found'}")
    for name, found in ranks.items():
        _print(name, found, times[name])
        for line in missed[name][:show]:
            print(f"    {line}")
    everything = [rank for found in ranks.values() for rank in found]
    if everything:
        _print(f"all {kind}", everything, [each for found in times.values() for each in found])


def _print(name: str, found: Sequence[float], times: Sequence[float]) -> None:
    count = len(found)
    p95 = quantiles(times, n=20)[-1] if count > 1 else times[0]
    first, ten = sum(rank == 1 for rank in found) / count, sum(rank >= 0.1 for rank in found) / count
    median = sorted(times)[count // 2]
    print(
        f"{name:<20}{count:>8}{sum(found) / count:>8.3f}{first:>8.3f}{ten:>8.3f}{median:>9.1f}{p95:>9.1f}", flush=True
    )


def _rank(kind: str, group: str, query: str, right: frozenset[int]) -> int:
    """The place of the first right answer among twenty, 0 for none; of a place, whether it is the first of the first kind."""
    from django.utils import timezone

    from search.domain.queries import read_query
    from search.selectors.pages import overview, section_page

    if kind == "places":
        sections = overview(read_query(query, ""), today=timezone.localdate(), milliseconds=30_000).sections
        names = [section.name for section in sections]
        place = group.split()[0]
        hits = sections[names.index(place)].hits.ids if place in names else ()
        if hits and hits[0] in right:
            return 1 + names.index(place)
        return 0
    page = section_page(read_query(query, KINDS[kind]), after=None, today=timezone.localdate())
    ids = page.sections[0].hits.ids if page.sections else ()
    return next((at for at, pk in enumerate(ids, 1) if pk in right), 0)


if __name__ == "__main__":
    raise SystemExit(main())
