"""Papers by their words: rare words weigh more, titles more than names and names more than abstracts (docs/search.md)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import log
from typing import NamedTuple

from common.db.sql import fetch_as
from search.domain.cursors import Cursor
from search.domain.queries import Sort
from search.domain.query_language import ParsedQuery, hyphenated_numbers, words_of
from search.domain.results import NO_HITS, FoundBy, Hits
from search.models import Term
from search.selectors.meaning import papers_meaning
from search.selectors.paper_filters import PaperFilters
from search.selectors.terms import Lexeme, lexemes_of, near_terms

RANKED = 1_000  # of a common word's matches the most cited are ranked; a reader turns no page beyond them
FEW = 5  # papers; a word still being typed finds no more
MOST_SCORED = 12  # words, the rarest
SHORTEST_PREFIX = 3
MOST_OTHERS, OTHERS_WEIGH = 3, 0.5  # words that one may be an error for, and how much of its weight each has
TEXT_WORDS = 9  # from so many on a query is a text, which is looked for by what it means where its words are not found
RARE, FAR_MORE = 10, 50  # a word of so few papers may be an error for one of so many times as many

MATCHED = """
    FROM papers_papersearch s JOIN canonical_paper p ON p.id = s.paper_id
    WHERE p.is_canonical AND (%(match)s = '' OR s.vector @@ %(match)s::tsquery) {filters}
"""
# Each word counts by how rare it is and, with less for each further time, by where it stands; see ts_rank.
_RANKED = """
WITH bounded AS MATERIALIZED (
    SELECT s.paper_id AS id, s.vector, p.shown_citation_count AS cites, p.title {matched}
    ORDER BY p.shown_citation_count DESC NULLS LAST, p.id DESC LIMIT %(bound)s
), ranked AS (
    SELECT b.id, (
        (SELECT coalesce(sum(w.weight * ts_rank('{{0.1, 0.25, 0.5, 1.0}}', b.vector, w.term::tsquery)), 0)
         FROM unnest(%(terms)s::text[], %(weights)s::float8[]) AS w(term, weight))
        + CASE WHEN %(title)s <> '' AND b.vector @@ %(title)s::tsquery THEN 0.15 ELSE 0 END
        + CASE WHEN b.vector @@ phraseto_tsquery('colophon', %(text)s) THEN 0.2 ELSE 0 END
        + CASE WHEN ts_filter(b.vector, '{{a}}') @@ phraseto_tsquery('colophon', %(text)s) THEN 0.3 ELSE 0 END
        + similarity(b.title, %(text)s) * 0.3
        + CASE WHEN EXISTS (SELECT FROM papers_authorship x WHERE x.paper_id = b.id AND x.author_id = ANY(%(people)s))
            THEN 1 ELSE 0 END
        + ln(2 + coalesce(b.cites, 0)) * 0.01)::float8 AS score
    FROM bounded b
)
SELECT -score AS value, -id AS below, (SELECT count(*) FROM bounded) AS total FROM ranked
WHERE (-score, -id) > (%(value)s, %(after)s) ORDER BY 1, 2 LIMIT %(size)s
"""
# Unknown dates and citation figures come last: they are no figures, and least of all 0.
_SORTED = """
SELECT {key} AS value, -p.id AS below, (SELECT count(*) FROM (SELECT {matched} LIMIT %(bound)s) counted) AS total
    {matched}
    AND ({key}, -p.id) > (%(value)s, %(after)s)
