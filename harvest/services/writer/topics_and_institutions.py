"""The topics, categories and institutions that a batch names, found or made."""

from collections.abc import Iterable

from harvest.domain.record import SourcedAffiliation, SourcedTopic
from harvest.services.writer.tables import copy_rows, copy_rows_with_times, fetch, new_ids
from harvest.services.writer.upsert import Upsert
from papers.domain.categories import category_name
from papers.domain.venue_names import entity_key


class Categories:
    """Category ids by (scheme, code); a category that is new gets its topic page at once."""

    def __init__(self, upserts: Iterable[Upsert]) -> None:
        wanted = sorted({(c.scheme, c.code) for upsert in upserts for c in upsert.record.categories})
        self.ids = self._known(wanted)
        missing = [pair for pair in wanted if pair not in self.ids]
        if missing:
            self._make(missing)

    @staticmethod
    def _known(wanted: list[tuple[str, str]]) -> dict[tuple[str, str], int]:
        rows = fetch(
            """SELECT c.scheme, c.code, c.id FROM papers_category c
               JOIN unnest(%s::text[], %s::text[]) AS k(scheme, code) ON c.scheme = k.scheme AND c.code = k.code""",
            [[scheme for scheme, _ in wanted], [code for _, code in wanted]],
        )
        return {(scheme, code): row_id for scheme, code, row_id in rows}

    def _make(self, missing: list[tuple[str, str]]) -> None:
        ids = new_ids("papers_category", len(missing))
        self.ids.update(zip(missing, ids, strict=True))
        copy_rows(
            "papers_category",
            ["id", "scheme", "code", "name", "group_name"],
            [
                (row_id, scheme, code, *category_name(scheme, code))
                for row_id, (scheme, code) in zip(ids, missing, strict=True)
            ],
        )
        fetch(
            """INSERT INTO papers_topic (name, key, description, field_name, category_id, created_at, changed_at)
               SELECT coalesce(nullif(name, ''), code), scheme || ':' || lower(code), '', group_name, id, now(), now()
               FROM papers_category WHERE id = ANY(%s) ON CONFLICT DO NOTHING RETURNING id""",
            [ids],
        )


class Topics:
    """Topic ids: by OpenAlex id first, else by name."""

    def __init__(self, upserts: Iterable[Upsert]) -> None:
        topics = {topic for upsert in upserts for topic in upsert.record.topics}
        self._by_openalex: dict[str, int] = {}
        self._by_key: dict[str, int] = {}
        if topics:
            self._load(topics)
            self._make_missing(sorted(topics, key=lambda topic: (topic.name, topic.openalex or "")))

    def id_of(self, topic: SourcedTopic) -> int:
        if topic.openalex in self._by_openalex:
            return self._by_openalex[topic.openalex]
        return self._by_key[entity_key(topic.name)]

    def _load(self, topics: set[SourcedTopic]) -> None:
        for value, topic_id in fetch(
            """SELECT i.value, t.canonical_id FROM papers_topicidentifier i
               JOIN canonical_topic t ON t.id = i.topic_id WHERE i.scheme = 'openalex' AND i.value = ANY(%s)""",
            [[topic.openalex for topic in topics if topic.openalex]],
        ):
            self._by_openalex[value] = topic_id
        for key, topic_id in fetch(
            "SELECT key, canonical_id FROM canonical_topic WHERE key = ANY(%s) ORDER BY merge_target_id",
            [[entity_key(topic.name) for topic in topics]],
        ):
            self._by_key.setdefault(key, topic_id)

    def _make_missing(self, topics: list[SourcedTopic]) -> None:
        rows, identifiers = [], []
        for topic in topics:
            key = entity_key(topic.name)
            topic_id = self._by_openalex.get(topic.openalex or "") or self._by_key.get(key)
            if topic_id is None:
                topic_id = new_ids("papers_topic", 1)[0]
                rows.append((topic_id, topic.name[:300], key, "", ""))
                self._by_key[key] = topic_id
            if topic.openalex and topic.openalex not in self._by_openalex:
                self._by_openalex[topic.openalex] = topic_id
                identifiers.append((topic_id, "openalex", topic.openalex))
        copy_rows_with_times("papers_topic", ["id", "name", "key", "description", "field_name"], rows)
        copy_rows("papers_topicidentifier", ["topic_id", "scheme", "value"], identifiers)


