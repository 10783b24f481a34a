"""Queries whose right answer is known, made from the record at hand: names as people type them, titles, places."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from string import ascii_lowercase
from typing import Any

from anyascii import anyascii
from django.db import connection

from common.richtext.text import fold
from identity.domain.nicknames import other_forms
from papers.domain.name_spellings import spellings
from papers.domain.names import is_east_asian, name_words, parse_person_name

LOOKED_AT = 40_000  # people and papers drawn, from whom each class takes those that it fits

# People with a name of their own: of two that are written alike no search can say who was meant.
_PEOPLE = """
SELECT a.id, a.name, a.key FROM (
    SELECT id, name, key, family_key, initials FROM papers_author
    WHERE merged_into_id IS NULL AND is_listed AND NOT is_initials AND key LIKE '%% %%' AND length(key) BETWEEN 7 AND 40
        AND name !~ '[,;(0-9]' ORDER BY md5(id::text || %s) LIMIT %s
) a WHERE (SELECT count(*) FROM papers_author b WHERE b.family_key = a.family_key AND b.initials = a.initials
    AND b.merged_into_id IS NULL AND b.is_listed) = 1
"""
_SCRIPTS = """
SELECT a.id, a.name, a.key FROM papers_author a
WHERE merged_into_id IS NULL AND is_listed AND name ~ %s ORDER BY md5(id::text || %s) LIMIT 2000
"""
_PAPERS = """
SELECT p.id, p.title, (SELECT a.family_key FROM papers_authorship x JOIN papers_author a ON a.id = x.author_id
    WHERE x.paper_id = p.id AND a.is_listed ORDER BY x.position LIMIT 1)
FROM papers_paper p WHERE p.merged_into_id IS NULL AND length(p.title) BETWEEN 30 AND 160 AND p.title ~ '^[[:ascii:]]+$'
ORDER BY md5(p.id::text || %s) LIMIT %s
"""


_SAME_TITLE = """
SELECT p.id FROM papers_paper o JOIN papers_paper p ON p.title_hash = o.title_hash WHERE o.id = %s
"""
_ACRONYMS = """
SELECT min(n.name), array_agg(DISTINCT n.institution_id) FROM papers_institutionname n
WHERE n.kind = 'acronym' AND length(n.name) > 2
GROUP BY n.key HAVING bool_or(EXISTS (SELECT FROM papers_authorshipinstitution x WHERE x.institution_id = n.institution_id))
ORDER BY md5(n.key || %s) LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Known:
    """A query of a class and the records that answer it rightly."""

    kind: str
    query: str
    right: frozenset[int]


type Make = Callable[[str, Random], str]


def people_queries(*, each: int, seed: int) -> Iterator[Known]:
    """Up to so many of each of the twelve classes; fewer where the record has too few names that the class fits."""
    rows = _rows(_PEOPLE, [str(seed), LOOKED_AT])
    foreign = _rows(_SCRIPTS, ["[\\u4e00-\\u9fff\\u0400-\\u04ff]", str(seed)])
    for kind, make in CLASSES.items():
        random = Random(f"{seed} {kind}")
        made = 0
        for pk, name, key in foreign if kind in ("han", "cyrillic") else rows:
            query = make(name, random)
            if query and query != name and made < each:
                made += 1
                yield Known(kind, query, frozenset(_same_key(key)) | {pk})


def _same_key(key: str) -> set[int]:
    return {row[0] for row in _rows("SELECT id FROM papers_author WHERE key = %s AND merged_into_id IS NULL", [key])}


def paper_queries(*, each: int, seed: int) -> Iterator[Known]:
    """Four words of a title with an error in one, and a word or two of it beside the first author's family name."""
    random = Random(seed)
    for pk, title, family in _rows(_PAPERS, [str(seed), 4 * each])[: 4 * each]:
        words = [word for word in dict.fromkeys(re.findall(r"[A-Za-z]{4,}", title)) if word.lower() not in _COMMON]
        if len(words) < 4:
            continue
        four = random.sample(words, 4)
        if not _says_which(four, title):
            continue
        right = {row[0] for row in _rows(_SAME_TITLE, [pk])}
        wrong = random.randrange(4)
        typed = [_with_error(word, random) if at == wrong else word for at, word in enumerate(four)]
        yield Known("title, exact", " ".join(four), frozenset(right | {pk}))
        yield Known("title, one error", " ".join(typed), frozenset(right | {pk}))
        if family:
            yield Known("author and topic", " ".join([family, *random.sample(words, 3)]), frozenset(right | {pk}))


def _says_which(words: Sequence[str], title: str) -> bool:
    """Whether no other title holds these words too: of two that do no search can say which was meant."""
    holding = " & ".join(f"'{word.lower()}':A" for word in words)
    statement = (
        "SELECT count(*) FROM papers_papersearch s JOIN papers_paper p ON p.id = s.paper_id"
        " WHERE s.vector @@ to_tsquery('colophon', %s) AND p.merged_into_id IS NULL AND p.title <> %s"
    )
    return bool(_rows(statement, [holding, title])[0][0] == 0)


