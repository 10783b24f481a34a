"""The venues that a batch names, found or made, and the names under which they are stated."""

from collections.abc import Iterable, Sequence

from harvest.domain.record import SourcedVenue
from harvest.services.writer.tables import copy_rows, copy_rows_with_times, execute, fetch, new_ids
from harvest.services.writer.upsert import Upsert
from papers.domain.venue_names import acronym_of, better_kind, better_spelling, entity_key, series_of

type Named = tuple[str, int]  # the folded name and the venue it is a name of


# A venue that is called by that name, though not where a curator has named it.
_RESPELL = """
UPDATE papers_venue v SET name = %s, changed_at = now() WHERE v.id = %s AND v.key = %s AND NOT EXISTS (
    SELECT FROM papers_correction c WHERE c.kind = 'venue' AND c.object_id = v.id AND c.field = 'name')
"""


class Venues:
    """Venue ids by what a source calls them: an ISSN or OpenAlex id first, else the name, else its series.

    An issue of a journal and a year of a conference lead to the journal and the series; under which name a work was
    stated is kept with its location, in the best of its spellings, whichever came first.
    """

    def __init__(self, upserts: Iterable[Upsert]) -> None:
        venues = {s.location.venue for upsert in upserts for s in upsert.locations if s.location.venue}
        venues |= {upsert.record.venue for upsert in upserts if upsert.record.venue}
        self._by_identifier: dict[tuple[str, str], int] = {}
        self._by_key: dict[str, int] = {}
        self._by_series: dict[str, int] = {}
        self._names: dict[Named, int] = {}
        self._spellings: dict[int, str] = {}
        self._kinds: dict[int, str] = {}
        self._found: dict[SourcedVenue, tuple[int, int]] = {}
        if venues:
            self._load(venues)
            self._assign(sorted(venues, key=lambda venue: (venue.name, venue.kind, venue.issns)))

    def id_of(self, venue: SourcedVenue | None) -> int | None:
        """The venue's row id; None when the record names none."""
        return self._found[venue][0] if venue is not None else None

    def name_id_of(self, venue: SourcedVenue | None) -> int | None:
        """The row id of the venue's name as it is stated."""
        return self._found[venue][1] if venue is not None else None

    def _load(self, venues: set[SourcedVenue]) -> None:
        ids = [identifier for venue in venues for identifier in _venue_ids(venue)]
        for scheme, value, venue_id in fetch(
            """SELECT i.scheme, i.value, v.canonical_id
               FROM unnest(%s::text[], %s::text[]) AS k(scheme, value)
               JOIN papers_venueidentifier i ON i.scheme = k.scheme AND i.value = k.value
               JOIN canonical_venue v ON v.id = i.venue_id""",
            [[scheme for scheme, _ in ids], [value for _, value in ids]],
        ):
            self._by_identifier[scheme, value] = venue_id
        for row_id, key, venue_id, spelling in fetch(
            """SELECT n.id, n.key, v.canonical_id, n.name
               FROM papers_venuename n JOIN canonical_venue v ON v.id = n.venue_id
               WHERE n.key = ANY(%s) ORDER BY n.is_decided, n.id DESC""",
            [[entity_key(venue.name) for venue in venues]],
        ):
            self._by_key[key] = venue_id
            self._names[key, venue_id] = row_id
            self._spellings[row_id] = spelling
        for key, venue_id in fetch(
            """SELECT series_key, id FROM canonical_venue
               WHERE series_key = ANY(%s) AND series_key <> '' AND is_canonical ORDER BY id DESC""",
            [[_series_key(venue) for venue in venues]],
        ):
            self._by_series[key] = venue_id
        # What a register says that a venue is stands.
        self._kinds = dict(
            fetch(
                """SELECT v.id, v.kind FROM papers_venue v WHERE v.id = ANY(%s) AND NOT EXISTS (
                       SELECT FROM papers_entitystatement e WHERE e.kind = 'venue' AND e.object_id = v.id)""",
                [list({*self._by_identifier.values(), *self._by_key.values(), *self._by_series.values()})],
            )
        )

    def _assign(self, venues: Sequence[SourcedVenue]) -> None:
        rows: list[tuple[object, ...]] = []
        names: list[tuple[object, ...]] = []
        identifiers = []
        for venue in venues:
            key = entity_key(venue.name)
            venue_id = self._known(venue, key)
            if venue_id is None:
                venue_id = new_ids("papers_venue", 1)[0]
                rows.append((venue_id, venue.name[:500], key, _series_key(venue), venue.kind, venue.publisher))
                self._by_series.setdefault(_series_key(venue), venue_id)
            self._by_key.setdefault(key, venue_id)
            if (key, venue_id) not in self._names:
                self._names[key, venue_id] = new_ids("papers_venuename", 1)[0]
                acronym = acronym_of(venue.name, venue.kind)
                names.append((self._names[key, venue_id], venue_id, venue.name[:500], key, acronym, False))
            else:
                self._improve(venue, venue_id, self._names[key, venue_id])
            self._found[venue] = (venue_id, self._names[key, venue_id])
            for identifier in _venue_ids(venue):
                if identifier not in self._by_identifier:
                    self._by_identifier[identifier] = venue_id
                    identifiers.append((venue_id, *identifier))
        copy_rows_with_times("papers_venue", ["id", "name", "key", "series_key", "kind", "publisher"], rows)
        copy_rows("papers_venuename", ["id", "venue_id", "name", "key", "acronym", "is_decided"], names)
        copy_rows("papers_venueidentifier", ["venue_id", "scheme", "value"], identifiers)

    def _improve(self, venue: SourcedVenue, venue_id: int, name_id: int) -> None:
        """Of two spellings of one name, and of two kinds of one venue, the better is kept."""
        known = self._spellings.get(name_id)
        if known is not None and known != (better := better_spelling(known, venue.name[:500])):
            self._spellings[name_id] = better
            execute("UPDATE papers_venuename SET name = %s WHERE id = %s", [better, name_id])
            execute(_RESPELL, [better, venue_id, entity_key(better)])
        kind = self._kinds.get(venue_id)
        if kind is not None and kind != (better := better_kind(kind, venue.kind)):
            self._kinds[venue_id] = better
            execute("UPDATE papers_venue SET kind = %s, changed_at = now() WHERE id = %s", [better, venue_id])

    def _known(self, venue: SourcedVenue, key: str) -> int | None:
        for identifier in _venue_ids(venue):
            if identifier in self._by_identifier:
                return self._by_identifier[identifier]
        return self._by_key.get(key) or self._by_series.get(_series_key(venue))


def _series_key(venue: SourcedVenue) -> str:
    return series_of(venue.name, venue.kind).key


def _venue_ids(venue: SourcedVenue) -> list[tuple[str, str]]:
    ids = [("issn", issn) for issn in venue.issns]
    return [("openalex", venue.openalex), *ids] if venue.openalex else ids
