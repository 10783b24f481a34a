"""Persons whom the names of a batch may be, where a name alone does not say: common names, initials, and full names of
which the portal knows the initials. How likely each is, `identity` says."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from types import MappingProxyType

from harvest.services.mentions import Mention
from harvest.services.writer.tables import fetch
from identity.domain.arrival import FEW_BEARERS, Block, Question, Work, title_words
from identity.domain.rules import MAX_BYLINE
from identity.services.arrival import Arrival

type Heading = tuple[str, int | None]  # a work's title and first category
NO_WORKS: Mapping[int, Heading] = MappingProxyType({})

_CALLED = """
SELECT DISTINCT n.key, c.canonical_id
FROM unnest(%s::text[], %s::text[], %s::text[]) AS n(key, family_key, initials)
JOIN canonical_author c ON c.family_key = n.family_key AND c.initials = n.initials AND c.key = n.key
WHERE c.kind = 'person' ORDER BY 1, 2
"""
_SHORT = """
SELECT c.family_key, c.initials, c.id
FROM unnest(%s::text[], %s::text[]) AS n(family_key, initials)
JOIN canonical_author c ON c.family_key = n.family_key AND c.initials = n.initials
WHERE c.is_initials AND c.is_canonical AND c.kind = 'person' ORDER BY 1, 2, 3
"""
# Initials are whose they begin, and whose they go on from: "Y. M." may be "Yoav".
_IN_FULL = """
SELECT DISTINCT n.family_key, n.initials, c.canonical_id
FROM unnest(%s::text[], %s::text[]) AS n(family_key, initials)
JOIN canonical_author c ON c.family_key = n.family_key
 AND (starts_with(c.initials, n.initials) OR c.initials <> '' AND starts_with(n.initials, c.initials))
