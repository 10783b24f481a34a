"""Training without labels: names are cut, and what was cut away says who is who.

A world is a corpus of which some names were changed, with the name that each mention had before. Two mentions are one
person where their names before were the same and rare, two where those contradict each other, and unknown otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from identity.domain.corpus import Byline, Corpus, Mask, PaperFacts, build_corpus
from identity.domain.names import Name, Relation, first_word, name_of, relation
from identity.domain.nicknames import other_forms

type Cut = Callable[[Name, int], Name | None]


@dataclass(slots=True)
class World:
    """A corpus with the names before (`before`, by mention) and whether each was changed."""

    corpus: Corpus
    before: list[Name]
    changed: Mask


def with_initials(papers: Sequence[PaperFacts], like: Corpus, *, share: float, seed: int) -> World:
    """A share of the bylines with given names cut to initials; sometimes only the first one is left."""
    random = np.random.default_rng(seed)
    whole = random.random(len(papers)) < share
    only_first = random.random(len(papers)) < 0.35
    return _world(
        papers, like, lambda one, p: cut_to_initials(one, only_first=bool(only_first[p])) if whole[p] else None
    )


@lru_cache(maxsize=200_000)
def cut_to_initials(name: Name, *, only_first: bool = False) -> Name:
    """ "John Alan Smith" as "J. A. Smith", or as "J. Smith"."""
    letters = [token[0] for token in name.given][: 1 if only_first else None]
    return name_of(" ".join(f"{x}." for x in letters), " ".join(name.family_tokens), name.suffix)


def with_short_given(papers: Sequence[PaperFacts], like: Corpus, *, seed: int) -> World:
    """Given names cut to their first word or first letters, alike for a whole family: made homonyms at real rates."""
    random = np.random.default_rng(seed)
    length: dict[str, int] = {}

    def cut(name: Name, _: int) -> Name | None:
        if name.is_initials:
            return None
        letters = length.setdefault(name.family, int(random.choice([99, 99, 99, 3, 4, 5])))
        given = first_word(name) if not name.short[0] else name.closed_given
        if given[:letters] == name.closed_given:
            return None
        return name_of(given[:letters].title(), " ".join(name.family_tokens), name.suffix)

    return _world(papers, like, cut)


def with_variants(papers: Sequence[PaperFacts], like: Corpus, *, seed: int) -> World:
    """Part of some people's papers under another form of their name."""
    random = np.random.default_rng(seed)
    forms: dict[str, Name | None] = {}
    half = random.random(len(papers)) < 0.5

    def cut(name: Name, paper: int) -> Name | None:
        if name.is_initials:
            return None
        if name.key not in forms:
            forms[name.key] = _variant(name, random)
        return forms[name.key] if half[paper] else None

    return _world(papers, like, cut)


def _variant(name: Name, random: np.random.Generator) -> Name | None:
    """Another form of a name, for some of the names."""
    family, given = " ".join(name.family_tokens), list(name.given)
    printed = [t.title() + ("." if s else "") for t, s in zip(given, name.short, strict=True)]
    draw = random.random()
    if len(given) > 1 and not name.short[0] and draw < 0.5:
        keep = printed[:1] if draw < 0.3 else [printed[0], *(f"{t[0]}." for t in given[1:])]
        return name_of(" ".join(keep), family, name.suffix)
    if (forms := sorted(other_forms(given[0]))) and draw < 0.25:
        return name_of(" ".join([forms[int(random.integers(len(forms)))].title(), *printed[1:]]), family, name.suffix)
    if len(name.family_tokens) > 1 and draw < 0.3:
        return name_of(" ".join(printed), name.family_tokens[-1 if draw < 0.15 else 0], name.suffix)
    if draw < 0.02:
        return name_of(family, " ".join(t for t in given), name.suffix)
    if draw < 0.05 and len(name.family) > 5:
        return name_of(" ".join(printed), _slip(name.family, random), name.suffix)
    if draw < 0.08 and len(given[0]) > 4:
        return name_of(" ".join([_slip(given[0], random).title(), *printed[1:]]), family, name.suffix)
    return None


def _slip(word: str, random: np.random.Generator) -> str:
    place = int(random.integers(1, len(word) - 1))
    kind = random.random()
    if kind < 0.4:
        return word[:place] + word[place + 1 :]
    if kind < 0.7:
        return word[:place] + "aeioulnrst"[int(random.integers(10))] + word[place + 1 :]
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _world(papers: Sequence[PaperFacts], like: Corpus, cut: Cut) -> World:
    before: list[Name] = []
    changed: list[bool] = []
    made: list[PaperFacts] = []
    for place, paper in enumerate(papers):
        byline: list[Byline] = []
        for one in paper.byline:
            other = cut(one.name, place)
            before.append(one.name)
            changed.append(other is not None and other != one.name)
            byline.append(one if other is None else replace(one, name=other, ids=()))
        made.append(replace(paper, byline=byline))
    return World(build_corpus(made, like), before, np.array(changed))


def label_of(a: Name, b: Name, *, rare: Callable[[Name], bool]) -> int:
    """1 for one person, 0 for two, -1 where the names before do not say."""
    if a.is_initials or b.is_initials:
        return -1
    found = relation(a, b)
    if found in (Relation.SAME, Relation.SPELLING):
        return 1 if rare(a) else -1
    return 0 if found is Relation.CONTRADICTION or found is Relation.OTHER_FAMILY else -1
