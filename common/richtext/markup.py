"""Marked-up text from sources (HTML entities, JATS, CDATA, TeX, MathML) cut into segments.

A text that came from outside is read once into segments; the plain and the HTML form are both made
from these, so what was text can never become mark-up on the way.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from html import unescape
from html.entities import html5

from ftfy import fix_encoding

from common.richtext.mathml_text import mathml_text
from common.richtext.tex import tex_to_text, without_tex_wrappers


class Kind(Enum):
    """What a segment is."""

    TEXT = "text"
    TEX = "tex"
    DISPLAY_TEX = "display tex"
    MATHML = "mathml"
    OPEN = "open"
    CLOSE = "close"
    BREAK = "break"


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text, a formula, or the name of an HTML element that opens or closes."""

    kind: Kind
    value: str


# Controls, bidirectional overrides and isolates, invisible separators, lone surrogates, noncharacters
_REMOVED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\uf8ff\U000f0000-\U0010ffff]"
)
# Signs of Windows-1252 at the numbers that Unicode keeps for controls, as HTML reads them; a line end stays one
_WINDOWS_SIGNS = {
    n: bytes([n]).decode("cp1252") for n in range(0x80, 0xA0) if n not in (0x81, 0x85, 0x8D, 0x8F, 0x90, 0x9D)
}
# UTF-8 that was read as Latin-1 or Windows-1252: "Ã¼", "â€™", "Ð˜". The library decides whether that is so.
_MISREAD = re.compile("[\xc2-\xdf\xe2][\x80-\xbf\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]")
# What library catalogues sort without: "The " of "The Lancet", between two controls.
_SORTED_WITHOUT = re.compile("\x98([^\x98\x9c]{1,24})\x9c")
_BREAK_IN_NAME = re.compile("(?<=[a-z])\u200b(?=[A-Z])")
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_MAX_ESCAPINGS = 3  # "&amp;amp;lt;" has been seen; no source escapes four times
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
_ELEMENTS = {
    "sub": "sub",
    "sup": "sup",
    "inf": "sub",
    "emph": "em",
    "subtitle": "\n",
    "i": "em",
    "em": "em",
    "italic": "em",
    "b": "strong",
    "strong": "strong",
    "bold": "strong",
    "tt": "code",
    "monospace": "code",
    "code": "code",
    "scp": "",
    "sc": "",
    "u": "",
    "underline": "",
    "strike": "",
    "span": "",
    "font": "",
    "div": "",
    "sec": "\n",
    "p": "\n",
    "br": "\n",
    "break": "\n",
    "list": "\n",
    "title": "\n",
    "list-item": "\n",
    "li": "\n",
    "ul": "\n",
    "ol": "\n",
    "abstract": "\n",
    "label": "",
    "alternatives": "",
    "inline-formula": "",
    "disp-formula": "",
    "named-content": "",
    "styled-content": "",
    "ext-link": "",
    "xref": "",
    "inline-graphic": "",
    "a": "",
    "big": "",
    "small": "",
    "roman": "",
    "sans-serif": "",
}
_ATTRIBUTES = r"""(?:\s+[\w:.-]{1,60}\s*=\s*(?:"[^"<>]{0,1000}"|'[^'<>]{0,1000}'))*\s*"""
_TAG = (
    r"<(?P<close>/?)(?:jats:(?P<jats>[a-zA-Z-]{1,30})|(?P<name>"
    + "|".join(sorted(_ELEMENTS, key=len, reverse=True))
    + r"))"
    + _ATTRIBUTES
    + r"/?>"
)
_TOKEN = re.compile(
    r"<(?:jats:)?tex-math" + _ATTRIBUTES + r">(?P<texmath>.{0,8000}?)</(?:jats:)?tex-math>"
    r"|<(?P<prefix>mml:)?math" + _ATTRIBUTES + r">(?P<mathml>.{0,20000}?)</(?:mml:)?math>"
    r"|\$\$(?P<double>[^$]{1,4000})\$\$"
    r"|\\\[(?P<bracket>.{1,4000}?)\\\]"
    r"|\\\((?P<paren>.{1,4000}?)\\\)"
    r"|\\begin\{(?P<env>equation|align|displaymath|math|eqnarray)\*?\}(?P<envbody>.{1,4000}?)\\end\{(?P=env)\*?\}"
    r"|(?P<escaped>\\[\\$])"
    r"|\$(?P<single>(?:[^$\\]|\\.){1,4000})\$"
    r"|" + _TAG,
    re.S | re.I,
)
_FORMULA = re.compile(r"\$((?:[^$\\]++|\\.)++)\$", re.S)  # the same as `single` above, quickly
# A formula at whose end the dollar sign is escaped by mistake: "$M\\simeq 60\\$ GeV".
_ESCAPED_END = re.compile(
    r"(?<![\\$])\$(?!\d[\d.,]*\s)((?:[^$\\]|\\[^$]){0,200}\\[A-Za-z]+(?:[^$\\]|\\[^$]){0,200})\\\$(?!\$)"
)
_DISPLAY_FORMULA = re.compile(r"\$\$([^$]++)\$\$")  # the same as `double`
_MAX_FORMULA_CHARS = 4_000
_CANDIDATE = re.compile(r"[<$]|\\[\[(\\$b]")  # quick to find; what starts so may be a token
_FORMULA_ALTERNATIVES = re.compile(
    r"<((?:jats:)?alternatives)" + _ATTRIBUTES + r">(?P<body>.{0,30000}?)</\1>", re.S | re.I
)
_TEX_MATH = re.compile(r"<(?:jats:)?tex-math.{0,8000}?</(?:jats:)?tex-math>", re.S | re.I)
_DOCUMENT = re.compile(r"\\begin\{document\}(.{0,8000}?)\\end\{document\}", re.S)
_PROSE = re.compile(r"(?:(?<![\\a-zA-Z{])[a-zA-Z]{2,}[,;:]? +){3}[a-zA-Z]{2,}")
_IN_TEXT_COMMAND = re.compile(r"\\(?:text[a-z]*|mbox|hbox|mathrm|rm|operatorname)\b")
_MONEY = re.compile(r"\d[\d.,]*(?:\s*[kKMB]\b)?[\s,;.)-]+[a-zA-Z(-][^\\^_={}<>+*/|]*|\d[\d.,]*\s*[-–]\s*")
_DROPPED_HEADINGS = re.compile(r"\s*(?:abstract|summary)\s*[.:]?\s*", re.I)


