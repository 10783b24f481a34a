"""What a venue's name says: which series it is of, and which volume, issue, year or meeting of it.

"Computational Linguistics, Volume 29, Number 1, March 2003" is volume 29, issue 1 of "Computational Linguistics";
"Proceedings of the 48th Annual Meeting of the Association for Computational Linguistics (ACL 2010)" is a year of
"Annual Meeting of the Association for Computational Linguistics", which is also called ACL.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from common.richtext.text import fold

MAX_KEY_CHARS = 300
MAX_ACRONYM_CHARS = 16
_LONG_ENOUGH = 40  # what stands before ": Technical Papers" names a meeting in several words
_SHORTEST_SERIES = 8  # "HLT" behind "ACL-08:" says less than what stands before it


@dataclass(frozen=True, slots=True)
class Series:
    """A venue's name without volume, issue, year and meeting.

    `name` is as it is to be shown, `key` folded and without small words: equal for names of one series; `acronym` is
    folded, "" where the name gives none. `volume` and `issue` are "" where the name states none.
    """

    name: str
    key: str
    acronym: str = ""
    volume: str = ""
    issue: str = ""


_NUMBER = r"[0-9]+[A-Za-z]?(?:\s*[-–/&]\s*[0-9]+)?"
_VOLUME = r"(?:volumes?|vol|bd|band|tome|jahrgang)\b\.?"
_ISSUE = r"(?:numbers?|issues?|num[eé]ros?|no|nr|nos|heft|fasc|iss)(?:\b\.?|(?=[0-9]))"
# A volume and an issue of a journal; what follows is the issue's month and subject.
_JOURNAL_ISSUE = re.compile(
    rf"[\s,.:;(]*\b{_VOLUME}\s*({_NUMBER}|[IVXLC]+)[\s,.:;(]*{_ISSUE}\s*({_NUMBER})\b.*", re.I | re.S
)
_FORMERLY = re.compile(r"[\s,.;(]+formerly\b.*", re.I)
_VOLUME_PART = re.compile(rf"[\s,.:;(-]*\b{_VOLUME}[\s-]*(?:{_NUMBER}|[IVXL]+|one|two|three)\b\)?", re.I)

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_MEETING = re.compile(
    r"\b(?:proceedings|proc\.|conference|conf\.|workshops?|symposi(?:um|a)|meeting|congress|summit|colloquium|colloque"
    r"|seminar|school|tagung|convention|abstracts|posters|companion|evaluation exercises)\b|\bconf[eé]rence\b",
    re.I,
)
_ACRONYM_YEAR = re.compile(r"\b[A-Z][A-Za-z*&/-]{1,14}[\s-]?['’‘]?(?:(?:19|20)[0-9]{2}|[0-9]{2})\b")
_DATED_ISSUE = re.compile(rf"\s*\((?:{_MONTH}\s+)?(?:19|20)[0-9]{{2}}\)\s*$", re.I)

_PROCEEDINGS = re.compile(
    r"^(?:in\s+)?(?:companion\s+(?:volume|proceedings)\s+(?:of|to|for)\s+(?:the\s+)?)?(?:conference\s+)?"
    r"(?:(?:the\s+)?proceedings|proc\.?|actes|papers presented|abstracts|notebook papers)\s*(?:of|from|to|at|:|de|des|du)?\s*(?:an?\s+|the\s+|la\s+|le\s+)?",
    re.I,
)
_INNER_PROCEEDINGS = re.compile(
    r"^(.{2,}?)\s*[:;,.–-]\s*(?:(?:conference\s+)?proceedings of|papers presented (?:at|to))\s+(?:an?\s+|the\s+)?(.+)$",
    re.I,
)
_HELD = re.compile(r"^(?:workshop|conference|symposium|meeting)s?\s+held\s+(?:at|in|on)\b", re.I)
_PLACE_AND_DATE = re.compile(
    rf",?\s+(?:held\s+(?:at|in|on)\b.*|{_MONTH}\s+[0-9]{{1,2}}\b.*|[0-9]{{1,2}}(?:\s*[-–]\s*[0-9]{{1,2}})?\s+{_MONTH}\b.*)$",
    re.I,
)
_PART = re.compile(
    r"[\s:;,.–-]*\b(?:companion\s+volume(?:\s+proceedings)?(?:\s*[,:;]?\s*(?:of|for|including).*)?|interactive presentation sessions|main\s+(?:conference|volume|proceedings|session)s?(?:\s+papers)?"
    r"|proceedings of the main conference|(?:the\s+)?(?:demo(?:nstration)?s?|posters?|interactive)\b(?:[,\s]+(?:and|&)\s+(?:posters?|demo(?:nstration)?s?))?"
    r"(?:\s+(?:sessions?|papers|volume|track|abstracts))*|(?:long|short|full|regular|invited|selected|oral|student)\s+papers?(?:\s+and\s+posters?)?"
    r"|articles (?:longs|courts)|d[ée]monstrations|tutoriels|papers|(?:tutorial\s+)?abstracts|tutorials?|proceedings|extended abstracts|invited talks|system demonstrations|demo sessions?"
    r"|late[- ]breaking\s+\w+|doctoral consortium|student (?:research )?(?:workshop|session)s?|system descriptions)\s*\.?$",
    re.I,
)
_PART_AFTER_COLON = re.compile(
    r"\s*[:–]\s*(?:technical|research|commercial|government|user|industr\w+|tutorial|student|project|system|poster|demo|descriptions"
    r"|shared task|evaluation campaign)\w*(?:\s+[\w&]+){0,5}$",
    re.I,
)
_THEME = re.compile(r"^(?P<meeting>(?:\S+\s+){3,}\S+?)\s*:\s+(?:\S+\s+)+\S+$")  # what a year of a meeting is about
_PHASE = re.compile(r"[\s:,-]*\bphase\s+(?:[IVX]+|[0-9]+)$", re.I)
_NUMBER_AND_THEME = re.compile(r"^(.{12,}[a-z])(?<!olume)(?<!vol)(?<!umber)(?<!part)\s+[0-9]{1,3}\s*:\s+\S.{4,}$")
_NUMBERED_ACRONYM = re.compile(
    r"^(?:[A-Z][A-Z&/]{2,}-[2-9],?\s+(?=[A-Z][a-z])|[A-Z][A-Za-z&/]{2,}-[0-9]{1,2}\s+(?=(?:Workshop|Conference|Symposium)\b))"
)
_WHOLE_PART = re.compile(
    r"(?:companion|main|long|short|full|student|invited|demo\w*|poster\w*|papers?|sessions?|volumes?|conference|proceedings"
    r"|abstracts?|tutorials?|tutorial|project|notes|research|workshop|interactive|and|&|of|the|late|breaking|results|track"
    r"|system|doctoral|consortium|technical|industry|industrial|[\s,:;/-])+",
    re.I,
)
_TRAILING_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*$")
_ANY_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
_YEAR = re.compile(r"[\s,'’‘-]*(?<![0-9])(?:19|20)[0-9]{2}(?:\s*[-–/]\s*(?:19|20)?[0-9]{2})?(?![0-9])")
_SHORT_YEAR = re.compile(r"(?<=[A-Za-z])\s?[-'’‘]\s?[0-9]{2}(?![0-9A-Za-z])")
_UNITS = "first second third fourth fifth sixth seventh eighth ninth".split()
_TEENS = ("tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth").split()
_TENS = "twent thirt fort fift sixt sevent eight ninet".split()
_WORDED = "|".join(
    [
        "eight(?= international)",  # as it stands on one volume
        *(rf"{ten}y[- ]?(?:{'|'.join(_UNITS)})" for ten in _TENS),
        *(f"{ten}ieth" for ten in _TENS),
        *_TEENS,
        *_UNITS,
        "(?:one )?hundredth",
    ]
)
_ORDINAL = re.compile(
    rf"\b(?:the\s+)?(?:[0-9]+\s?(?:st|nd|rd|th|º|°|ª|ème|e|[èé]me|\.)(?=\s)|[IVXLC]+(?:st|nd|rd|th)\b|(?:{_WORDED})\b)\s*(?:[- ]?and[- ]?)?",
    re.I,
)
_LEADING_ROMAN = re.compile(r"^(?:[IVXL]{1,6})\s+(?=[A-Z])")
_TRAILING_ROMAN = re.compile(r"(?<=[a-z])(?:\s+(?:[IVXL]{1,6}|[0-9]{1,3})|-[2-9])$")
_LEADING_THE = re.compile(r"^(?:the|la|le|les|die|der|das)\s+", re.I)
_ACRONYM = re.compile(r"[A-Z][A-Za-z*&+/.-]{1,19}")
_CAPITALS = re.compile(r"[A-Z].*[A-Z]")
_LEADING_ACRONYM = re.compile(
    rf"^([A-Z][A-Za-z*&+/-]{{1,14}})(?:\s+[A-Z][a-z]+)?[\s-]?['’‘]?(?:(?:19|20)[0-9]{{2}}|[0-9]{{2}})?"
    rf"(?:\s*,?\s*{_VOLUME}[\s-]*(?:{_NUMBER}|[IVXL]+))?\s*[:–]\s+(?=\S.{{2,}})",
    re.I,
)
_TRAILING_ACRONYM = re.compile(r"\s+[-–]\s+([A-Z][A-Za-z0-9*&+/]{1,14})\s*['’‘]?(?:[0-9]{2,4})?$")
_SMALL = frozenset(
    "a an and annual at de des du el et for für im in international into la le les los of on the to und y".split()
)
_EDGES = " ,;:.–-/'’‘&"
_WORD = re.compile(r"[^\W_]+")


_KINDS = ("repository", "journal", "conference", "series", "book")


def better_kind(one: str, other: str) -> str:
    """What a venue is when sources differ, the same in whatever order they come; "" is known by nobody."""
    return min(one, other, key=lambda kind: (not kind, _KINDS.index(kind) if kind in _KINDS else len(_KINDS), kind))


_SMALL_IN_TITLES = frozenset(
    "a an and at by de der des die du et for für from in la le of on the to und with zur".split()
)
_LONGEST_ACRONYM = 6


def better_spelling(one: str, other: str) -> str:
    """Which of two spellings of one name is shown, the same in whatever order they come: not all in capitals or small
    letters, then with its accents, then the longer one, then as titles are written ("PLoS ONE", "Journal of the ACM")."""
    return max(one, other, key=_spelling)


def _spelling(name: str) -> tuple[bool, int, int, int, int, int, str]:
    marks = sum(not letter.isascii() for letter in name)
    words = name.split()
    titled = sum(any(map(str.isupper, word)) != (word.lower() in _SMALL_IN_TITLES) for word in words)
    titled += sum(word[0].islower() and any(map(str.isupper, word)) for word in words)  # eLife, arXiv
    shouted = sum(word.isupper() and len(word) > _LONGEST_ACRONYM for word in words)
    capitals = sum(map(str.isupper, name))
    return not (name.isupper() or name.islower()), marks, len(name), titled, -shouted, capitals, name


@lru_cache(maxsize=32_768)
def series_of(name: str, kind: str = "") -> Series:
    """The series that a venue's name is of. `kind` is what the source calls it: journal, conference, repository…"""
    text = " ".join(name.split())
    if kind == "repository":
        return _series(text, _TRAILING_BRACKET.sub("", text) or text)
    issue = _JOURNAL_ISSUE.search(text)
    if issue is not None and issue.start() > 3:
        plain = _FORMERLY.sub("", text[: issue.start()]).strip(_EDGES)
        plain = plain.replace("-", " ") if plain.count("-") == 1 and " " not in plain else plain
        return _series(text, plain, volume=issue[1], issue=re.sub(r"\s+", "", issue[2]))
    is_meeting = kind == "conference" or _MEETING.search(text) or _ACRONYM_YEAR.search(text)
    if kind == "journal" or not is_meeting:
        return _series(text, _DATED_ISSUE.sub("", text))
    if "journal" in text.lower() and not _PROCEEDINGS.match(text):
        return _series(text, _DATED_ISSUE.sub("", text))
    return _meeting(text)


