"""Which kind of record a query most likely means."""

from search.domain.results import Hits

EXACT_PLACE = 0.95
# Of kinds of which each has one called so, the one that works name most comes first: ACL the meeting, MIT the university.
USED_PLACE = 0.04
MOST_USES = 200
FAR_PLACE = 60  # of 100: how far a name is from the typed one, less for one that many papers name


def strength(kind: str, hits: Hits, *, word_count: int, share: float) -> float:
    """How surely the first of a kind is what was meant, from 0 to 1.

    `words` is how many words were typed, `share` for one word alone how often it is a name and no word of a title.
    """
    if not hits.ids:
        return 0.0
    if kind == "authors":
        return _of_people(hits, word_count=word_count, share=share)
    if kind == "papers":
        return {"words": 0.55, "beginnings": 0.4, "alike": 0.5, "any": 0.1, "meaning": 0.3}[hits.found_by]
    if hits.found_by == "alike":
        return 0.3
    if not hits.tier:
        return EXACT_PLACE + USED_PLACE * min(hits.uses, MOST_USES) / MOST_USES
    return 0.35 + 0.45 * max(0, FAR_PLACE - hits.tier) / FAR_PLACE


def _of_people(hits: Hits, *, word_count: int, share: float) -> float:
    if hits.found_by == "any":
        return 0.5  # authors of the papers that were found
    if hits.found_by == "alike":
        is_near = hits.tier is not None and hits.tier <= -90
        return 0.6 if is_near and word_count > 1 else 0.25
    if word_count == 1:
        return 0.2 + 0.6 * share if hits.tier in (0, 1, 2) else 0.15
    return {0: 1.0, 1: 0.9, 2: 0.85, 3: 0.8}.get(hits.tier if hits.tier is not None else 4, 0.5)
