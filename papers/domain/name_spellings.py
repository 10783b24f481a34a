"""The spellings by which one printed name is found: usual transcriptions, and its parts joined or apart.

Both sides use it: what a name is indexed by, and what a typed word may stand for.
"""

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise, product

from anyascii import anyascii

from common.richtext.text import fold

MAX_SPELLINGS = 8  # of one word

# What is written for a letter where its accent cannot be; `fold` gives the plain letter.
_TWO_LETTERS = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "æ": "ae", "œ": "oe", "ð": "dh", "ğ": "gh"}
# Columns: BGN/PCGN, ISO 9 without its accents, passports (ICAO 9303). Letters that are missing read alike in all.
_CYRILLIC = {
    "а": ("a", "a", "a"),
    "б": ("b", "b", "b"),
    "в": ("v", "v", "v"),
    "г": ("g", "g", "g"),
    "ґ": ("g", "g", "g"),
    "д": ("d", "d", "d"),
    "е": ("e", "e", "e"),
    "ё": ("yo", "e", "e"),
    "є": ("ye", "e", "ie"),
    "ж": ("zh", "z", "zh"),
    "з": ("z", "z", "z"),
    "и": ("i", "i", "i"),
    "і": ("i", "i", "i"),
    "ї": ("yi", "i", "i"),
    "й": ("y", "j", "i"),
    "к": ("k", "k", "k"),
    "л": ("l", "l", "l"),
    "м": ("m", "m", "m"),
    "н": ("n", "n", "n"),
    "о": ("o", "o", "o"),
    "п": ("p", "p", "p"),
    "р": ("r", "r", "r"),
    "с": ("s", "s", "s"),
    "т": ("t", "t", "t"),
    "у": ("u", "u", "u"),
    "ў": ("w", "u", "u"),
    "ф": ("f", "f", "f"),
    "х": ("kh", "h", "kh"),
    "ц": ("ts", "c", "ts"),
    "ч": ("ch", "c", "ch"),
    "ш": ("sh", "s", "sh"),
    "щ": ("shch", "s", "shch"),
    "ъ": ("", "", "ie"),
    "ы": ("y", "y", "y"),
    "ь": ("", "", ""),
    "э": ("e", "e", "e"),
    "ю": ("yu", "u", "iu"),
    "я": ("ya", "a", "ia"),
    "ј": ("j", "j", "j"),
    "љ": ("lj", "l", "lj"),
    "њ": ("nj", "n", "nj"),
    "ћ": ("c", "c", "c"),
    "ђ": ("dj", "d", "dj"),
    "џ": ("dz", "d", "dz"),
}
# As family names these are read otherwise than elsewhere, or have romanisations of their own.
_FAMILY_READINGS = {
    "曾": "zeng",
    "单": "shan",
    "單": "shan",
    "仇": "qiu",
    "解": "xie",
    "区": "ou",
    "區": "ou",
    "查": "zha",
    "朴": "piao park",
    "覃": "qin tan",
    "乐": "yue le",
    "盖": "gai ge",
    "尉": "wei",
    "翟": "zhai",
    "吕": "lyu lu lv",
    "呂": "lyu lu lv",
    "김": "kim",
    "이": "lee yi",
    "박": "park",
    "최": "choi",
    "정": "jung jeong chung",
    "강": "kang",
    "조": "cho jo",
    "윤": "yoon yun",
    "장": "jang chang",
    "임": "lim im",
    "림": "lim",
    "서": "seo suh",
    "신": "shin",
    "권": "kwon",
    "황": "hwang",
    "안": "ahn an",
    "유": "yoo yu ryu",
    "류": "ryu yoo",
    "전": "jeon chun",
    "고": "ko go",
    "문": "moon",
    "손": "son sohn",
    "배": "bae",
    "백": "baek paik",
    "허": "heo hur",
    "노": "noh roh",
    "심": "shim sim",
    "곽": "kwak",
    "주": "joo ju",
    "우": "woo",
    "구": "koo gu",
    "나": "na ra",
    "오": "oh o",
    "한": "han",
    "송": "song",
    "홍": "hong",
}
_TWO_CHARACTER_FAMILIES = frozenset(
    "欧阳 歐陽 司马 司馬 诸葛 諸葛 上官 皇甫 令狐 慕容 司徒 东方 東方 夏侯 尉迟 长孙 長孫 宇文 公孙 端木 남궁 황보 제갈 선우".split()
)


@lru_cache(maxsize=65_536)
def spellings(printed: str) -> tuple[str, ...]:
    """Every folded spelling of one printed word of a Latin or Cyrillic name; the plain fold is the first.

    "Müller" gives "muller" and "mueller", "Щербаков" gives itself and three romanisations.
    """
    found = [fold(printed)]
    lowered = printed.casefold()
    if any(letter in _CYRILLIC for letter in lowered):
        found += _romanised(lowered)
    elif not printed.isascii():
        found += _in_two_letters(printed.lower())
    return tuple(dict.fromkeys(text for text in found if text))[:MAX_SPELLINGS]


def _romanised(lowered: str) -> list[str]:
    plain = [anyascii(lowered).replace("'", "").lower()]
    for column in range(3):
        text = "".join(_CYRILLIC[letter][column] if letter in _CYRILLIC else letter for letter in lowered)
        plain += [text, *_endings(text)]
    return plain


def _endings(text: str) -> list[str]:
    """ "-iy", "-yy" and "-ij" are also written "-y"."""
    return [text[:-2] + "y"] if len(text) > 4 and text[-2:] in {"iy", "yy", "ij", "yj", "ii"} else []


def _in_two_letters(lowered: str) -> list[str]:
    choices = [(fold(letter), _TWO_LETTERS[letter]) if letter in _TWO_LETTERS else (letter,) for letter in lowered]
    if all(len(choice) == 1 for choice in choices):
        return []
    several = sum(len(choice) > 1 for choice in choices)
    made = product(*choices) if several < 4 else ((choice[0] for choice in choices), (choice[-1] for choice in choices))
    return [fold("".join(letters)) for letters in made]


@lru_cache(maxsize=65_536)
def syllables(closed: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A closed-up Han or Hangul name as the readings of its family name, and the syllables of the given name.

    "曾毅" gives (("ceng", "zeng"), ("yi",)). No given part gives ().
    """
    length = 2 if len(closed) > 2 and closed[:2] in _TWO_CHARACTER_FAMILIES else 1
    family, given = closed[:length], closed[length:]
    readings = ["".join(_read(letter) for letter in family), *_FAMILY_READINGS.get(family, "").split()]
    return tuple(dict.fromkeys(readings)), tuple(_read(letter) for letter in given)


def _read(letter: str) -> str:
    return "".join(part for part in fold(anyascii(letter)) if part.isalnum())


def joined(tokens: Iterable[str]) -> set[str]:
    """Neighbours closed up, and all of them: "van der berg" gives "vander", "derberg" and "vanderberg"."""
    row = [token for token in tokens if token]
    pairs = {a + b for a, b in pairwise(row) if len(a) + len(b) > 2}
    return pairs | ({"".join(row)} if 2 < len(row) <= 4 else set())