def acronym_of(name: str, kind: str = "") -> str:
    """The acronym that a venue's name states, folded, of at most 16 characters; "" for none."""
    acronym = series_of(name, kind).acronym
    return acronym if len(acronym) <= MAX_ACRONYM_CHARS else ""


def series_name(name: str, kind: str = "") -> str:
    """The name of the series, of which taking it apart once more takes nothing off."""
    before = None
    while name != before:
        before, name = name, series_of(name, kind).name
    return name


def _series(title: str, name: str, **more: str) -> Series:
    name = name.strip() or title
    return Series(name, key_of(name), **more)


def entity_key(name: str) -> str:
    """The folded name by which venues, topics and institutions are found."""
    return " ".join(fold(name).split())[:MAX_KEY_CHARS]


def key_of(name: str) -> str:
    """The words of a name, folded, without small ones; the folded name where nothing else is left."""
    folded = fold(name.replace("'s ", "s ").replace("’s ", "s "))
    words = _WORD.findall(folded)
    kept = [word for word in words if word not in _SMALL] or words
    return " ".join(kept)[:MAX_KEY_CHARS] or folded[:MAX_KEY_CHARS]


def _meeting(text: str) -> Series:
    """A name of proceedings: taken apart from the outside in, until nothing more comes off."""
    acronym = ""
    stated = text
    text = _PROCEEDINGS.sub("", text) or text
    text = _NUMBERED_ACRONYM.sub("", _NUMBER_AND_THEME.sub(r"\1", text))
    if re.match(r"[A-Z][\w'’-]{1,14}\s+Proceedings of (?:the )?", text):
        text = text.partition(" of ")[2]  # "INLG’2000 Proceedings of the First …"
    inner = _INNER_PROCEEDINGS.match(text)
    if inner is not None:
        before, after = inner[1], inner[2]
        if _HELD.match(after) or _is_part(after):
            text = before
        else:
            acronym, text = _acronym_in(before), after
    head = _LEADING_ACRONYM.match(text)
    if head is not None and text[0].isupper() and (_CAPITALS.search(head[1]) or _is_dated(head[0])):
        acronym = acronym or _folded(head[1])
        rest = text[head.end() :]
        text = rest if len(_bare(rest)) >= _SHORTEST_SERIES and not _is_part(rest) else head[1]
    tail = _TRAILING_ACRONYM.search(text)
    if tail is not None and _CAPITALS.search(tail[1]):
        acronym, text = acronym or _folded(tail[1]), text[: tail.start()]
    for bracket in _ANY_BRACKET.finditer(text):
        acronym = acronym or _acronym_in(bracket[1])
    text = _ANY_BRACKET.sub("", text)
    name = _bare(text)
    if len(key_of(name)) < 2:
        return Series(stated, key_of(stated), acronym)
    if not acronym and _ACRONYM.fullmatch(name) and " " not in name:
        acronym = _folded(name)
    return Series(name, key_of(name), acronym)


