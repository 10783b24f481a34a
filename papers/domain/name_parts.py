"""Names as bylines print them, and in the parts that sources state: put together and taken apart, with what is no name.

What a source states in parts is never guessed again. `read_names` reads what came as one text.
"""

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from papers.domain.byline_noise import (
    VIETNAMESE_FAMILIES,
    is_ordinary_name,
    kind_of_name,
    names_nobody,
    without_degree,
    without_noise,
)
from papers.domain.names import (
    NameKeys,
    PersonName,
    fold,
    is_east_asian,
    is_spanish_family,
    keys_of_name,
    parse_person_name,
)

type NameKind = Literal["person", "group", "other"]

_SUFFIXES = {
    "jr": "Jr.",
    "jnr": "Jr.",
    "junior": "Jr.",
    "sr": "Sr.",
    "snr": "Sr.",
    "ii": "II",
    "iii": "III",
    "iv": "IV",
    "v": "V",
    "2nd": "2nd",
    "3rd": "3rd",
    "4th": "4th",
}
_JUNIOR = re.compile(r"(?:jr|jnr|sr|snr)\.?", re.I)
_SUFFIX_ALONE = re.compile(r"(?:jr|jnr|sr|snr|ii|iii|iv|2nd|3rd)\.?", re.I)
_INITIALS_LAST = re.compile(
    r"(?P<family>(?:(?:v[ao]n|de[rnl]?|di|da|dos?|la|le|ter|ten)\s+){0,3}(?:[^\W\d_][\w'’.-]*\s+)?[^\W\d_][\w'’-]*[^\W\d_])\s+(?P<given>(?:[A-ZÀ-ÞĆČĐŁŚŠŞŽİА-ЯЁІЇЄ]\.?(?: -|[ -])?){1,4}|(?:(?:[A-Z]|Yu|Ya|Iu|Ia|Ch|Sh|Zh|Kh|Ts|Th|Ph)\.[ -]?){1,4}|[A-Z]{2,4})"
)
_CLOSED_UP = re.compile(r"(?P<given>(?:[A-Z]\.-?){1,4})(?P<family>[A-ZÀ-Þ][^\W\d_]+(?:['’-][^\W\d_]+)*)")
_PATRONYMIC_LAST = re.compile(
    r"(?P<family>[А-ЯЁІЇЄ][а-яёіїє-]+)\s(?P<given>[А-ЯЁІЇЄ][а-яёіїє]+\s[А-ЯЁІЇЄ][а-яёіїє]+(?:вич|ьич|вна|чна))"
)
_INITIALS = re.compile(r"(?:[A-Z]\.?[ -]?){1,4}")
_INITIALS_ALONE = re.compile(r"(?:[A-Z][a-z]?\.[ -]?){1,3}(?:[A-Z]\.?)?")
_PERSON_AND_GROUP = re.compile(r"[A-Z]\w+ (?:[A-Z]\. ?)?[A-Z]\w+ and \S+ (?:collaboration|consortium)", re.I)
_GROUP_AS_FAMILY = re.compile(
    r"(?:.*\s)?(?:collaborations?|consorti(?:um|a)|committee|investigators|collaborators|group|team|network|task force|society|"
    r"association|initiative|editors)",
    re.I,
)
_SHORT_FAMILIES = frozenset("LI WU XU HE YU LU HU GU DU SU QI YE NI LE DO VU VO KE TU FU RU MO".split())
_ONE_LETTER_FAMILIES = frozenset({"weinan e", "tomohiro i"})  # printed in full, and not to be taken for initials
_PARTICLE = re.compile(r"(?:v[ao]n|d[aeiou]s?|del|della|der|den|la|le|ter|ten|el|al)\s", re.I)
_CAPITALS_FIRST = re.compile(
    r"(?P<family>[A-ZÀ-Þ][A-ZÀ-Þ'’-]{2,}(?:\s[A-ZÀ-Þ'’-]{3,})?)\s(?P<given>[A-ZÀ-Þ][\w.'’ -]*)"
)
_VOWEL = re.compile("[AEIOUYÀ-Þ]")
_BEHALF = re.compile(
    r"\s*[,;(]?\s*(?:\bon\s+behalf\s+of|\brepresenting|\bfor)\s+(?:all\s+)?(?P<group>(?:the\s+)?.{3,})", re.I
)
_GROUP_COLON = re.compile(r"(?P<group>[^:]{3,120}):\s*(?P<rest>\S.*)?")
_AND = re.compile(r"\s+['\"]?(?:and|&|and\s+by|et|adn|anad|anbd|andd|nd(?=\s[A-Z]\.))['\"]?\s+(?=[^\W\d_])", re.I)
_SPANISH_AND = re.compile(r"(?<=[a-zà-ÿ])\s+y\s+(?=[A-Z]\.|[A-Z]\w+\s[A-Z]\w+$)")
_INITIALED = r"(?:[A-Z]-[A-Z] |(?:-?[A-Z][a-z]?\.[ -]?){1,3}\s*)(?:(?:v[ao]n|de[lr]?|di|da|la|le)\s+(?:de[rn]?\s+)?)?(?:[A-Z]['’])?[A-Z][^\W\d_][\w'’-]+(?: [A-Z][a-z]{2,}(?= [A-Z]\. [A-Z]))?"
_FULL = r"[A-Z][a-z]+\s(?:[A-Z][a-z]?\.\s?){1,2}[A-Z][\w'’-]+"
_TWO_IN_FULL = re.compile(rf"({_FULL})\s({_FULL})")
_RUN_TOGETHER = re.compile(rf"{_INITIALED}(?:[.;]?\s+{_INITIALED})+\.?", re.I | re.S)
_NEXT_INITIALED = re.compile(
    r"(?<=[^\W\d_]{2}(?:[^\W\d_]|['’]))[.;]?\s+(?=(?:-?[A-Z][a-z]?\.[ -]?){1,3}\s*(?:[A-Z]|v[ao]n|d[aei]))"
)
_FULL_STOP = re.compile(r"([A-Z][a-z]+ .*[a-z]{2})\.\s+([A-Z][a-z]+ [A-Z][a-z].*)")  # "Ada Byron. Carl Dee"


