"""Papers by their words: title, names, abstract, in that order of weight."""

import re

from django.db import connection

from papers.domain.names import fold
from search.domain.cursors import Cursor
from search.domain.results import NO_HITS, FoundBy, Hits

RANKED = 1_000  # of a common word's matches the most cited are ranked; a reader turns no page beyond them
FEW = 5  # papers; a word still being typed finds no more
MOST_WORDS = 8  # of those that are tried with one left out

_WORD = re.compile(r"[^\W_]+")
_LAST_WORD = re.compile(r"(?:^|\s)([^\W_]{3,})$")

_SQL = """
WITH bounded AS MATERIALIZED (
    SELECT s.paper_id AS id, s.vector, p.shown_citation_count AS cites
    FROM papers_papersearch s JOIN papers_paper p ON p.id = s.paper_id
    WHERE s.vector @@ ({query}) AND p.merged_into_id IS NULL
    ORDER BY p.shown_citation_count DESC NULLS LAST, p.id DESC LIMIT %(bound)s
), ranked AS (
    SELECT id, (ts_rank('{{0.1, 0.2, 0.6, 1.0}}', vector, ({query}), 1)
        + CASE WHEN vector @@ phraseto_tsquery('colophon', %(words)s) THEN 0.5 ELSE 0 END
        + ln(2 + coalesce(cites, 0)) * 0.01)::float8 AS score
    FROM bounded
)
SELECT -score, -id, (SELECT count(*) FROM bounded) FROM ranked
WHERE (-score, -id) > (%(score)s, %(after)s) ORDER BY 1, 2 LIMIT %(size)s
"""
_ALL = "websearch_to_tsquery('colophon', %(words)s)"
_OPEN_ENDED = f"{_ALL} || (websearch_to_tsquery('colophon', %(before)s) && to_tsquery('colophon', %(last)s))"
_OPEN_ENDED_ALONE = f"{_ALL} || to_tsquery('colophon', %(last)s)"
_ANY = "to_tsquery('colophon', %(any)s)"
_START = (-1e9, 0)


def work_hits(words: str, *, size: int, after: Cursor | None = None, is_strict: bool = False) -> Hits:
    """A page of papers. One to three queries.

    With few papers that hold all the words, the last may be the beginning of one; with none, one of them may be
    missing, unless `is_strict`.
    """
    if after is not None:
        return _page(words, found_by=_known_way(after.found_by), size=size, after=after)
    hits = _page(words, found_by="words", size=size)
    if len(hits.ids) < FEW and _LAST_WORD.search(words):
        hits = _page(words, found_by="beginnings", size=size)
    if not hits.ids and not is_strict and len(_WORD.findall(words)) > 1 and '"' not in words:
        return _page(words, found_by="any", size=size)
    return hits


def _known_way(text: str) -> FoundBy:
    return "any" if text == "any" else "beginnings" if text == "beginnings" else "words"


def _page(words: str, *, found_by: FoundBy, size: int, after: Cursor | None = None) -> Hits:
    tokens = _WORD.findall(fold(words))
    if not tokens:
        return NO_HITS
    last = _LAST_WORD.search(words)
    before = words[: last.start(1)].strip() if last else ""
    query = _ANY if found_by == "any" else _ALL if last is None else _OPEN_ENDED if before else _OPEN_ENDED_ALONE
    score, row_id = after.key if after else _START
    with connection.cursor() as cursor:
        cursor.execute(
            _SQL.format(query=query),
            {
                "words": words,
                "before": before,
                "last": f"'{last[1]}':*" if last else "",
                "any": _all_but_one(tokens),
                "bound": RANKED + 1,
                "score": score,
                "after": row_id,
                "size": size + 1,
            },
        )
        rows = cursor.fetchall()
    if not rows:
        return Hits((), 0, is_more=False, found_by=found_by)
    shown = rows[:size]
    total = rows[0][2]
    following = Cursor(found_by, tuple(shown[-1][:2])) if len(rows) > size else None
    return Hits(tuple(-row[1] for row in shown), min(total, RANKED), total > RANKED, found_by, following)


def _all_but_one(tokens: list[str]) -> str:
    """A query of all words but any one of them, since a single misspelt word must not hide the rest."""
    quoted = [f"'{token}'" for token in dict.fromkeys(tokens)][:MOST_WORDS]
    if len(quoted) < 3:
        return " | ".join(quoted)
    return " | ".join("(" + " & ".join(quoted[:i] + quoted[i + 1 :]) + ")" for i in range(len(quoted)))
