"""People by name: any order, accents or none, initials, beginnings, and spelling alike when nothing else is found."""

from typing import Any

from django.db import connection

from papers.domain.names import name_words, parse_person_name
from search.domain.cursors import Cursor
from search.domain.results import NO_HITS, FoundBy, Hits

CANDIDATES = 3_000  # of a very common name; those whose family name it is come first
OPEN_ENDED_CHARS = 4  # a last word of this length is taken as a beginning too; shorter ones begin too many names
ALIKE_CANDIDATES = 200
ALIKE = 0.45  # share of the typed name's trigrams that a name has to hold

# Numbers are the stored ones, or counted for those who have none yet.
# Tier 0: the very name. 1: the words are whole and one is the family name. 2: whole. 3: the last begins a word.
_FOUND = """
WITH found AS MATERIALIZED (
    SELECT a.id, CASE
        WHEN a.key = ANY(%(keys)s) THEN 0
        WHEN ' ' || a.search_text || ' ' NOT LIKE %(last_whole)s THEN 3
        WHEN a.family_key = ANY(%(families)s) THEN 1
        ELSE 2 END AS tier
    FROM papers_author a
    WHERE to_tsvector('simple', a.search_text) @@ to_tsquery('simple', %(wanted)s)
        AND a.merged_into_id IS NULL AND a.is_listed {initials}
    ORDER BY 2, a.id LIMIT %(bound)s
)
"""
_ALIKE = """
WITH found AS MATERIALIZED (
    SELECT a.id, 10 - round(word_similarity(%(key)s, a.search_text) * 10)::int AS tier
    FROM papers_author a
    WHERE a.search_text %%> %(key)s AND a.merged_into_id IS NULL AND a.is_listed
    ORDER BY word_similarity(%(key)s, a.search_text) DESC, a.id LIMIT %(bound)s
)
"""
_PAGE = """
, ranked AS (
    SELECT f.id, f.tier, coalesce(m.works_count, w.works, 0) AS works, coalesce(m.cited_by_count, w.cites, 0) AS cites
    FROM found f LEFT JOIN metrics_authormetrics m ON m.author_id = f.id
    LEFT JOIN LATERAL (
        SELECT count(*) AS works, coalesce(sum(s.shown_citation_count), 0)::bigint AS cites
        FROM papers_authorship s WHERE s.author_id = f.id
    ) w ON m.author_id IS NULL
)
SELECT tier, -works, -cites, id, (SELECT count(*) FROM found) FROM ranked
WHERE (tier, -works, -cites, id) > (%(tier)s, %(works)s, %(cites)s, %(after)s)
ORDER BY 1, 2, 3, 4 LIMIT %(size)s
"""
_START = (-1, 0, 0, 0)


def people_hits(words: str, *, size: int, after: Cursor | None = None, is_strict: bool = False) -> Hits:
    """A page of people. One to three queries: the next way is tried only when the one before finds no one.

    `is_strict` leaves out names that are only spelled alike.
    """
    tokens = name_words(words)
    if not tokens:
        return NO_HITS
    if after is not None:
        return _page(tokens, words, found_by=_known_way(after.found_by), size=size, after=after)
    is_open_ended = len(tokens[-1]) >= OPEN_ENDED_CHARS
    ways: tuple[FoundBy, ...] = ("beginnings", "alike") if is_open_ended else ("words", "beginnings", "alike")
    hits = NO_HITS
    for way in ways[:-1] if is_strict else ways:
        hits = _page(tokens, words, found_by=way, size=size)
        if hits.ids:
            break
    return hits


def people_alike(words: str, *, size: int) -> Hits:
    """People whose names are spelled like the words."""
    tokens = name_words(words)
    return _page(tokens, words, found_by="alike", size=size) if tokens else NO_HITS


def _known_way(text: str) -> FoundBy:
    return "alike" if text == "alike" else "beginnings" if text == "beginnings" else "words"


def _page(tokens: list[str], words: str, *, found_by: FoundBy, size: int, after: Cursor | None = None) -> Hits:
    parameters: dict[str, Any] = dict(
        zip(("tier", "works", "cites", "after"), after.key if after else _START, strict=True)
    )
    parameters["size"] = size + 1
    if found_by == "alike":
        bound = ALIKE_CANDIDATES
        statement = _ALIKE + _PAGE
        parameters |= {"key": " ".join(tokens), "bound": bound}
    else:
        bound = CANDIDATES
        statement, wanted = _by_words(tokens, words, is_open_ended=found_by == "beginnings")
        statement += _PAGE
        parameters |= wanted | {"bound": bound}
    with connection.cursor() as cursor:
        if found_by == "alike":
            cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(ALIKE)])
        cursor.execute(statement, parameters)
        rows = cursor.fetchall()
    return _hits(rows, size=size, bound=bound, found_by=found_by)


def _by_words(tokens: list[str], words: str, *, is_open_ended: bool) -> tuple[str, dict[str, Any]]:
    """The statement of all words, and what it takes. A single letter stands for a name that begins with it."""
    initials = [token for token in tokens if len(token) == 1]
    whole = [token for token in tokens if len(token) > 1]
    if not whole:
        whole, initials, is_open_ended = initials[-1:], initials[:-1], True
    quoted = [f"'{token}'" for token in whole]
    parameters: dict[str, Any] = {
        "keys": [parse_person_name(words).key, " ".join(tokens), " ".join([*tokens[1:], tokens[0]])],
        "last_whole": f"% {whole[-1]} %",
        "wanted": " & ".join(quoted) + (":*" if is_open_ended else ""),
        "families": [whole[0], whole[-1], parse_person_name(words).family_key],
    }
    conditions = ""
    for place, letter in enumerate(initials):
        conditions += f" AND a.search_text ~ %(initial_{place})s"
        parameters[f"initial_{place}"] = rf"(^| ){letter}"
    return _FOUND.format(initials=conditions), parameters


def _hits(rows: list[tuple[Any, ...]], *, size: int, bound: int, found_by: FoundBy) -> Hits:
    if not rows:
        return Hits((), 0, is_more=False, found_by=found_by)
    shown = rows[:size]
    total = rows[0][4]
    following = Cursor(found_by, tuple(shown[-1][:4])) if len(rows) > size else None
    return Hits(tuple(row[3] for row in shown), total, total >= bound, found_by, following)