class NameParts(NamedTuple):
    """A name on a byline. `name` is as printed; the parts are all "" where no source states them."""

    name: str
    given: str = ""
    family: str = ""
    particle: str = ""
    suffix: str = ""
    kind: NameKind = "person"


def split_name(parts: NameParts) -> PersonName:
    """The name in two halves and a suffix: as stated, else as the printed form is understood; a group is all family."""
    if parts.kind != "person":
        return PersonName("", parts.name)
    if parts.family:
        return PersonName(parts.given, f"{parts.particle} {parts.family}".strip(), parts.suffix)
    return parse_person_name(parts.name)


def keys_of_parts(parts: NameParts) -> NameKeys:
    """All that the name is compared by."""
    if not parts.family and parts.kind == "person":
        return keys_of_name(parts.name)
    return split_name(parts).keys


def printed_name(*, given: str, family: str, particle: str = "", suffix: str = "") -> str:
    """The parts in the order in which the family name's script prints them."""
    if is_east_asian(family):
        return f"{family}{given}"
    return " ".join(filter(None, (given, particle, family, suffix)))


def source_parts(*, given: str, family: str, particle: str = "", suffix: str = "") -> NameParts | None:
    """What a source states in parts, without degrees, marks and addresses; None where no name is left.

    A source that puts a whole name, a list or a group into the family name is read as if it had stated no parts.
    """
    if names_nobody(given):
        given = ""
    if given and _GROUP_AS_FAMILY.fullmatch(family):
        return NameParts(without_noise(f"{given} {family}"), kind="group")
    given, family, particle = without_noise(given), without_degree(without_noise(family)), particle.strip()
    suffix = canonical_suffix(suffix)
    if not family or (family == given and " " in family):  # "John Smith", "John Smith"; Li Li is a name
        family, given = given, ""
    if not family:
        return None
    if not particle and given and all(_PARTICLE.match(f"{word} ") and word.islower() for word in given.split()):
        given, particle = "", given
    words = given.split(" ")
    if not suffix and len(words) > 1 and _JUNIOR.fullmatch(words[-1]):
        given, suffix = " ".join(words[:-1]), canonical_suffix(words[-1])
    first, _, last = family.rpartition(" ")
    if not suffix and first and _SUFFIX_ALONE.fullmatch(last):
        family, suffix = first.rstrip(","), canonical_suffix(last)
    kind = kind_of_name(family) if not given else "person"
    if kind != "person":
        return NameParts(family, kind=kind)
    name = printed_name(given=given, family=family, particle=particle, suffix=suffix)
    return NameParts(name, given, family, particle, suffix)