ORDER BY 1, 2 LIMIT %(size)s
"""
_KEYS = {
    "newest": "coalesce(date '1000-01-01' - p.published_date, 1)",
    "cited": "-coalesce(p.shown_citation_count, -1)",
}
_START = (-1e9, -(2**62))


@dataclass(frozen=True, slots=True)
class PaperSearchRequest:
    """What is asked of papers. `people` are authors that the words name, whose papers come first."""

    query: ParsedQuery
    filters: PaperFilters
    sort: Sort = ""
    people: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """The tsquery of a way to find papers and what weighs in it; `corrected` is the text with its errors mended."""

    tsquery: str
    found_by: FoundBy = "words"
    terms: tuple[str, ...] = ()
    weights: tuple[float, ...] = ()
    title: str = ""
    text: str = ""
    corrected: str = ""


def work_hits(
    asked: PaperSearchRequest, *, size: int, after: Cursor | None = None, is_strict: bool = False
) -> tuple[Hits, Match | None]:
    """A page of papers and the way they were found by. Two to six queries.

    With few papers that hold all the words, the last may be the beginning of one, and words may have typing errors; with
    none still, one of them may be missing. `is_strict` leaves out both.
    """
    text = asked.query.free_text
    if asked.filters.unknown or not (text or asked.filters.sql):
        return NO_HITS, None
    lexemes = lexemes_of(words_of(text)) if text else ()
    if text and not lexemes and not asked.filters.sql:
        return NO_HITS, None
    if after is not None and after.found_by == "meaning":
        return papers_meaning(text, asked.filters, size=size, after=after), None
    found_by = after.found_by if after else ""
    best, way = NO_HITS, None
    for match in _ways(text, lexemes, found_by=found_by, is_strict=is_strict):
        if best.ids and match.found_by == "any":
            break
        hits = _page(asked, match, size=size, after=after)
        if hits.total > best.total:
            best, way = hits, match
        if after is not None or best.total >= FEW:
            break
    if way is not None and after is None and not way.corrected and best.total <= 2 * FEW:
        way = replace(way, corrected=_rather(text, lexemes))
    if best.ids or is_strict or asked.sort or len(lexemes) < TEXT_WORDS:
        return best, way
    return papers_meaning(text, asked.filters, size=size), None


def _rather(text: str, lexemes: Sequence[Lexeme]) -> str:
    """The text with rare words as words a typing error away that are far more frequent; "" when there are none."""
    rare = [one for one in lexemes if one.papers <= RARE]
    near = _near_lexemes(rare) if rare else {}
    corrected = text
    for one in rare:
        if one.word in near and near[one.word][0].papers >= FAR_MORE * max(one.papers, 1):
            corrected = _replaced(corrected, one.word, near[one.word][0].word)
    return "" if corrected == text else corrected


def _replaced(text: str, word: str, other: str) -> str:
    return re.sub(rf"\b{re.escape(word)}\b", other, text, flags=re.IGNORECASE)


def _ways(text: str, lexemes: Sequence[Lexeme], *, found_by: str, is_strict: bool) -> Iterator[Match]:
    """The ways to try in order; one alone for a later page of what was found by it."""
    plain = _match(text, lexemes, [_forms(one, text) for one in lexemes])
    if found_by in ("", "words"):
        yield plain
    last = lexemes[-1] if lexemes else None
    if found_by in ("", "beginnings") and last is not None and _is_open_ended(text, last):
        forms = [_forms(one, text) for one in lexemes[:-1]] + [f"({_forms(last, text)} | '{last.word}':*)"]
        yield _match(text, lexemes, forms, found_by="beginnings")
    if not lexemes or is_strict:
        return
    if found_by in ("", "alike"):
        mended = _mended(text, lexemes)
        if mended is not None:
            yield mended
    if found_by in ("", "any") and 1 < len(lexemes) < TEXT_WORDS:
        yield _all_but_one(text, lexemes)


def _is_open_ended(text: str, last: Lexeme) -> bool:
    return len(last.word) >= SHORTEST_PREFIX and text[-1:].isalnum() and words_of(text)[-1] == last.word


def _forms(one: Lexeme, text: str) -> str:
    return f"('{one.stem}' | '-{one.word}')" if one.word in hyphenated_numbers(text) else f"'{one.stem}'"


def _match(text: str, lexemes: Sequence[Lexeme], forms: Sequence[str], *, found_by: FoundBy = "words") -> Match:
    rarest = sorted(lexemes, key=lambda one: one.papers)[:MOST_SCORED]
    weights = [_weight(one) for one in rarest]
    total = sum(weights) or 1.0
    return Match(
        " & ".join(forms),
        found_by,
        tuple(f"'{one.stem}'" for one in rarest),
        tuple(w / total for w in weights),
        " & ".join(f"'{one.stem}':A" for one in lexemes),
        text,
    )


def _weight(one: Lexeme) -> float:
    """BM25's inverse document frequency."""
    return log(1 + (one.total - min(one.papers, one.total) + 0.5) / (min(one.papers, one.total) + 0.5))