def _is_dated(head: str) -> bool:
    """ "Coling 2010: Posters", "Interspeech 2011: …": a word with a year before a colon is what the meeting is called."""
    return _YEAR.search(head) is not None


def _is_part(text: str) -> bool:
    """Whether the text names nothing but a part of some proceedings."""
    return _WHOLE_PART.fullmatch(_bare(text) or text) is not None


def _bare(text: str) -> str:
    """Without parts, volumes, years, ordinals, places and dates, as often as one of them comes off."""
    before = None
    while before != text:
        before = text
        text = _PLACE_AND_DATE.sub("", text)
        text = _PHASE.sub("", _VOLUME_PART.sub("", text))
        text = _PART_AFTER_COLON.sub("", text) if len(text) > _LONG_ENOUGH else text
        text = _without_theme(text)
        text = _shorter(_PART, text)
        text = _YEAR.sub(" ", text)
        text = _SHORT_YEAR.sub("", text)
        text = _ORDINAL.sub(" ", text)
        text = _LEADING_ROMAN.sub("", text.strip(_EDGES))
        text = _TRAILING_ROMAN.sub("", text.strip(_EDGES))
        text = _PROCEEDINGS.sub("", text) or text
        text = _LEADING_THE.sub("", " ".join(text.split()).strip(_EDGES)) or text
    return " ".join(text.split()).strip(_EDGES)


def _without_theme(text: str) -> str:
    """ "International Conference on Clocks: Ten years on" without what this year's was about."""
    theme = _THEME.match(text)
    return theme["meeting"] if theme is not None and _MEETING.search(theme["meeting"]) else text


def _shorter(pattern: re.Pattern[str], text: str) -> str:
    """Without what the pattern takes off, unless nothing would be left, or half a sentence."""
    shorter = pattern.sub("", text)
    words = shorter.strip(_EDGES).split()
    return shorter if words and words[-1].lower() not in _SMALL else text


def _acronym_in(text: str) -> str:
    """The acronym that a bracket or a heading consists of, "" when it says something else."""
    bare = _SHORT_YEAR.sub("", _YEAR.sub("", _PART.sub("", _VOLUME_PART.sub("", text)))).strip(_EDGES)
    bare = re.sub(r"\s*['’‘]?[0-9]{2,4}$", "", bare).strip(_EDGES)
    return _folded(bare) if _ACRONYM.fullmatch(bare) and len(bare) <= 15 else ""


def _folded(acronym: str) -> str:
    return "".join(_WORD.findall(fold(acronym)))