def place_queries(*, each: int, seed: int) -> Iterator[Known]:
    """Institutions that papers name and topics, by their exact name, and institutions by their acronym."""
    for kind, table, used in (
        ("institutions", "papers_institution", "papers_authorshipinstitution x WHERE x.institution_id = r.id"),
        ("topics", "papers_topic", "papers_papertopic x WHERE x.topic_id = r.id"),
    ):
        statement = (
            f"SELECT r.id, r.name, r.key FROM {table} r WHERE r.merged_into_id IS NULL AND EXISTS (SELECT FROM {used})"
            " ORDER BY md5(r.id::text || %s) LIMIT %s"
        )
        for pk, name, key in _rows(statement, [str(seed), each]):
            same = {row[0] for row in _rows(f"SELECT id FROM {table} WHERE key = %s", [key])}
            yield Known(kind, name, frozenset(same | {pk}))
    for acronym, holders in _rows(_ACRONYMS, [str(seed), each]):
        yield Known("institutions by acronym", acronym, frozenset(holders))


_COMMON = frozenset("with from that this their using based over into some under between towards".split())


def _family_first(name: str, random: Random) -> str:
    parsed = parse_person_name(name)
    return f"{parsed.family}{random.choice([',', ''])} {parsed.given}" if parsed.given else ""


def _initials(name: str, random: Random) -> str:
    parsed = parse_person_name(name)
    letters = [token[0].upper() for token in name_words(parsed.given)]
    return f"{random.choice(['. ', ' ', '.']).join(letters)}. {parsed.family}" if letters else ""


def _particles(name: str, random: Random) -> str:
    parsed = parse_person_name(name)
    family = name_words(parsed.family)
    if (
        len(family) < 2
        or "-" in parsed.family
        or family[0] not in {"van", "von", "de", "der", "di", "da", "la", "le", "del"}
    ):
        return ""
    return f"{parsed.given} {random.choice([''.join(family), family[-1]])}"


def _plain_letters(name: str, random: Random) -> str:
    return "" if name.isascii() or is_east_asian(name) else fold(name)


def _usual_spellings(name: str, random: Random) -> str:
    words = [(spellings(word)[-1] if not word.isascii() else word) for word in name.split() if spellings(word)]
    return " ".join(words) if re.search("[äöüøåæ]", name.lower()) else ""


def _apostrophes(name: str, random: Random) -> str:
    return re.sub("['’ʼ‘`]", random.choice(["", " ", "’"]), name) if re.search("['’ʼ‘`]", name) else ""


def _hyphens(name: str, random: Random) -> str:
    return re.sub("[-‐]", random.choice(["", " "]), name) if re.search("[-‐]", name) else ""


def _han(name: str, random: Random) -> str:
    if not is_east_asian(name) or not 2 <= len(name) <= 4:
        return ""
    read = [anyascii(letter).lower() for letter in name]
    family, given = read[0], "".join(read[1:])
    return random.choice([f"{family} {given}", f"{given} {family}"])


def _cyrillic(name: str, random: Random) -> str:
    if not re.search("[\u0400-\u04ff]", name):
        return ""
    return " ".join(random.choice(spellings(word)[1:] or (word,)) for word in name.split() if spellings(word))


def _one_error(name: str, random: Random) -> str:
    words = name.split()
    long = [at for at, word in enumerate(words) if len(word) > 4 and word.isalpha() and word.isascii()]
    if not long:
        return ""
    at = random.choice(long)
    return " ".join([*words[:at], _with_error(words[at], random), *words[at + 1 :]])


def _two_errors(name: str, random: Random) -> str:
    words = name.split()
    if len(words) != 2 or not all(len(word) > 5 and word.isalpha() and word.isascii() for word in words):
        return ""
    return " ".join(_with_error(word, random) for word in words)


def _nickname(name: str, random: Random) -> str:
    words = name.split()
    forms = sorted(other_forms(words[0].lower()))
    return " ".join([random.choice(forms).title(), *words[1:]]) if forms and len(words) == 2 else ""


CLASSES: dict[str, Make] = {
    "order": _family_first,
    "initials": _initials,
    "particles": _particles,
    "plain letters": _plain_letters,
    "usual spellings": _usual_spellings,
    "apostrophes": _apostrophes,
    "hyphens": _hyphens,
    "han": _han,
    "cyrillic": _cyrillic,
    "one error": _one_error,
    "two errors": _two_errors,
    "nicknames": _nickname,
}


def _with_error(word: str, random: Random) -> str:
    """A letter changed, left out, put in or exchanged with its neighbour; the first letter stays."""
    at = random.randrange(1, len(word) - 1)
    changed = random.choice(
        [
            word[:at] + random.choice(ascii_lowercase) + word[at + 1 :],
            word[:at] + word[at + 1 :],
            word[:at] + random.choice(ascii_lowercase) + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ]
    )
    return changed if changed != word else word[:at] + word[at + 1 :]


def _rows(statement: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())
