"""Which author a name on a byline is: the one door to author resolution.

An external id decides; else the normalised full name; a name of initials joins a full name only when it shares a
co-author with exactly one candidate. Whatever replaces these rules keeps `resolve_full_names` and `resolve_initials`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from common.db.sql import fetch_value
from harvest.domain.record import MAX_KEY_CHARS
from harvest.services.writer.tables import copy_rows, copy_rows_with_times, execute, fetch, new_ids
from papers.domain.identifiers import Identifier
from papers.domain.name_parts import NameParts, keys_of_parts, share_a_part, split_name
from papers.domain.names import NameKeys, parse_person_name, search_text

# On a larger byline, sharing a co-author says little, and looking for one costs its square.
MAX_BYLINE_FOR_INITIALS = 50


MAX_INITIALS_CHARS = 40  # what the column holds
_NOBODY: Mapping[int, int] = MappingProxyType({})


@lru_cache(maxsize=65_536)
def name_keys(parts: NameParts) -> NameKeys:
    """What resolution compares of a name, cut to what columns hold; a name without letters is its own key."""
    keys = keys_of_parts(parts)
    return NameKeys(
        (keys.key or parts.name.casefold())[:MAX_KEY_CHARS],
        keys.family_key[:MAX_KEY_CHARS],
        keys.initials[:MAX_INITIALS_CHARS],
        keys.is_initials,
    )


@dataclass(slots=True)
class Mention:
    """A name on a byline; `author_id` is 0 until it is resolved. `kept` is the author that an earlier import or a
    person gave to this name on this paper, None for a new one. `pinned` is who it is by a person's word; `barred` are
    authors who by such a word are not on this byline, each with who stands there instead."""

    paper_id: int
    position: int
    parts: NameParts
    ids: tuple[Identifier, ...]
    byline_length: int
    kept: int | None = None
    author_id: int = 0
    pinned: int | None = None
    barred: Mapping[int, int] = _NOBODY
    name: NameKeys = field(init=False)

    def __post_init__(self) -> None:
        self.name = name_keys(self.parts)

    @property
    def printed(self) -> str:
        return self.parts.name

    @property
    def slot(self) -> str:
        """The name by which works without an id find their author: groups and people of one name are apart."""
        return self.name.key if self.parts.kind == "person" else f"{self.parts.kind}: {self.name.key}"

    @property
    def by_initials(self) -> bool:
        return (
            not self.ids
            and self.kept is None
            and self.pinned is None
            and self.name.is_initials
            and self.parts.kind == "person"
        )


@dataclass(frozen=True, slots=True)
class Doubt:
    """An identifier that a name was not believed to have, since `holder_id` has it under another name."""

    mention: Mention
    identifier: Identifier
    holder_id: int


class Resolver:
    """Resolves the mentions of one batch, making the authors that are missing."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._mentions = mentions
        self._by_identifier: dict[Identifier, int] = {}
        self._by_slot: dict[str, int] = {}
        self._schemes: dict[int, set[str]] = defaultdict(set)
        self._new: dict[int, Mention] = {}
        self._new_slots: dict[int, str | None] = {}
        self._new_identifiers: list[tuple[int, str, str]] = []
        self._initials_only: set[int] = set()
        self._fuller: dict[int, Mention] = {}
        self._names: dict[int, str] = {}
        self.doubtful: list[Doubt] = []
        self._fresh_ids: list[int] = []

    def resolve_full_names(self) -> None:
        """Give an author to each mention but those of initials alone; raises nothing a caller must catch."""
        self._load()
        self._fresh_ids = new_ids("papers_author", self._likely_new())[::-1]
        for byline in self._bylines():
            taken = self._spoken_for(byline)
            for mention in byline:
                if not mention.by_initials and not mention.author_id:
                    mention.author_id = self._author_of(mention, taken)
                    taken.add(mention.author_id)
        self._flush()

    def resolve_initials(self) -> None:
        """Give an author to the mentions of initials; to be called when the others' authorships are stored."""
        waiting = [mention for mention in self._mentions if not mention.author_id]
        joined = self._joined(waiting)
        for byline in self._bylines():
            taken = {mention.author_id for mention in byline if mention.author_id} | byline[0].barred.keys()
            for mention in byline:
                if mention.author_id:
                    continue
                candidate = joined.get((mention.paper_id, mention.position))
                if candidate is None or candidate in taken:
                    candidate = self._slot_author(mention, taken)
                mention.author_id = candidate
                taken.add(candidate)
        self._flush()

    @staticmethod
    def _spoken_for(byline: Sequence[Mention]) -> set[int]:
        """Give people's words their names; returns the authors whom no other name of this byline can be.

        A pinned author learns no ids here: a person's word is not a source's.
        """
        taken = set(byline[0].barred)
        for mention in byline:
            if mention.pinned is not None and mention.pinned not in taken:
                mention.author_id = mention.pinned
                taken.add(mention.pinned)
        return taken

    def _bylines(self) -> Iterable[list[Mention]]:
        bylines: dict[int, list[Mention]] = defaultdict(list)
        for mention in self._mentions:
            bylines[mention.paper_id].append(mention)
        return bylines.values()

    def _load(self) -> None:
        ids = list({identifier for mention in self._mentions for identifier in mention.ids})
        for scheme, value, author_id, is_initials, name in fetch(
            """SELECT i.scheme, i.value, a.canonical_id, a.is_initials, a.name
               FROM unnest(%s::text[], %s::text[]) AS k(scheme, value)
               JOIN papers_authoridentifier i ON i.scheme = k.scheme AND i.value = k.value
               JOIN canonical_author a ON a.id = i.author_id""",
            [[i.scheme for i in ids], [i.value for i in ids]],
        ):
            self._by_identifier[Identifier(scheme, value)] = author_id
            self._names[author_id] = name
            if is_initials:
                self._initials_only.add(author_id)
        slots = list({mention.slot for mention in self._mentions})
        self._by_slot = dict(
            fetch(
                "SELECT name_slot, canonical_id FROM canonical_author WHERE name_slot = ANY(%s)",
                [slots],
            )
        )
        for author_id, scheme in fetch(
            "SELECT author_id, scheme FROM papers_authoridentifier WHERE author_id = ANY(%s)",
            [list({*self._by_slot.values(), *(m.kept for m in self._mentions if m.kept)})] if ids else [[]],
        ):
            self._schemes[author_id].add(scheme)

    def _likely_new(self) -> int:
        """How many authors this batch will make, about: ids that nobody gets leave gaps that every refresh walks over."""
        named = {m.slot for m in self._mentions if not m.ids and m.kept is None} - self._by_slot.keys()
        known = self._by_identifier
        identified = {m.ids for m in self._mentions if m.ids and not any(i in known for i in m.ids)}
        return len(named) + len(identified)

    def _author_of(self, mention: Mention, taken: set[int]) -> int:
        for identifier in mention.ids:
            author_id = self._by_identifier.get(identifier)
            if author_id is not None and author_id not in taken:
                if not self._believes(mention, identifier, author_id):
                    continue
                self._learn(mention, author_id)
                if author_id in self._initials_only and not mention.name.is_initials:
                    self._initials_only.discard(author_id)
                    self._fuller[author_id] = mention
                return author_id
        if mention.kept is not None and self._may_hold(mention.kept, mention) and mention.kept not in taken:
            self._learn(mention, mention.kept)
            return mention.kept
        return self._slot_author(mention, taken)

    def _believes(self, mention: Mention, identifier: Identifier, holder_id: int) -> bool:
        """Whether the name may be the identifier's holder; one that shares no part with theirs waits for a curator."""
        if holder_id in (mention.kept, mention.pinned):
            return True
        made = self._new.get(holder_id)
        name = split_name(made.parts) if made else parse_person_name(self._names.get(holder_id, ""))
        if not name.family or share_a_part(split_name(mention.parts), name):
            return True
        mention.ids = tuple(one for one in mention.ids if one != identifier)
        self.doubtful.append(Doubt(mention, identifier, holder_id))
        return False

    def _may_hold(self, author_id: int, mention: Mention) -> bool:
        """Whether the author has no other id of a scheme that the mention states."""
        return not any(i.scheme in self._schemes[author_id] for i in mention.ids)

    def _slot_author(self, mention: Mention, taken: set[int]) -> int:
        """The author of the name, or of its second, third… namesake on this byline; a new one where none fits."""
        if mention.barred and (instead := self._instead(mention, taken)):
            return instead
        key, nth = mention.slot, 1
        while nth <= mention.byline_length + 1:
            slot = key if nth == 1 else f"{key} #{nth}"
            author_id = self._by_slot.get(slot) if nth == 1 or slot in self._by_slot else self._stored_slot(slot)
            if author_id is None:
                return self._make(mention, slot)
            if author_id not in taken:
                if self._may_hold(author_id, mention):
                    self._learn(mention, author_id)
                    return author_id
                return self._make(mention, None)
            nth += 1
        return self._make(mention, None)

    def _instead(self, mention: Mention, taken: set[int]) -> int | None:
        """Who stands for an author to whom this name would have gone, and who is by somebody's word not on the paper."""
        leads = {
            mention.kept,
            self._by_slot.get(mention.slot),
            *map(self._by_identifier.get, mention.ids),
        }
        return next((o for barred, o in mention.barred.items() if barred in leads and o not in taken), None)

    def _stored_slot(self, slot: str) -> int | None:
        author_id = fetch_value("SELECT canonical_id FROM canonical_author WHERE name_slot = %s", [slot])
        if author_id is not None:
            self._by_slot[slot] = author_id
        return self._by_slot.get(slot)

    def _make(self, mention: Mention, slot: str | None) -> int:
        author_id = self._fresh_ids.pop() if self._fresh_ids else new_ids("papers_author", 1)[0]
        self._new[author_id] = mention
        self._new_slots[author_id] = slot
        if mention.name.is_initials:
            self._initials_only.add(author_id)
        if slot is not None:
            self._by_slot[slot] = author_id
        self._learn(mention, author_id)
        return author_id

    def _learn(self, mention: Mention, author_id: int) -> None:
        """Remember the mention's ids as the author's, unless they are already somebody's."""
        for identifier in mention.ids:
            if identifier not in self._by_identifier and identifier.scheme not in self._schemes[author_id]:
                self._by_identifier[identifier] = author_id
                self._schemes[author_id].add(identifier.scheme)
                self._new_identifiers.append((author_id, identifier.scheme, identifier.value))

    def _flush(self) -> None:
        copy_rows_with_times(
            "papers_author",
            [
                "id",
                "name",
                "key",
                "family_key",
                "initials",
                "is_initials",
                "name_slot",
                "search_text",
                "kind",
                "is_listed",
            ],
            [
                (
                    author_id,
                    mention.printed,
                    mention.name.key,
                    mention.name.family_key,
                    mention.name.initials,
                    mention.name.is_initials,
                    self._new_slots[author_id],
                    search_text([mention.printed]),
                    mention.parts.kind,
                    mention.parts.kind == "person",
                )
                for author_id, mention in self._new.items()
            ],
        )
        if self._new_identifiers:
            copy_rows("papers_authoridentifier", ["author_id", "scheme", "value"], self._new_identifiers)
        self._write_fuller_names()
        self._new, self._new_slots, self._new_identifiers, self._fuller = {}, {}, [], {}

    def _write_fuller_names(self) -> None:
        """An author known by initials alone is called by the full name that an id has now brought, and found by both."""
        if not self._fuller:
            return
        rows = [
            (author_id, m.printed, m.name.key, m.name.family_key, m.name.initials, search_text([m.printed]))
            for author_id, m in self._fuller.items()
        ]
        execute(
            """UPDATE papers_author a SET name = f.name, key = f.key, family_key = f.family_key, initials = f.initials,
                      is_initials = false, search_text = f.search_text || ' ' || a.search_text, changed_at = now()
               FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[])
                    AS f(id, name, key, family_key, initials, search_text)
               WHERE a.id = f.id AND NOT a.has_private_names AND NOT EXISTS (
                   SELECT FROM papers_correction c
                   WHERE c.kind = 'author' AND c.object_id = a.id AND c.field = 'name')""",
            [list(values) for values in zip(*rows, strict=True)],
        )

    def _joined(self, waiting: Sequence[Mention]) -> dict[tuple[int, int], int]:
        """Full-name authors that initials join, by (paper, position)."""
        small = [m for m in waiting if m.byline_length <= MAX_BYLINE_FOR_INITIALS and m.name.family_key]
        if not small:
            return {}
        candidates = fetch(
            """SELECT n.paper_id, n.position, c.canonical_id
               FROM unnest(%s::bigint[], %s::int[], %s::text[], %s::text[]) AS n(paper_id, position, family_key, initials)
               JOIN canonical_author c ON c.family_key = n.family_key AND starts_with(c.initials, n.initials)
               WHERE NOT c.is_initials AND c.kind = 'person'""",
            [
                [m.paper_id for m in small],
                [m.position for m in small],
                [m.name.family_key for m in small],
                [m.name.initials for m in small],
            ],
        )
        return self._sharing_one(candidates, small) if candidates else {}

    def _sharing_one(
        self, candidates: Sequence[tuple[int, int, int]], small: Sequence[Mention]
    ) -> dict[tuple[int, int], int]:
        papers = {paper_id for paper_id, _, _ in candidates}
        companions = [
            (m.paper_id, m.author_id or self._by_slot.get(m.slot, 0)) for m in self._mentions if m.paper_id in papers
        ]
        companions = [(paper_id, author_id) for paper_id, author_id in companions if author_id]
        shared = fetch(
            """SELECT DISTINCT c.paper_id, c.position, c.author_id
               FROM unnest(%s::bigint[], %s::int[], %s::bigint[]) AS c(paper_id, position, author_id)
               JOIN unnest(%s::bigint[], %s::bigint[]) AS k(paper_id, author_id)
                 ON k.paper_id = c.paper_id AND k.author_id <> c.author_id
               WHERE EXISTS (
                   SELECT FROM papers_authorship x JOIN papers_authorship y ON y.paper_id = x.paper_id
                   WHERE x.author_id = c.author_id AND y.author_id = k.author_id AND x.paper_id <> c.paper_id)""",
            [
                [c[0] for c in candidates],
                [c[1] for c in candidates],
                [c[2] for c in candidates],
                [k[0] for k in companions],
                [k[1] for k in companions],
            ],
        )
        found: dict[tuple[int, int], set[int]] = defaultdict(set)
        for paper_id, position, author_id in shared:
            found[paper_id, position].add(author_id)
        return {place: next(iter(authors)) for place, authors in found.items() if len(authors) == 1}
