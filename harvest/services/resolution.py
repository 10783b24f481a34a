"""Which author a name on a byline is: the one door to author resolution.

An external id decides; else an uncommon full name; a common name and one of initials go to whom the works speak for
(`harvest/services/candidates.py`), and a settling looks at all of them again. Whatever replaces these rules keeps
`resolve_full_names` and `resolve_initials`.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from common.db.sql import fetch_value
from harvest.services.candidates import NO_WORKS, Candidates, Heading
from harvest.services.mentions import Mention
from harvest.services.writer.tables import copy_rows, copy_rows_with_times, execute, fetch, new_ids
from papers.domain.identifiers import Identifier
from papers.domain.name_parts import share_a_part, split_name
from papers.domain.names import parse_person_name, search_text


@dataclass(frozen=True, slots=True)
class Doubt:
    """An identifier that a name was not believed to have, since `holder_id` has it under another name."""

    mention: Mention
    identifier: Identifier
    holder_id: int


class Resolver:
    """Resolves the mentions of one batch, making the authors that are missing. `works` has title and first subject of
    each paper; without it names alone decide."""

    def __init__(self, mentions: Sequence[Mention], works: Mapping[int, Heading] = NO_WORKS) -> None:
        self._mentions = mentions
        self._bylines: dict[int, list[Mention]] = defaultdict(list)
        for mention in mentions:
            self._bylines[mention.paper_id].append(mention)
        self._candidates = Candidates(self._bylines, works)
        self._by_identifier: dict[Identifier, int] = {}
        self._by_slot: dict[str, int] = {}
        self._schemes: dict[int, set[str]] = defaultdict(set)
        self._new: dict[int, Mention] = {}
        self._new_slots: dict[int, str | None] = {}
        self._new_identifiers: list[tuple[int, str, str]] = []
        self._initials_only: set[int] = set()
        self._fuller: dict[int, Mention] = {}
        self._fuller_slots: dict[int, str] = {}
        self._names: dict[int, str] = {}
        self.doubtful: list[Doubt] = []
        self._fresh_ids: list[int] = []

    def resolve_full_names(self) -> None:
        """Give an author to each mention but those of initials alone; raises nothing a caller must catch."""
        self._load()
        self._candidates.read_for_names(self._by_slot)
        self._fresh_ids = new_ids("papers_author", self._likely_new())[::-1]
        for byline in self._bylines.values():
            self._resolve_byline(byline)
            self._candidates.learn(byline)
        self._flush()

    def _resolve_byline(self, byline: Sequence[Mention]) -> None:
        """Names that several people may have come last: by then their co-authors are known."""
        taken = self._spoken_for(byline)
        asked = []
        for mention in byline:
            if mention.by_initials or mention.author_id:
                continue
            mention.author_id = self._known_author(mention, taken)
            if not mention.author_id and self._candidates.is_asked(mention, self._by_slot):
                asked.append(mention)
                continue
            mention.author_id = mention.author_id or self._slot_author(mention, taken)
            taken.add(mention.author_id)
        for mention in asked:
            mention.author_id = self._likeliest_author(mention, taken)
            taken.add(mention.author_id)

    def resolve_initials(self) -> None:
        """Give an author to the mentions of initials; to be called when the others' authorships are stored."""
        self._candidates.read_for_initials()
        for byline in self._bylines.values():
            taken = {mention.author_id for mention in byline if mention.author_id} | byline[0].barred.keys()
            waiting = [mention for mention in byline if not mention.author_id]
            for mention in waiting:
                found = self._candidates.of_initials(mention, taken)
                mention.author_id = found or self._slot_author(mention, taken)
                taken.add(mention.author_id)
            self._candidates.learn(waiting)
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

    def _known_author(self, mention: Mention, taken: set[int]) -> int:
        """Whom an identifier names, else whom the name on this paper was given to before; 0 for neither."""
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
        return 0

    def _likeliest_author(self, mention: Mention, taken: set[int]) -> int:
        """Whom the works speak for; a new author where they speak for nobody."""
        found = self._candidates.of_name(
            mention, lambda author_id: author_id not in taken and self._may_hold(author_id, mention)
        )
        if found is None:
            made = self._make(mention, None if mention.slot in self._by_slot else mention.slot)
            self._candidates.begin(mention, made)
            return made
        if self._candidates.is_short(found):
            self._candidates.call_in_full(found)
            self._fuller[found], self._fuller_slots[found] = mention, mention.slot
            self._by_slot[mention.slot] = found
        self._learn(mention, found)
        return found

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
        self._new, self._new_slots, self._new_identifiers, self._fuller, self._fuller_slots = {}, {}, [], {}, {}

    def _write_fuller_names(self) -> None:
        """An author known by initials alone is called by the full name that has now come, and found by both."""
        if not self._fuller:
            return
        rows = [
            (
                author_id,
                m.printed,
                m.name.key,
                m.name.family_key,
                m.name.initials,
                search_text([m.printed]),
                self._fuller_slots.get(author_id),
            )
            for author_id, m in self._fuller.items()
        ]
        execute(
            """UPDATE papers_author a SET name = f.name, key = f.key, family_key = f.family_key, initials = f.initials,
                      is_initials = false, search_text = f.search_text || ' ' || a.search_text, changed_at = now(),
                      name_slot = coalesce(f.slot, a.name_slot)
               FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[])
                    AS f(id, name, key, family_key, initials, search_text, slot)
               WHERE a.id = f.id AND NOT a.has_private_names AND NOT EXISTS (
                   SELECT FROM papers_correction c
                   WHERE c.kind = 'author' AND c.object_id = a.id AND c.field = 'name')""",
            [list(values) for values in zip(*rows, strict=True)],
        )
