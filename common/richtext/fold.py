"""Folding of text for comparison: case, accents and ligatures away, other scripts kept."""

import re
import unicodedata

_COMBINING = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
# Latin letters that decomposition leaves alone
_LATIN = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "n",
        "ĸ": "k",
        "ŀ": "l",
        "ŉ": "n",
        "ſ": "s",
        "ƒ": "f",
        "ɓ": "b",
        "ɗ": "d",
        "ə": "e",
        "ʻ": "'",
        "ʼ": "'",
        "’": "'",
        "‘": "'",
        "ʹ": "'",
        "′": "'",
        "`": "'",
        "´": "'",
        "‐": "-",
        "‑": "-",
        "‒": "-",
        "–": "-",
        "—": "-",
        "−": "-",
    }
)


def fold(text: str) -> str:
    """The text without case, accents or ligatures: "Müller-Ł" gives "muller-l".

    Latin letters become ASCII where one plain letter stands for them; letters of other scripts stay.
    Folding twice gives the same as folding once.
    """
    if text.isascii():
        return text.lower()
    folded = _COMBINING.sub("", unicodedata.normalize("NFKD", text).casefold()).translate(_LATIN)
    folded = unicodedata.normalize("NFKD", folded).casefold().translate(_LATIN)
    return unicodedata.normalize("NFC", _COMBINING.sub("", folded))