def without_controls(text: str) -> str:
    """The text in Unicode's composed form, without control, bidirectional-override and invisible characters.

    What is taken out may have kept two letters apart that are one misread letter together: so it is done until nothing
    changes any more, which for most texts is once.
    """
    if text.isascii():
        return text if text.isprintable() else _REMOVED.sub("", text)
    cleaned = _cleaned(text)
    return cleaned if cleaned == text else without_controls(cleaned)


def _cleaned(text: str) -> str:
    if _MISREAD.search(text):
        text = fix_encoding(text)
    if not text.isprintable():
        text = _SORTED_WITHOUT.sub(r"\1", text).translate(_WINDOWS_SIGNS)
        text = _REMOVED.sub("", _BREAK_IN_NAME.sub(" ", text))
    if _LIGATURE.search(text):
        text = _LIGATURE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def fold_spaces(text: str) -> str:
    """Runs of whitespace of any kind become one space; none is left at the ends."""
    return " ".join(text.split())


def is_plain(text: str) -> bool:
    """Whether the text holds nothing that reading could change (whitespace and controls aside)."""
    # Many times as quick as one expression, and the common answer is that all are absent.
    return not (
        "\\" in text
        or "$" in text
        or "&" in text
        or "<" in text
        or "~" in text
        or "{" in text
        or "}" in text
        or "``" in text
        or "--" in text
    )


def decode_entities(text: str) -> str:
    """HTML entities that end in a semicolon, also when they were escaped twice or three times."""
    for _ in range(_MAX_ESCAPINGS):
        if "&" not in text:
            break
        before = text
        text = _ENTITY.sub(_entity, text)
        if text == before:
            break
    return text


def _entity(match: re.Match[str]) -> str:
    """What an entity stands for; a name that HTML does not know is text."""
    name = match[0][1:]
    return unescape(match[0]) if name[0] == "#" or name in html5 else match[0]


def cut_at_formulas(text: str) -> list[str]:
    """The text in pieces, of which each second one is a formula with its dollar signs, as `read_markup` sees them."""
    pieces: list[str] = []
    done = at = 0
    while (at := text.find("$", at)) >= 0:
        inline = _FORMULA.match(text, at)
        match = inline or _DISPLAY_FORMULA.match(text, at)
        is_other = match is None or match.end() - at > _MAX_FORMULA_CHARS or text[at - 1 : at] == "\\"
        if match is None or is_other or (inline is not None and not is_formula(inline[1])):
            at += 1
            continue
        pieces += [text[done:at], match[0]]
        done = at = match.end()
    return [*pieces, text[done:]]


