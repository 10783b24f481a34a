"""`python -m bench.identity_arrival`: how well names are placed as they arrive, one paper after another, before a settling.

`--fit` learns the weights of `identity/domain/arrival.py` from arXiv's names, which are cut as for training; `--names FILE`
counts the table of names that ships. Nobody's word on who is who is read for either.
"""

import argparse
import itertools
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from bench.identity import acl, half_to_initials, made_homonyms, read
from identity.domain.arrival import CLUES, FEW_BEARERS, Block, Profile, Question, Work, clues, likeliest
from identity.domain.commonness import Commonness, counted_shares
from identity.domain.corpus import PaperFacts, build_corpus
from identity.domain.name_shares import COMMON, NameShares
from identity.domain.names import Name, Relation, relation
from identity.domain.rules import MAX_BYLINE
from identity.domain.scores import b_cubed
from identity.domain.words import bucket_counts
from identity.domain.worlds import with_initials, with_short_given
from identity.services.arrival import SHIPPED
from papers.domain.names import NameKeys

TITLE_CHARS = 90
FITTING = Relation.INITIAL, Relation.SAME, Relation.MIDDLE_MISSING

type Labels = NDArray[np.int64]


@dataclass(slots=True)
class Person:
    """A page while names arrive; `name` is the fullest that came."""

    name: Name
    profile: Profile = field(default_factory=Profile)


@dataclass(slots=True)
class Placing:
    """All that has arrived. `rows` are kept for learning: mention, candidate, question and clues."""

    shares: NameShares
    people: list[Person] = field(default_factory=list)
    first: dict[str, int] = field(default_factory=dict)
    blocks: dict[Block, list[int]] = field(default_factory=lambda: defaultdict(list))
    rows: list[tuple[int, int, Question, list[float]]] | None = None

    def rivals(self, block: Block) -> float:
        """As the portal has it: by how many pages there are."""
        return self.shares.of_initial(block) * len(self.people)

    def arrive(self, mention: int, name: Name, work: Work, taken: set[int], *, by_name: bool) -> int:
        """The page of one name; with `by_name` an equal name is one person, and no more is asked."""
        own, known = block_of(name), self.first.get(name.key)
        bearers = self.shares.of(keys_of(name)) * len(self.people)
        if known is not None and known not in taken and (by_name or (not name.is_initials and bearers <= COMMON)):
            return self.learn(known, name, work)
        question, candidates = self._asked(name, own, known, bearers, taken)
        found = None
        if candidates and not by_name:
            chosen = {one: self.people[one].profile for one in candidates}
            counted = bearers if question is Question.COMMON else self.rivals(own)
            if self.rows is not None:
                rows = clues(work, own, list(chosen.values()), bearers=counted, rivals=self.rivals)
                self.rows += [(mention, one, question, row) for one, row in zip(chosen, rows, strict=True)]
            found = likeliest(question, work, own, chosen, bearers=counted, rivals=self.rivals)
        if found is None and name.is_initials and known is not None and known not in taken:
            found = known
        if found is None:
            found = len(self.people)
            self.people.append(Person(name))
            self.blocks[own].append(found)
        return self.learn(found, name, work)

    def _asked(
        self, name: Name, own: Block, known: int | None, bearers: float, taken: set[int]
    ) -> tuple[Question, list[int]]:
        block = [one for one in self.blocks[own] if one not in taken]
        if name.is_initials:
            full = [one for one in block if not self.people[one].name.is_initials]
            return Question.INITIALS, [one for one in full if relation(self.people[one].name, name) in FITTING]
        if known is not None or bearers > COMMON:
            return Question.COMMON, [one for one in block if self.people[one].name.key == name.key]
        short = [one for one in block if self.people[one].name.is_initials] if self.rivals(own) <= FEW_BEARERS else []
        return Question.FULLER, [one for one in short if relation(self.people[one].name, name) in FITTING]

    def learn(self, number: int, name: Name, work: Work) -> int:
        """One more work of a page, which a full name takes from initials."""
        person = self.people[number]
        if person.name.is_initials and not name.is_initials:
            person.name = name
        self.first.setdefault(name.key, number)
        person.profile.add(work, block_of(name))
        return number


def block_of(name: Name) -> Block:
    """Family and first letter."""
    return name.family, name.initials[:1]


def keys_of(name: Name) -> NameKeys:
    """What the table is asked by."""
    return NameKeys(" ".join((*name.given, name.family)), name.family, name.initials, name.is_initials)