def canonical_suffix(raw: str) -> str:
    """ "Jr." for "jr", "Jnr." and "Junior", "Jr" as printed; "" for degrees and all that is no part of a name."""
    return raw if raw in {"Jr", "Sr"} else _SUFFIXES.get(raw.strip(" .,").lower(), "")


@lru_cache(maxsize=32_768)
def read_names(raw: str, *, is_one: bool = False) -> tuple[NameParts, ...]:
    """Who a decoded text names: one as a rule, several where it is surely a list, nobody where nothing is left of it.

    `is_one`: the source says that the text is one name, so no list is looked for.
    """
    if is_ordinary_name(raw):
        return (NameParts(raw),)
    found: list[NameParts] = []
    for text in [raw] if is_one else _pieces(raw):
        clean = without_noise(text)
        if not clean:
            continue
        if found and _SUFFIX_ALONE.fullmatch(clean):
            found[-1] = with_suffix(found[-1], clean)
        else:
            found.append(_one(clean))
    return tuple(found)


def _one(text: str) -> NameParts:
    kind = kind_of_name(text)
    head, comma, tail = text.partition(",")
    if kind == "group" and comma and is_ordinary_name(head) and kind_of_name(tail.strip()) == "group":
        return NameParts(head)  # where somebody works stands behind the name
    if kind != "person":
        return NameParts(text, kind=kind)
    if _AND.search(text) and any(" " not in one for one in _AND.split(text)):
        return NameParts(text, kind="other")  # "Barnes & Noble", "Evangelos and Zervas"
    first, _, rest = text.partition(" ")
    if rest and first[1:2].islower() and _JUNIOR.fullmatch(first):
        text = f"{rest} {canonical_suffix(first)}"  # "Jr. Edward P. Stabler", turned round by somebody
    if "," in text:
        return _with_comma(text)
    return by_habit(text) or NameParts(text)


