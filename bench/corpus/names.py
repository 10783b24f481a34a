"""Several hundred thousand different names, put together from the names of many cultures."""

import numpy as np

from bench.corpus.sampling import Ints
from harvest.demo.cultures import LATIN, Culture

_ENDINGS = (
    ("ford", "well", "bridge", "worth", "combe", "hurst", "field"),
    ("mann", "bacher", "hofer", "berger", "stein", "feld", "hauser"),
    ("ière", "aud", "illon", "eville", "ault", "ertin", "oux"),
    ("ez", "ares", "ondo", "aín", "uelo", "eda", "ales"),
    ("eira", "oso", "inho", "al", "edo", "ões", "ares"),
    ("etti", "oni", "ucci", "ese", "aro", "ini", "acci"),
    ("stra", "sma", "veld", "huis", "dijk", "kamp", "man"),
    ("sen", "gren", "lund", "vik", "dahl", "stad", "näs"),
    ("owicz", "ský", "ák", "enko", "czyk", "ovič", "ski"),
    ("an", "ong", "ei", "in", "ao", "un", "iang"),
    ("moto", "yama", "gawa", "saki", "mura", "hara", "shima"),
    ("kar", "athan", "wal", "esh", "iah", "pati", "appa"),
    ("wu", "eke", "ini", "oğlu", "zadeh", "ane", "imana"),
    ("nh", "ng", "ch", "c", "t", "m", "i"),
)
_INITIALS = tuple("ABCDEFGHIJKLMNOPRSTVWYZ")


def author_names(rng: np.random.Generator, number: int) -> list[str]:
    """`number` different names in random order; most of them without a middle name while those last."""
    cultures = [_grown(culture, _ENDINGS[place]) for place, culture in enumerate(LATIN)]
    names: dict[str, None] = {}
    for middle in (False, True):
        rest = number - len(names)
        if rest <= 0:
            break
        for culture in cultures:
            _take(rng, culture, names, middle=middle, wanted=int(rest * culture.share * 1.1) + 1)
    found = list(names)
    rng.shuffle(found)
    if len(found) < number:
        raise ValueError(f"there are only {len(found)} names for {number} authors")
    return found[:number]


def _grown(culture: Culture, endings: tuple[str, ...]) -> Culture:
    """The culture with more family names: the beginnings that it has, with its usual endings."""
    stems = dict.fromkeys(name.split()[-1].rstrip("aeiouy")[:5].rstrip("'-") for name in culture.family)
    made = [stem + ending for stem in stems if len(stem) > 1 for ending in endings]
    family = tuple(dict.fromkeys((*culture.family, *made)))
    return Culture(culture.given, family, culture.share, culture.patterns)


def _take(rng: np.random.Generator, culture: Culture, names: dict[str, None], *, middle: bool, wanted: int) -> None:
    middles = [*_INITIALS, *culture.given] if middle else [""]
    space = len(culture.given) * len(culture.family) * len(middles)
    chosen: Ints = rng.permutation(space)[: min(wanted, space)]
    for code in chosen.tolist():
        code, given = divmod(code, len(culture.given))
        family, second = divmod(code, len(middles))
        names[_joined(culture.given[given], middles[second], culture.family[family])] = None


def _joined(given: str, middle: str, family: str) -> str:
    if not middle:
        return f"{given} {family}"
    return f"{given} {middle}{'.' if len(middle) == 1 else ''} {family}"


def initials_of(name: str) -> str:
    """`Ada Maria Byron` as `A. M. Byron`; family names of several words keep them all in lower case."""
    first, *rest = name.split()
    middle = [part[0] + "." for part in rest[:-1] if part[0].isupper()]
    return " ".join([first[0] + ".", *middle, rest[-1] if rest else first])