def placed(
    bylines: Sequence[Sequence[Name]],
    titles: Sequence[str],
    categories: Sequence[int | None],
    to: Placing,
    *,
    by_name: bool,
) -> Labels:
    """The page of each mention when papers arrive in their order; full names of a byline come first."""
    out: list[int] = []
    for names, title, category in zip(bylines, titles, categories, strict=True):
        company = frozenset(map(block_of, names)) if len(names) <= MAX_BYLINE else frozenset()
        work, start = Work(company, bucket_counts(title).keys(), category), len(out)
        taken: set[int] = set()
        out += [-1] * len(names)
        for place in sorted(range(len(names)), key=lambda k: names[k].is_initials):
            out[start + place] = to.arrive(start + place, names[place], work, taken, by_name=by_name)
            taken.add(out[start + place])
    return np.array(out)


def lines_of_acl(folder: Path) -> Iterator[str]:
    """B³ on ACL to 2010 as names arrive, by names alone and as they are weighed."""
    papers, truth = acl(folder)
    renamed, among = made_homonyms(papers, truth)
    shares = NameShares.from_bytes(SHIPPED.read_bytes())
    worlds: Mapping[str, tuple[Sequence[PaperFacts], NDArray[np.bool_] | None]] = {
        "as printed": (papers, None),
        "homonyms": (papers, truth.homonyms()),
        "made homonyms": (renamed, among),
        "half of the bylines cut to initials": (half_to_initials(papers), None),
    }
    for what, (world, mask) in worlds.items():
        bylines = [[one.name for one in paper.byline] for paper in world]
        for how, by_name in (("by name", True), ("weighed", False)):
            found = placed(bylines, titles_of(world), [None] * len(world), Placing(shares), by_name=by_name)
            p, r, f = b_cubed(found, truth.as_is, mask)
            yield f"{what:<40} {how:<8} F1 {f:.4f} (precision {p:.4f}, recall {r:.4f})"


def titles_of(papers: Sequence[PaperFacts]) -> list[str]:
    """About what a title has of each paper's text."""
    return [paper.text[:TITLE_CHARS] for paper in papers]


def learned(folder: Path) -> Iterator[str]:
    """Weights of each question, learned from what two rounds of arrivals met."""
    records, papers = read(folder / "arxiv.jsonl.xz")
    numbers: dict[str, int] = {}
    categories = [numbers.setdefault(str((one.get("categories") or [""])[0]), len(numbers)) for one in records]
    like = build_corpus(papers)
    common = Commonness(like.names)
    for world, questions in (
        (with_short_given(papers, like, seed=3), (Question.COMMON,)),
        (with_initials(papers, like, share=0.5, seed=4), (Question.INITIALS, Question.FULLER)),
    ):
        corpus = world.corpus
        starts = np.searchsorted(corpus.paper_of, np.arange(corpus.papers + 1)).tolist()
        names = [corpus.names[int(n)] for n in corpus.name_of]
        bylines = [names[a:b] for a, b in itertools.pairwise(starts)]
        to = Placing(counted_shares(corpus.names if Question.COMMON in questions else like.names), rows=[])
        found = placed(bylines, titles_of(papers), categories, to, by_name=False)
        people: dict[int, Counter[str]] = defaultdict(Counter)
        for number, name in zip(found.tolist(), world.before, strict=True):
            people[number][name.key] += 1
        known = [not one.is_initials and common.of(one)[0] <= COMMON for one in world.before]
        for question in questions:
            rows = [row for row in to.rows or () if row[2] is question and known[row[0]]]
            is_one = [people[one].most_common(1)[0][0] == world.before[m].key for m, one, _, _ in rows]
            fitted = LogisticRegression(C=100, max_iter=2_000, fit_intercept=False).fit([r[3] for r in rows], is_one)
            weights = zip(CLUES, fitted.coef_[0].round(2).tolist(), strict=True)
            yield f"{question} ({len(rows):,} pairs): " + ", ".join(f"{clue} {weight}" for clue, weight in weights)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print figures, or weights, or write the table of names."""
    parser = argparse.ArgumentParser(prog="python -m bench.identity_arrival", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/records"))
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--names", type=Path, metavar="FILE")
    options = parser.parse_args(arguments)
    if options.names:
        names = [one.name for paper in read(options.data / "arxiv.jsonl.xz")[1] for one in paper.byline]
        options.names.write_bytes(counted_shares(list(dict.fromkeys(names))).to_bytes())
        return 0
    for line in learned(options.data) if options.fit else lines_of_acl(options.data):
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