def _mended(text: str, lexemes: Sequence[Lexeme]) -> Match | None:
    """Words that the record does not hold, or if it holds all of them any word, as one that is a typing error away."""
    near = _near_lexemes([one for one in lexemes if not one.papers] or lexemes)
    if not near:
        return None
    forms = [_or([_forms(one, text), *(f"'{other.stem}'" for other in near.get(one.word, ()))]) for one in lexemes]
    mended = {one.word: near[one.word][0] for one in lexemes if not one.papers and one.word in near}
    best = [mended.get(one.word, one) for one in lexemes]
    corrected = text
    for word, other in mended.items():
        corrected = _replaced(corrected, word, other.word)
    made = _match(corrected, best, forms, found_by="alike")
    terms = dict(zip(made.terms, made.weights, strict=True))
    for one, stands in zip(lexemes, best, strict=True):
        for other in near.get(one.word, ())[:MOST_OTHERS]:
            terms.setdefault(f"'{other.stem}'", OTHERS_WEIGH * terms.get(f"'{stands.stem}'", 0.0))
    return replace(made, terms=tuple(terms), weights=tuple(terms.values()), corrected=corrected if mended else "")


def _near_lexemes(lexemes: Sequence[Lexeme]) -> dict[str, list[Lexeme]]:
    """By word those of the record that are a typing error away, the most frequent first; no entry for none."""
    words = [one.word for one in lexemes]
    titles, names = near_terms(Term.Kind.TITLE, words), near_terms(Term.Kind.NAME, words)
    near = {word: dict.fromkeys([*titles[at], *names[at]]) for at, word in enumerate(words)}
    known = {one.word: one for one in lexemes_of([text for found in near.values() for text in found]) if one.papers}
    found = {word: [known[text] for text in texts if text in known] for word, texts in near.items()}
    return {word: sorted(several, key=lambda one: -one.papers) for word, several in found.items() if several}


def _or(forms: Sequence[str]) -> str:
    return f"({' | '.join(dict.fromkeys(forms))})"


def _all_but_one(text: str, lexemes: Sequence[Lexeme]) -> Match:
    """All words but any one of them, since a single word that is wrong must not hide the rest."""
    quoted = [_forms(one, text) for one in lexemes][:8]
    ways = [" & ".join(quoted[:at] + quoted[at + 1 :]) for at in range(len(quoted))]
    return _match(text, lexemes, [" | ".join(f"({way})" for way in ways)], found_by="any")


class _Row(NamedTuple):
    """A paper found: what it is ordered by, its id less than 0 so that the newest comes first, and how many are found."""

    value: float
    below: int
    total: int


def _page(asked: PaperSearchRequest, match: Match, *, size: int, after: Cursor | None) -> Hits:
    matched = MATCHED.format(filters=asked.filters.sql)
    value, row_id = after.key if after and len(after.key) == 2 else _START
    parameters = asked.filters.parameters | {
        "match": match.tsquery,
        "terms": list(match.terms),
        "weights": list(match.weights),
        "title": match.title,
        "text": match.text,
        "people": list(asked.people),
        "bound": RANKED + 1,
        "value": value,
        "after": row_id,
        "size": size + 1,
    }
    sort = asked.sort or ("" if match.tsquery else "newest")
    statement = _SORTED.format(matched=matched, key=_KEYS[sort]) if sort else _RANKED.format(matched=matched)
    rows = fetch_as(_Row, statement, parameters)
    if not rows:
        return Hits((), 0, is_more=False, found_by=match.found_by)
    shown = rows[:size]
    total, last = rows[0].total, shown[-1]
    following = Cursor(match.found_by, (float(last.value), float(last.below))) if len(rows) > size else None
    return Hits(tuple(-row.below for row in shown), min(total, RANKED), total > RANKED, match.found_by, following)