def read_markup(text: str) -> list[Segment]:
    """Cut a text into segments. Never fails; mark-up that it does not know is text."""
    text = decode_entities(text)
    if "\\" in text:
        text = without_tex_wrappers(text)
        if "\\$" in text:
            text = _ESCAPED_END.sub(_with_end, text)
    if "<" in text:
        text = _FORMULA_ALTERNATIVES.sub(_prefer_tex, _CDATA.sub("", text))
    text = without_controls(text)
    segments: list[Segment] = []
    done = at = 0
    while (candidate := _CANDIDATE.search(text, at)) is not None:
        formula = _FORMULA.match(text, candidate.start())
        if formula is not None and formula.end() - formula.start() <= _MAX_FORMULA_CHARS:
            if not is_formula(formula[1]):
                at = candidate.start() + 1
                continue
            _add_text(segments, text[done : formula.start()])
            segments.append(Segment(Kind.TEX, _folded_formula(formula[1])))
            done = at = formula.end()
            continue
        match = _TOKEN.match(text, candidate.start())
        token = _token_segments(match) if match is not None else None
        if match is None or token is None:
            at = candidate.start() + 1  # a dollar sign that is money: the next one may open a formula
            continue
        if match["escaped"] is None:
            _add_text(segments, text[done : match.start()])
            segments.extend(token)
            done = match.end()
        at = match.end()
    _add_text(segments, text[done:])
    return segments


def plain_of(segments: list[Segment]) -> str:
    """The segments as one line of plain text with TeX between dollar signs."""
    parts = []
    for segment in segments:
        match segment.kind:
            case Kind.TEXT:
                parts.append(segment.value)
            case Kind.TEX:
                parts.append(f"${segment.value}$")
            case Kind.DISPLAY_TEX:
                parts.append(f"$${segment.value}$$")
            case Kind.MATHML:
                parts.append(mathml_text(segment.value))
            case Kind.BREAK:
                parts.append(" ")
            case Kind.OPEN | Kind.CLOSE:
                pass
    return fold_spaces(without_controls("".join(parts)))  # what mark-up kept apart may be one misread letter


def _add_text(segments: list[Segment], text: str) -> None:
    if not text:
        return
    if segments and segments[-1].kind is Kind.BREAK and _DROPPED_HEADINGS.fullmatch(text):
        return
    segments.append(Segment(Kind.TEXT, tex_to_text(text)))


def _folded_formula(tex: str) -> str:
    """A formula with its spaces folded. Of a space written as a backslash and a blank at its end, nothing is left: the
    backslash alone would escape the dollar sign. One of such a space alone is a thin space."""
    folded = fold_spaces(tex)
    backslashes = len(folded) - len(folded.rstrip("\\"))
    return folded[:-1].rstrip() or r"\," if backslashes % 2 else folded


def _with_end(match: re.Match[str]) -> str:
    """A formula with its last dollar sign unescaped, unless that stands in braces: "${\\rm \\$}5$" is in dollars."""
    inner = match[1]
    return f"${inner}$" if inner.count("{") == inner.count("}") else match[0]


def _prefer_tex(match: re.Match[str]) -> str:
    """Of a formula given twice the TeX is kept."""
    tex = _TEX_MATH.search(match["body"])
    return tex[0] if tex else match["body"]


def _token_segments(match: re.Match[str]) -> list[Segment] | None:
    """The segments of one token; None when a dollar sign turns out to be money."""
    groups = match.groupdict()
    if groups["escaped"] is not None:
        return []
    if groups["single"] is not None:
        return [Segment(Kind.TEX, _folded_formula(groups["single"]))] if is_formula(groups["single"]) else None
    if groups["texmath"] is not None:
        return _from_tex_math(groups["texmath"])
    if groups["mathml"] is not None:
        return [Segment(Kind.MATHML, match[0])]
    for name in ("double", "bracket", "envbody"):
        if groups[name] is not None:
            return [Segment(Kind.DISPLAY_TEX, _folded_formula(groups[name]).replace("$", ""))]
    if groups["paren"] is not None:
        return [Segment(Kind.TEX, _folded_formula(groups["paren"]).replace("$", ""))]
    return _from_tag(groups)


def _from_tag(groups: dict[str, str | None]) -> list[Segment]:
    element = _ELEMENTS.get((groups["name"] or groups["jats"] or "").lower(), "")
    if element == "\n":
        return [Segment(Kind.BREAK, "")]
    if not element:
        return []
    return [Segment(Kind.CLOSE if groups["close"] else Kind.OPEN, element)]


def _from_tex_math(tex: str) -> list[Segment]:
    document = _DOCUMENT.search(tex)
    body = (document[1] if document else tex).strip()
    kind = Kind.DISPLAY_TEX if body.startswith(("$$", "\\[")) else Kind.TEX
    body = re.sub(r"^(?:\$\$?|\\\[|\\\()|(?:\$\$?|\\\]|\\\))$", "", body).replace("$", "")
    return [Segment(kind, fold_spaces(body))] if body.strip() else []


def is_formula(tex: str) -> bool:
    """Whether what stands between two dollar signs is mathematics rather than prose about money."""
    if _MONEY.fullmatch(tex) or not tex.strip():
        return False
    return tex.count(" ") < 3 or _PROSE.search(tex) is None or _IN_TEXT_COMMAND.search(tex) is not None
