"""What is known of words: how often they occur, and which known words are a typing error apart."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from common.db.sql import fetch, fetch_as, fetch_column
from search.domain.spelling import FEWEST_FOR_TWO, deletions, errors_allowed, errors_between
from search.models import Term

NEAR_SHOWN = 10  # of each word
NEAR_LOOKED_AT = 60

_ONE = """
SELECT q.n, t.text, t.frequency FROM unnest(%(numbers)s::int[], %(deletions)s::text[]) AS q(n, d)
CROSS JOIN LATERAL (
    SELECT t.text, t.frequency FROM search_term t WHERE t.kind = %(kind)s AND t.deletions && q.d::int[]
    ORDER BY t.frequency DESC LIMIT %(most)s) t
"""
_TWO = """
SELECT q.n, t.text, t.frequency FROM unnest(%(numbers)s::int[], %(words)s::text[]) AS q(n, word)
CROSS JOIN LATERAL (
    SELECT t.text, t.frequency FROM search_term t WHERE t.kind = %(kind)s AND t.text %% q.word
    ORDER BY similarity(t.text, q.word) DESC LIMIT %(most)s) t
"""
# Terms are counted now and then; a name may be private since.
_STILL_NAMES = """
SELECT w.word FROM unnest(%s::text[]) AS w(word) WHERE EXISTS (
    SELECT FROM listed_author a WHERE to_tsvector('simple', a.search_text) @@ quote_literal(w.word)::tsquery)
"""
_FREQUENCIES = "SELECT text, frequency FROM search_term WHERE kind = %s AND text = ANY(%s)"


def near_terms(kind: Term.Kind, words: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Of each word the known words of this kind that are one error apart, or two if there is none and the word is long;
    the most frequent first, without the word itself. Words of names are in a name that may be shown at this moment. One
    to three queries."""
    found: list[dict[str, int]] = [{} for _word in words]
    asked = [at for at, word in enumerate(words) if errors_allowed(word)]
    if asked:
        hashes = ["{" + ",".join(map(str, deletions(words[at]))) + "}" for at in asked]
        _collect(found, words, _ONE, {"kind": kind.value, "numbers": asked, "deletions": hashes}, most=1)
    far = [at for at in asked if not found[at] and len(words[at]) >= FEWEST_FOR_TWO]
    if far:
        _collect(found, words, _TWO, {"kind": kind.value, "numbers": far, "words": [words[at] for at in far]}, most=2)
    shown = tuple(_most_frequent(near) for near in found)
    if kind is not Term.Kind.NAME or not any(shown):
        return shown
    still = set(fetch_column(_STILL_NAMES, [sorted({text for texts in shown for text in texts})]))
    return tuple(tuple(text for text in texts if text in still) for texts in shown)


def _most_frequent(near: dict[str, int]) -> tuple[str, ...]:
    return tuple(sorted(near, key=lambda text: (-near[text], text))[:NEAR_SHOWN])


def _collect(
    found: list[dict[str, int]], words: Sequence[str], statement: str, parameters: dict[str, Any], *, most: int
) -> None:
    for at, text, frequency in fetch(statement, parameters | {"most": NEAR_LOOKED_AT}):
        if 0 < errors_between(words[at], text, most=most) <= most:
            found[at][text] = frequency


def frequencies(kind: Term.Kind, words: Sequence[str]) -> dict[str, int]:
    """In how many records each word occurs; a word that is missing is not known. One query."""
    return dict(fetch(_FREQUENCIES, [kind.value, list(words)]))


class Lexeme(NamedTuple):
    """A word, its stem in the full text of papers, and in how many of `total` papers it stands; 0 for none known."""

    word: str
    stem: str
    papers: int
    total: int


_LEXEMES = """
SELECT w.word, l.stem, coalesce(t.frequency, 0) AS papers, greatest((SELECT reltuples FROM pg_class
    WHERE oid = 'papers_papersearch'::regclass), 1)::bigint AS total
FROM unnest(%s::text[]) WITH ORDINALITY AS w(word, n)
CROSS JOIN LATERAL unnest(tsvector_to_array(to_tsvector('colophon', w.word))) AS l(stem)
LEFT JOIN search_term t ON t.kind = 'lexeme' AND t.text = l.stem ORDER BY w.n
"""


def lexemes_of(words: Sequence[str]) -> tuple[Lexeme, ...]:
    """The words that full text holds, in the order given; very common ones ("the") have no stem and are left out.

    One query.
    """
    if not words:
        return ()
    return tuple(fetch_as(Lexeme, _LEXEMES, [list(words)]))