def _with_comma(text: str) -> NameParts:
    """ "Family, Given", "Family, Jr., Given" and "Given Family, Jr." in printing order."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    suffixes = [one for one in parts[1:] if _SUFFIX_ALONE.fullmatch(one)]
    rest = [one for one in parts if one not in suffixes]
    if len(rest) == 1:
        whole = parse_person_name(rest[0])
        return with_suffix(NameParts(rest[0]), suffixes[0]) if suffixes and whole.given else NameParts(rest[0])
    if len(rest) > 2:
        return NameParts(text, kind="other")
    particle, given = trailing_particle(rest[1])
    return source_parts(
        given=given, family=f"{particle} {rest[0]}".strip(), suffix=suffixes[0] if suffixes else ""
    ) or NameParts(text)


def trailing_particle(given: str) -> tuple[str, str]:
    """("van", "Ludwig") for "Ludwig van": the particle of the family name that catalogues put behind the given one."""
    words = given.split(" ")
    at = len(words)
    while at > 1 and words[at - 1].islower() and _PARTICLE.match(words[at - 1] + " "):
        at -= 1
    return " ".join(words[at:]), " ".join(words[:at])


def by_habit(text: str) -> NameParts | None:
    """Names as databases print them: "Fannon E.", "Wing TML", "DUPONT Jean"; None for any other."""
    match = _CLOSED_UP.fullmatch(text) or _PATRONYMIC_LAST.fullmatch(text)
    if match is not None:
        return source_parts(given=match["given"], family=match["family"])
    match = _INITIALS_LAST.fullmatch(text) if text.lower() not in _ONE_LETTER_FAMILIES else None
    if match is not None and _are_initials(match["given"].strip(), match["family"]):
        return source_parts(given=match["given"].strip(), family=match["family"])
    match = _CAPITALS_FIRST.fullmatch(text)
    if match is None or _VOWEL.search(match["family"]) is None or match["given"].isupper():
        return None
    is_long = len(match["family"]) > 3 or "-" in match["given"]
    return source_parts(given=match["given"], family=match["family"]) if is_long else None


def _are_initials(given: str, family: str) -> bool:
    """Whether capitals behind a name are initials ("Wing TML") and not a family name ("Xiaoyu LI", "Jing LIAO")."""
    words = family.split()
    if len(given) == 1 and len(words) == 2 and (family.isupper() or fold(words[0]) in VIETNAMESE_FAMILIES):
        return False
    if _SUFFIX_ALONE.fullmatch(given) or family.islower() or len(words[0].rstrip(".")) == 1:
        return False
    if given.isalpha() and len(given) > 1:
        longest = 2 if family.isupper() else 4
        named = given in _SHORT_FAMILIES or (len(given) > 2 and _VOWEL.search(given[1:]) is not None)
        return len(given) <= longest and not named
    return len(words) == 1 or "." not in given or _PARTICLE.match(family) is not None


def looks_like_group(name: str) -> bool:
    """Whether a name that a register keeps for organisations is one: all but single words of one script and "A. Name"."""
    text = without_noise(name)
    if not text or kind_of_name(text) == "group":
        return bool(text)
    is_person = (
        is_east_asian(text)
        or " " not in text
        or by_habit(text) is not None
        or re.match(r"(?:[A-Z]\.[ -]?)+\s?\w", text)
    )
    return not is_person and kind_of_name(text) == "person" and "," not in text


def is_whole_name(given: str, family: str) -> bool:
    """Whether what a source gives as two parts is one text that it cut at its last space: "for the DES",
    "Collaboration", or "J. Smith and K.", "Jones", or "Ann B. Probe Carl D.", "Test"."""
    text = f"{given} {family}"
    if _TWO_IN_FULL.fullmatch(text):
        return True
    behalf = _BEHALF.search(text)
    return bool(given) and ((behalf is not None and behalf.start() > 2) or _AND.search(text) is not None)


def are_initials_alone(text: str) -> bool:
    """Whether the text is nothing but dotted initials, as "C. P" and "T. Ju." are."""
    return "." in text and _INITIALS_ALONE.fullmatch(text) is not None


def is_suffix_alone(text: str) -> bool:
    """Whether the text is nothing but "Jr.", "III" or the like, cut off from the name before it."""
    return _SUFFIX_ALONE.fullmatch(text) is not None


def with_suffix(parts: NameParts, raw: str) -> NameParts:
    """The name with a suffix that was printed apart from it."""
    suffix = canonical_suffix(raw)
    if parts.kind != "person" or not suffix:
        return parts
    halves = split_name(parts)
    if halves.suffix or not halves.given:
        return parts
    name = printed_name(given=halves.given, family=halves.family, suffix=suffix)
    return NameParts(name, halves.given, halves.family, "", suffix)


def _pieces(raw: str) -> list[str]:
    """The text cut where one name surely ends and another begins."""
    pieces: list[str] = []
    for part in _parts_of_list(raw):
        head = _GROUP_COLON.fullmatch(part)
        if head is not None and kind_of_name(head["group"].strip()) == "group":
            pieces.append(head["group"])
            pieces.extend(_pieces(head["rest"] or ""))
            continue
        behalf = _BEHALF.search(part)
        if behalf is not None and behalf.start() and kind_of_name(behalf["group"].strip(" )")) == "group":
            pieces.extend(_joined(part[: behalf.start()]))
            pieces.append(behalf["group"].strip(" )"))
            continue
        pieces.extend(_joined(part))
    return pieces


def _parts_of_list(raw: str) -> list[str]:
    """People divided by semicolons, or by commas where each part can stand alone as a name."""
    if ";" in raw:
        return [part for part in raw.split(";") if part.strip()]
    if "," not in raw:
        return [raw]
    if pairs := _in_pairs(raw):
        return pairs
    parts = [part.strip() for part in re.split(r",\s*(?:and\s+|&\s+)?", raw) if part.strip()]
    whole = [part for part in parts if not _SUFFIX_ALONE.fullmatch(part)]
    if len(parts) == 2 and is_family_name(parts[0]):
        return [raw]
    if len(whole) > 1 and all(_stands_alone(part) for part in whole):
        return [raw] if all(kind_of_name(part) == "group" for part in whole) else parts
    return [raw]


def _in_pairs(raw: str) -> list[str]:
    """ "Smith, J., Jones, K., and Brown, L." as "Family, Initials" each; nothing for any other list."""
    parts = [part.strip() for part in re.split(r",\s*(?:and\s+|&\s+)?|\s+(?:and|&)\s+", raw) if part.strip()]
    families, givens = parts[::2], parts[1::2]
    if len(givens) < 2 or len(families) != len(givens):
        return []
    are_pairs = all(_INITIALS.fullmatch(one) for one in givens) and not any(_INITIALS.fullmatch(o) for o in families)
    return [f"{family}, {given}" for family, given in zip(families, givens, strict=True)] if are_pairs else []


def is_family_name(part: str) -> bool:
    """Whether two words or more are surely a family name: "de la Cruz", "King Jr.", "García Márquez"."""
    words = part.split()
    if _SUFFIX_ALONE.fullmatch(words[-1]):
        return len(words) == 2
    starts_low = words[0].islower() and _PARTICLE.match(f"{words[0]} ") is not None
    return starts_low or (len(words) == 2 and all(is_spanish_family(word) for word in words))


def _stands_alone(part: str) -> bool:
    """Whether the part is a whole name: two words at least, of which one is more than initials; or a group."""
    clean = without_noise(part)
    words = clean.split()
    if len(words) < 2 or not all(word.strip("(\"“'‘")[:1].isalpha() for word in words):
        return kind_of_name(clean) == "group"
    return any(len(word.rstrip(".")) > 1 for word in words[1:]) or by_habit(clean) is not None


def _joined(part: str) -> list[str]:
    """Two people with "and" between them, or people run together whose initials tell where the next begins."""
    two = _TWO_IN_FULL.fullmatch(part.strip()) or _FULL_STOP.fullmatch(part.strip())
    if two is not None and all(is_ordinary_name(one) for one in two.groups()):
        return [two[1], two[2]]
    if _SPANISH_AND.search(part) and part.count(" ") > 3:
        part = _SPANISH_AND.sub(" and ", part)
    if _AND.search(part) and (kind_of_name(part) != "group" or _PERSON_AND_GROUP.fullmatch(part)):
        names = [one.strip(" ,;") for one in _AND.split(part)]
        if all(_stands_alone(one) for one in names):
            return [piece for one in names for piece in _joined(one)]
    if (part.count(".") > 1 or part[1:2] == "-") and _RUN_TOGETHER.fullmatch(part.strip()):
        return _NEXT_INITIALED.split(part.strip().rstrip("."))
    return [part]


def share_a_part(one: PersonName, other: PersonName) -> bool:
    """Whether two names have a given or family name in common, in a like spelling; unlike scripts are not compared."""
    mine, theirs = _words(one), _words(other)
    if not mine or not theirs or _is_latin(mine) != _is_latin(theirs):
        return True
    joined, others = "".join(sorted(mine)), "".join(sorted(theirs))
    return any(_alike(a, b) for a in mine for b in theirs) or joined == others


def _words(name: PersonName) -> list[str]:
    keys = name.keys
    return [word for word in f"{keys.key} {keys.family_key}".split() if len(word) > 1 or not word.isascii()]


def _is_latin(words: list[str]) -> bool:
    return "".join(words).isascii()


def _alike(one: str, other: str) -> bool:
    """Equal, one the beginning of the other, or two letters in ten apart ("mueller", "muller")."""
    short, long = sorted((one, other), key=len)
    if one == other or (long.startswith(short) and len(short) > 2):
        return True
    if len(short) < 4 or len(long) - len(short) > 2:
        return False
    from difflib import SequenceMatcher

    return SequenceMatcher(None, one, other).ratio() >= 0.8
