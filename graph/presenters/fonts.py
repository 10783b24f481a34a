"""How wide a text is in the pages' sans face, and the face itself for pictures without a browser."""

from functools import lru_cache
from pathlib import Path

from anyascii import anyascii
from django.conf import settings
from PIL import ImageFont

_FOLDER = Path(settings.BASE_DIR) / "node_modules/@fontsource-variable/inter/files"
_WIDE = 0.95  # of a character that the face lacks, in ems: a Chinese one is as wide as high


@lru_cache(maxsize=16)
def face(name: str, size: int) -> ImageFont.FreeTypeFont | None:
    """A part of the face; None where the front-end files are not installed."""
    path = _FOLDER / f"inter-{name}-wght-normal.woff2"
    return ImageFont.truetype(str(path), size) if path.exists() else None


@lru_cache(maxsize=4_096)
def _width_of(character: str) -> float:
    """In ems."""
    part = _face_of(character)
    font = face(part, 100) if part else None
    return font.getlength(character) / 100 if font else _WIDE if ord(character) > 0x2000 else 0.58


def _face_of(character: str) -> str:
    """The part of the face that holds a character, "" for none."""
    code = ord(character)
    if code < 0x100 or 0x2010 <= code <= 0x2026:
        return "latin"
    if code < 0x250 or 0x1E00 <= code < 0x1EA0:
        return "latin-ext"
    if 0x370 <= code < 0x400:
        return "greek"
    if 0x400 <= code < 0x460:
        return "cyrillic"
    return "vietnamese" if 0x1EA0 <= code < 0x1F00 else ""


@lru_cache(maxsize=16_384)
def width(text: str, size: float) -> float:
    """Of a text in units of `size`, without kerning, which only makes it narrower."""
    return sum(map(_width_of, text)) * size


def cut(text: str, size: float, most: float) -> str:
    """The text, or as many whole words of it as fit, with an ellipsis."""
    if width(text, size) <= most:
        return text
    kept = text
    while kept and width(kept + "…", size) > most:
        kept = kept[:-1]
    whole = kept.rpartition(" ")[0] if len(kept) < len(text) and not text[len(kept)].isspace() else kept
    kept = whole if len(whole) > len(kept) * 0.6 else kept
    return kept.rstrip(" ,;:-–—.") + "…"


def runs(text: str) -> list[tuple[str, str]]:
    """Parts of a text with the part of the face that draws each; what no part holds is transliterated."""
    found: list[tuple[str, str]] = []
    for character in text:
        part, shown = _face_of(character), character
        if not part:
            part, shown = "latin", anyascii(character) or "?"
        if found and found[-1][0] == part:
            found[-1] = (part, found[-1][1] + shown)
        else:
            found.append((part, shown))
    return found
