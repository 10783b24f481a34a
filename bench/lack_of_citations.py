"""What the lack of a citing work is worth: the table of docs/metrics/counted_citations.md.

    python -m bench.lack_of_citations PATH [PATH ...]

Each file in the record format is taken for a complete network. A part of its reference lists is left out at random, and
what is then counted is compared with what is so: how many works without a citing work truly have none, and what is left
of the h-indices of authors with at least five works, by printed name.
"""

import argparse
import json
import lzma
import random
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from metrics.formulas.indices import h_index

KEPT = (1.0, 0.7, 0.5, 0.2)
FEWEST_WORKS = 5


def cited_works(records: list[dict[str, Any]]) -> list[set[int]]:
    """For each record the places of those that it cites."""
    places = {pair: place for place, record in enumerate(records) for pair in record["ids"].items()}
    cited = []
    for place, record in enumerate(records):
        pairs = [pair for reference in record.get("references") or () for pair in reference.items()]
        cited.append({places[pair] for pair in pairs if pair in places} - {place})
    return cited


def works_of_authors(records: list[dict[str, Any]]) -> list[list[int]]:
    """The works of each printed name that stands on enough of them."""
    works: dict[str, list[int]] = defaultdict(list)
    for place, record in enumerate(records):
        for author in record.get("authors") or ():
            works[author["name"]].append(place)
    return [own for own in works.values() if len(own) >= FEWEST_WORKS]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    for path in parser.parse_args().paths:
        with lzma.open(path) as lines:
            records = [json.loads(line) for line in lines]
        cited, authors = cited_works(records), works_of_authors(records)
        listed = [place for place, record in enumerate(records) if record.get("references")]
        truth = Counter(place for own in cited for place in own)
        all_h = sum(h_index([truth[place] for place in own]) or 0 for own in authors)
        for share in KEPT:
            chance = random.Random(1)
            kept = [place for place in listed if chance.random() < share]
            found = Counter(other for place in kept for other in cited[place])
            noughts = [place for place in range(len(records)) if not found[place]]
            right = sum(not truth[place] for place in noughts) / len(noughts)
            h = sum(h_index([found[place] for place in own]) or 0 for own in authors) / all_h
            print(
                f"{path.name}: lists kept {share:.0%}, works with one {len(kept) / len(records):.0%}, "
                f"noughts that are right {right:.0%}, sum of h {h:.0%}"
            )


if __name__ == "__main__":
    main()
