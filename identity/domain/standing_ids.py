"""Which author id each person keeps after a run: addresses never die and never come to mean somebody else."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

NEW = 0  # stands for an id that is yet to be made


def keep_ids(
    person: Sequence[int], author: Sequence[int], *, fixed: Mapping[int, int], weighty: Collection[int] = ()
) -> dict[int, int]:
    """The author id of each person, NEW for those who get a new one.

    `person` and `author` have a number a mention: who the engine says it is, whose it is now. `fixed` are mentions
    whose author is decided. `weighty` are authors with an owner or followers: they choose before the rest. Then each
    author's id goes to the person with most of its mentions, the surest first, of equals the elder (smaller) id.
    """
    votes: dict[int, Counter[int]] = defaultdict(Counter)
    for who, whose in zip(person, author, strict=True):
        votes[who][whose] += 1
    chosen: dict[int, int] = {}
    taken: set[int] = set()
    named: dict[int, Counter[int]] = defaultdict(Counter)
    for mention, whose in fixed.items():
        named[person[mention]][whose] += 1
    for who, count in sorted(named.items()):
        for whose, _ in sorted(count.items(), key=lambda pair: (-pair[1], pair[0])):
            if whose not in taken:
                chosen[who] = whose
                taken.add(whose)
                break
    wishes = sorted(
        ((whose not in weighty, -count, whose, who) for who, found in votes.items() for whose, count in found.items()),
    )
    for _, _, whose, who in wishes:
        if who not in chosen and whose not in taken:
            chosen[who] = whose
            taken.add(whose)
    return {who: chosen.get(who, NEW) for who in votes}