WHERE NOT c.is_initials AND c.kind = 'person' ORDER BY 1, 2, 3
"""


class Candidates:
    """The candidates of one batch. `begin` and `learn` keep them up with what the batch makes and places."""

    def __init__(self, bylines: Mapping[int, Sequence[Mention]], works: Mapping[int, Heading]) -> None:
        self._bylines = bylines
        self._headings = works
        self._works: dict[int, Work] = {}
        self._common: set[str] = set()
        self._called: dict[str, list[int]] = defaultdict(list)
        self._short: dict[Block, list[int]] = defaultdict(list)
        self._short_ids: set[int] = set()
        self._short_families: set[str] = set()
        self._in_full: dict[Block, list[int]] = defaultdict(list)

    @cached_property
    def _arrival(self) -> Arrival:
        return Arrival()

    def _is_weighed(self, mention: Mention) -> bool:
        """On a long byline, co-authors say little and names are many: the name alone decides, as it did before."""
        return (
            mention.parts.kind == "person"
            and mention.byline_length <= MAX_BYLINE
            and mention.paper_id in self._headings
            and bool(mention.name.family_key)
        )

    def is_asked(self, mention: Mention, slots: Mapping[str, int]) -> bool:
        """Whether a full name is to be weighed; `slots` are the names that somebody has."""
        if mention.name.key in self._common:
            return self._is_weighed(mention) and not mention.barred
        if mention.name.family_key not in self._short_families or mention.slot in slots or mention.barred:
            return False
        return self._is_weighed(mention) and any(map(self._short_ids.__contains__, self._short_of(mention)))

    def read_for_names(self, slots: Mapping[str, int]) -> None:
        """Read who is called as the batch's common names, and whose initials fit its new names."""
        called: set[tuple[str, str, str]] = set()
        short: set[Block] = set()
        seen: set[str] = set()
        for mention in chain.from_iterable(self._bylines.values()):
            name = mention.name
            if name.key in seen or mention.kept is not None or name.is_initials or not self._is_weighed(mention):
                continue
            seen.add(name.key)
            if self._arrival.is_common(name):
                self._common.add(name.key)
                called.add((name.key, name.family_key, name.initials))
            elif mention.slot not in slots and self._arrival.rivals(_block(mention)) <= FEW_BEARERS:
                short.update((name.family_key, initials) for initials in _beginnings(name.initials))
        if called:
            for key, author_id in fetch(_CALLED, _columns(called)):
                self._called[key].append(author_id)
        if short:
            for family_key, initials, author_id in fetch(_SHORT, _columns(short)):
                self._short[family_key, initials].append(author_id)
                self._short_ids.add(author_id)
                self._short_families.add(family_key)
        self._arrival.read([one for group in (*self._called.values(), self._short_ids) for one in group])

    def read_for_initials(self) -> None:
        """Read whose initials the batch's names without an author are."""
        waiting = {
            (m.name.family_key, m.name.initials)
            for m in chain.from_iterable(self._bylines.values())
            if not m.author_id and self._is_weighed(m)
        }
        if waiting:
            for family_key, initials, author_id in fetch(_IN_FULL, _columns(waiting)):
                self._in_full[family_key, initials].append(author_id)
            self._arrival.read(one for group in self._in_full.values() for one in group)

    def of_name(self, mention: Mention, may_be: Callable[[int], bool]) -> int | None:
        """Whom a full name belongs to, of those who may be on this byline; None where nobody is likely enough."""
        if mention.name.key in self._common:
            question, candidates = Question.COMMON, self._called[mention.name.key]
        else:
            question, candidates = Question.FULLER, self._short_of(mention)
            candidates = [one for one in candidates if one in self._short_ids]
        return self._likeliest(question, mention, [one for one in candidates if may_be(one)])

    def of_initials(self, mention: Mention, taken: set[int]) -> int | None:
        """Whose initials these are, of those who are not on the byline yet."""
        if not self._is_weighed(mention):
            return None
        candidates = self._in_full[mention.name.family_key, mention.name.initials]
        return self._likeliest(Question.INITIALS, mention, [one for one in candidates if one not in taken])

    def _likeliest(self, question: Question, mention: Mention, candidates: Sequence[int]) -> int | None:
        if not candidates:
            return None
        work = self._work(mention.paper_id)
        return self._arrival.likeliest(question, mention.name, work, _block(mention), candidates)

    def _work(self, paper_id: int) -> Work:
        known = self._works.get(paper_id)
        if known is None:
            title, category = self._headings[paper_id]
            company = frozenset(map(_block, self._bylines[paper_id]))
            known = self._works[paper_id] = Work(company, title_words(title), category)
        return known

    def _short_of(self, mention: Mention) -> list[int]:
        family_key = mention.name.family_key
        found = (self._short.get((family_key, initials), ()) for initials in _beginnings(mention.name.initials))
        return [one for group in found for one in group]

    def is_short(self, author_id: int) -> bool:
        """Whether the candidate was known by initials alone."""
        return author_id in self._short_ids

    def call_in_full(self, author_id: int) -> None:
        """The candidate has a full name from now on."""
        self._short_ids.discard(author_id)

    def begin(self, mention: Mention, author_id: int) -> None:
        """An author whom a common name of this batch has made may be meant by the next."""
        self._called[mention.name.key].append(author_id)
        self._arrival.begin(author_id)

    def learn(self, placed: Iterable[Mention]) -> None:
        """Names have found their authors: those who are candidates have one more work."""
        for mention in placed:
            if mention.author_id and self._arrival.knows(mention.author_id) and self._is_weighed(mention):
                self._arrival.add(mention.author_id, self._work(mention.paper_id), _block(mention))


def _block(mention: Mention) -> Block:
    return mention.name.family_key, mention.name.initials[:1]


def _beginnings(initials: str) -> list[str]:
    return [initials[:length] for length in range(1, len(initials) + 1)]


def _columns(rows: Iterable[tuple[str, ...]]) -> list[list[str]]:
    return [list(column) for column in zip(*sorted(rows), strict=True)]
