"""`python -m bench.identity_rules`: what must hold of identity whatever the data, counted on real names.

Constraints broken by re-import, retraining and settling in any order; ids that came to mean another person over batches
in random order; batches then settled against all at once. Each must be 0, 0 and at least .999.
"""

import argparse
import itertools
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from bench.identity import MODEL, acl
from identity.domain.certain import Certain
from identity.domain.corpus import PaperFacts, build_corpus
from identity.domain.engine import resolve
from identity.domain.judge import Trees
from identity.domain.scores import b_cubed
from identity.domain.stable_ids import NEW, keep_ids

SEED = 5


def random_constraints(
    people: Sequence[int], paper_of: Sequence[int], count: int, random: np.random.Generator
) -> Certain:
    """Pairs of mentions that are one or two, free of contradictions: every word agrees with one made-up truth.

    Half of them say what the engine would not: two persons that are made one, and mentions that are taken out of theirs.
    """
    said = np.array(people)
    for _ in range(count // 50):
        a, b = random.choice(len(said), 2, replace=False)
        one, other = said == said[a], said == said[b]
        if set(np.array(paper_of)[one]).isdisjoint(np.array(paper_of)[other]):
            said[other] = said[a]
    for mention in random.choice(len(said), count // 50, replace=False):
        said[mention] = said.max() + 1
    order = random.permutation(len(said))
    by_person: dict[int, list[int]] = {}
    for mention in order.tolist():
        by_person.setdefault(int(said[mention]), []).append(mention)
    together = [pair for ms in by_person.values() for pair in itertools.pairwise(ms)]
    chosen = random.permutation(len(together))[: count // 2].tolist()
    apart: list[tuple[int, int]] = []
    while len(apart) < count - len(chosen):
        a, b = (int(x) for x in random.choice(len(said), 2, replace=False))
        if said[a] != said[b]:
            apart.append((a, b))
    return Certain([together[k] for k in chosen], apart)


def broken(person: np.ndarray, certain: Certain) -> int:
    """How many constraints a resolution does not keep."""
    split = sum(person[a] != person[b] for a, b in certain.together)
    return int(split + sum(person[a] == person[b] for a, b in certain.apart))


def constraints_broken(papers: Sequence[PaperFacts], judges: Sequence[Trees], count: int) -> int:
    """Over a first settling, one of the papers in another order (a re-import), and one by another model."""
    random = np.random.default_rng(SEED)
    corpus = build_corpus(papers)
    certain = random_constraints(resolve(corpus, judges[0]).person.tolist(), corpus.paper_of.tolist(), count, random)
    total = sum(broken(resolve(corpus, judge, certain=certain).person, certain) for judge in judges)
    order = random.permutation(len(papers)).tolist()
    place = _places(papers, order)
    moved = Certain(
        [(place[a], place[b]) for a, b in certain.together], [(place[a], place[b]) for a, b in certain.apart]
    )
    shuffled = build_corpus([replace(papers[k], cites=()) for k in order])
    return total + broken(resolve(shuffled, judges[0], certain=moved).person, moved)


def _places(papers: Sequence[PaperFacts], order: Sequence[int]) -> dict[int, int]:
    """Where each mention is when the papers come in another order."""
    starts = np.concatenate(([0], np.cumsum([len(p.byline) for p in papers])))
    place, at = {}, 0
    for k in order:
        for j in range(len(papers[k].byline)):
            place[int(starts[k]) + j] = at
            at += 1
    return place


def over_batches(papers: Sequence[PaperFacts], judge: Trees, batches: int) -> tuple[int, float]:
    """Ids whose mentions mostly went to a person with another id and that live on, and B³ F1 against all at once."""
    random = np.random.default_rng(SEED)
    order = random.permutation(len(papers)).tolist()
    ids: dict[tuple[int, int], int] = {}
    fresh, strayed = 0, 0
    for n in range(1, batches + 1):
        known = order[: len(order) * n // batches]
        mentions = [(k, j) for k in known for j in range(len(papers[k].byline))]
        person = resolve(build_corpus([replace(papers[k], cites=()) for k in known]), judge).person.tolist()
        arriving = {m: fresh + i + 1 for i, m in enumerate(m for m in mentions if m not in ids)}
        fresh += len(arriving)
        before = [ids.get(m) or arriving[m] for m in mentions]
        kept = keep_ids(person, before, fixed={})
        after = [kept[p] if kept[p] != NEW else -p - 1 for p in person]
        strayed += sum(
            was in set(after)
            and Counter(a for a, b in zip(after, before, strict=True) if b == was).most_common(1)[0][0] != was
            for was in {b for a, b in zip(after, before, strict=True) if a != b}
        )
        new: dict[int, int] = {}
        for m, a in zip(mentions, after, strict=True):
            if a < 0 and a not in new:
                fresh += 1
                new[a] = fresh
            ids[m] = new[a] if a < 0 else a
    at_once = resolve(build_corpus([replace(p, cites=()) for p in papers]), judge).person
    final = np.array([ids[k, j] for k, p in enumerate(papers) for j in range(len(p.byline))])
    return strayed, b_cubed(np.unique(final, return_inverse=True)[1], at_once)[2]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print one table; 1 where something does not hold."""
    parser = argparse.ArgumentParser(prog="python -m bench.identity_rules", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/records"))
    parser.add_argument("--papers", type=int, default=3_000)
    parser.add_argument("--constraints", type=int, default=10_000)
    parser.add_argument("--batches", type=int, default=20)
    parser.add_argument("--other-model", type=Path, help="a second model, to settle anew with")
    options = parser.parse_args(arguments)
    judges = [Trees.from_bytes(p.read_bytes()) for p in (MODEL, options.other_model) if p]
    papers = acl(options.data)[0]
    some = np.random.default_rng(SEED).permutation(len(papers))[: options.papers].tolist()
    papers = [replace(papers[k], cites=()) for k in sorted(some)]
    gone = constraints_broken(papers, judges, options.constraints)
    print(f"constraints broken, of {options.constraints:,}: {gone}", flush=True)
    strayed, agreement = over_batches(papers, judges[0], options.batches)
    print(f"ids that came to mean another person over {options.batches} batches: {strayed}")
    print(f"batches, then settled, against all at once, B³ F1: {agreement:.5f}")
    return int(bool(gone or strayed or agreement < 0.999))


if __name__ == "__main__":
    sys.exit(main())