class Institutions:
    """Institution ids by ROR or OpenAlex id, else by a name that belongs to one institution alone.

    A name is tried whole and then part by part between commas, since bylines print "Department, University, City".
    An id that is not in the register yet makes its institution; a name alone never does.
    """

    def __init__(self, upserts: Iterable[Upsert]) -> None:
        wanted = {a for upsert in upserts for author in upsert.record.authors for a in author.affiliations}
        self._by_identifier: dict[tuple[str, str], int] = {}
        self._by_key: dict[str, int] = {}
        self._schemes: dict[int, set[str]] = {}
        if wanted:
            self._load(wanted)
            self._make_missing(sorted(wanted, key=lambda a: (a.name, a.ror or "", a.openalex or "")))

    def id_of(self, affiliation: SourcedAffiliation) -> int | None:
        """The institution's row id; None when the name leads to none or to several."""
        for identifier in _institution_ids(affiliation):
            if identifier in self._by_identifier:
                return self._by_identifier[identifier]
        return next((self._by_key[k] for k in _affiliation_keys(affiliation.name) if k in self._by_key), None)

    def _load(self, wanted: set[SourcedAffiliation]) -> None:
        ids = list({identifier for a in wanted for identifier in _institution_ids(a)})
        for scheme, value, institution_id in fetch(
            """SELECT i.scheme, i.value, n.canonical_id
               FROM unnest(%s::text[], %s::text[]) AS k(scheme, value)
               JOIN papers_institutionidentifier i ON i.scheme = k.scheme AND i.value = k.value
               JOIN canonical_institution n ON n.id = i.institution_id""",
            [[scheme for scheme, _ in ids], [value for _, value in ids]],
        ):
            self._by_identifier[scheme, value] = institution_id
        keys = list({key for a in wanted for key in _affiliation_keys(a.name)})
        self._by_key = dict(
            fetch(
                """SELECT key, min(id) FROM (
                       SELECT key, id FROM canonical_institution WHERE key = ANY(%s) AND is_canonical
                       UNION
                       SELECT m.key, m.institution_id FROM papers_institutionname m
                       JOIN canonical_institution n ON n.id = m.institution_id AND n.is_canonical
                       WHERE m.key = ANY(%s) AND m.kind <> 'acronym'
                   ) AS named GROUP BY key HAVING count(DISTINCT id) = 1""",
                [keys, keys],
            )
        )
        for institution_id, scheme in fetch(
            "SELECT institution_id, scheme FROM papers_institutionidentifier WHERE institution_id = ANY(%s)",
            [list({*self._by_key.values()})],
        ):
            self._schemes.setdefault(institution_id, set()).add(scheme)

    def _identified(self, affiliation: SourcedAffiliation) -> int | None:
        """The institution that may have the affiliation's ids: by one of them, else by name where that one has no other
        id of their schemes."""
        ids = _institution_ids(affiliation)
        institution_id = self.id_of(affiliation)
        if institution_id is None or any(identifier in self._by_identifier for identifier in ids):
            return institution_id
        return None if self._schemes.get(institution_id, set()) & {scheme for scheme, _ in ids} else institution_id

    def _make_missing(self, wanted: list[SourcedAffiliation]) -> None:
        rows, identifiers = [], []
        for affiliation in wanted:
            ids = _institution_ids(affiliation)
            if not ids:
                continue
            institution_id = self._identified(affiliation)
            if institution_id is None:
                institution_id = new_ids("papers_institution", 1)[0]
                rows.append(
                    (
                        institution_id,
                        affiliation.name[:500],
                        entity_key(affiliation.name),
                        "",
                        "",
                        "",
                        "",
                        "[]",
                    )
                )
            for identifier in ids:
                if identifier not in self._by_identifier:
                    self._by_identifier[identifier] = institution_id
                    self._schemes.setdefault(institution_id, set()).add(identifier[0])
                    identifiers.append((institution_id, *identifier))
        copy_rows_with_times(
            "papers_institution",
            ["id", "name", "key", "kind", "country_code", "city", "homepage_url", "domains"],
            rows,
            extra={"status": "active"},
        )
        copy_rows("papers_institutionidentifier", ["institution_id", "scheme", "value"], identifiers)


def _institution_ids(affiliation: SourcedAffiliation) -> list[tuple[str, str]]:
    pairs = (("ror", affiliation.ror), ("openalex", affiliation.openalex))
    return [(scheme, value) for scheme, value in pairs if value]


def _affiliation_keys(name: str) -> list[str]:
    """The folded line and its parts between commas, each as it is and without a full stop or semicolon at its end."""
    texts = [name, *name.split(",")] if "," in name else [name]
    keys = dict.fromkeys(entity_key(one) for text in texts for one in (text, text.rstrip(" .;")))
    return [key for key in keys if len(key) >= 6]
