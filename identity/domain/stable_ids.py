"""Which author id each person keeps after a run: addresses never die and never come to mean somebody else."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

NEW = 0  # stands for an id that is yet to be made


def keep_ids(
    person: Sequence[int], author: Sequence[int], *, fixed: Mapping[int, int], weighty: Collection[int] = ()
) -> dict[int, int]:
    """The author id of each person, NEW for those who get a new one.

    `person` and `author` have a number a mention, the earliest first: who the engine says it is, whose it is now.
    `fixed` are mentions whose author is decided. `weighty` are authors with an owner or followers: they come before the
    rest. Else an id can go to one person alone, who has most of its mentions (of equals the one with the earliest), so
    that no address ever comes to mean somebody else: an id that its person does not take leads to them. A person takes
    the id with most mentions, of equals the elder (smaller).
    """
    votes: dict[int, Counter[int]] = defaultdict(Counter)
    theirs: dict[int, Counter[int]] = defaultdict(Counter)
    for who, whose in zip(person, author, strict=True):
        votes[who][whose] += 1
        theirs[whose][who] += 1
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
    means = {whose: found.most_common(1)[0] for whose, found in theirs.items()}  # of equals the one met first
    wishes = sorted((whose not in weighty, -count, whose, who) for whose, (who, count) in means.items())
    for _, _, whose, who in wishes:
        if who not in chosen and whose not in taken:
            chosen[who] = whose
            taken.add(whose)
    return {who: chosen.get(who, NEW) for who in votes}
