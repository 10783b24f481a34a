"""TeX formulas to MathML, and texts with formulas to safe HTML.

MathML comes only from latex2mathml (or from a publisher's record) and passes nh3 with a list of
allowed elements; everything else is escaped. What cannot be converted stays readable as raw TeX.
"""

import re
from functools import lru_cache
from html import escape
from xml.etree.ElementTree import ParseError

import nh3
from latex2mathml.converter import convert
from latex2mathml.exceptions import (
    DenominatorNotFoundError,
    DoubleSubscriptsError,
    DoubleSuperscriptsError,
    ExtraLeftOrMissingRightError,
    InvalidAlignmentError,
    InvalidStyleForGenfracError,
    InvalidWidthError,
    LimitsMustFollowMathOperatorError,
    MissingEndError,
    MissingSuperScriptOrSubscriptError,
    NoAvailableTokensError,
    NumeratorNotFoundError,
)

from common.richtext.everyday_formulas import EverydayFormulas
from common.richtext.markup import Kind, Segment, plain_of, read_markup

MAX_FORMULA_CHARS = 2_000  # the longest formula in 58,000 abstracts is under 1,000
MAX_FORMULA_DEPTH = 30  # braces inside braces; the converter recurses on each
MAX_ELEMENT_DEPTH = 100  # each brace gives up to three elements
CACHED_FORMULAS = 32_768  # about 24,000 different ones in 58,000 abstracts

_FAILURES = (
    DenominatorNotFoundError,
    DoubleSubscriptsError,
    DoubleSuperscriptsError,
    ExtraLeftOrMissingRightError,
    InvalidAlignmentError,
    InvalidStyleForGenfracError,
    InvalidWidthError,
    LimitsMustFollowMathOperatorError,
    MissingEndError,
    MissingSuperScriptOrSubscriptError,
    NoAvailableTokensError,
    NumeratorNotFoundError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    ParseError,
    RecursionError,
    StopIteration,
    TypeError,
    ValueError,
)
_MATHML_ELEMENTS = frozenset(
    "math mrow mi mo mn ms mtext mspace mfrac msqrt mroot mstyle merror mpadded mphantom mfenced menclose "
    "msub msup msubsup munder mover munderover mmultiscripts mprescripts none mtable mtr mtd semantics".split()
)
_SIZES = {"width", "height", "depth", "lspace", "rspace"}
_MATHML_ATTRIBUTES = {
    "math": {"display"},
    "mi": {"mathvariant"},
    "mo": {"stretchy", "fence", "separator", "form", "movablelimits", "minsize", "maxsize", *_SIZES},
    "mstyle": {"displaystyle", "scriptlevel", "mathvariant"},
    "mspace": _SIZES,
    "mpadded": _SIZES,
    "mfrac": {"linethickness"},
    "mover": {"accent"},
    "munder": {"accentunder"},
    "mtable": {"columnalign", "rowspacing", "columnspacing", "displaystyle"},
    "mtd": {"columnalign", "columnspan", "rowspan"},
    "menclose": {"notation"},
}
# A space of a thousand em pushes a page's other text away, a negative one covers it.
_LENGTHS = frozenset({"minsize", "maxsize", "linethickness", "rowspacing", "columnspacing", *_SIZES})
_LENGTH = re.compile(r"([+-]?\d{0,4}(?:\.\d{0,6})?)(em|ex|mu|pt|px|%|)")
_EM = {"em": 1.0, "ex": 0.5, "mu": 1 / 18, "pt": 0.1, "px": 1 / 16, "%": 0.01, "": 1.0}
LONGEST_EM, LEAST_EM = 6.0, -1.0


def _capped(element: str, attribute: str, value: str) -> str | None:
    """An attribute as it is kept; a length that is no plain one, or beyond what formulas need, is dropped."""
    if attribute in ("columnspan", "rowspan"):
        return value if value.isascii() and value.isdecimal() and len(value) < 3 else None
    if attribute not in _LENGTHS or value.endswith("mathspace"):
        return value
    for word in value.split():
        match = _LENGTH.fullmatch(word)
        if match is None or not match[1].strip("+-."):
            return None
        if not LEAST_EM <= float(match[1]) * _EM[match[2]] <= LONGEST_EM:
            return None
    return value


_CLEANER = nh3.Cleaner(
    tags=set(_MATHML_ELEMENTS),
    clean_content_tags={"script", "style", "annotation", "annotation-xml"},
    attributes={name: set(allowed) for name, allowed in _MATHML_ATTRIBUTES.items()},
    attribute_filter=_capped,
    url_schemes=set(),
    link_rel=None,
)
_COMMENT = re.compile(r"(?<!\\)%\s*")
_MML_PREFIX = re.compile(r"<(/?)mml:")
_TAGS = re.compile(r"</|<(?=[a-z])")


def render_text(text: str) -> tuple[str, str]:
    """(plain, html) of a text as a source printed it; html is "" when the plain form says it all."""
    segments = read_markup(text)
    return plain_of(segments), html_of(segments)


def html_of(segments: list[Segment]) -> str:
    """The segments as balanced, safe HTML; "" when they are nothing but text."""
    if all(segment.kind in (Kind.TEXT, Kind.BREAK) for segment in segments):
        return ""
    parts: list[str] = []
    opened: list[str] = []
    for segment in segments:
        match segment.kind:
            case Kind.TEXT:
                parts.append(escape(segment.value, quote=False))
            case Kind.TEX:
                parts.append(formula_html(segment.value))
            case Kind.DISPLAY_TEX:
                parts.append(formula_html(segment.value, display=True))
            case Kind.MATHML:
                parts.append(clean_mathml(segment.value))
            case Kind.OPEN:
                opened.append(segment.value)
                parts.append(f"<{segment.value}>")
            case Kind.CLOSE:
                parts.extend(_closing(opened, segment.value))
            case Kind.BREAK:
                parts.append("<br>" if parts and not opened else " ")
    parts.extend(f"</{name}>" for name in reversed(opened))
    return _tidied("".join(parts))


@lru_cache(maxsize=CACHED_FORMULAS)
def formula_html(tex: str, *, display: bool = False) -> str:
    """MathML of one formula, or its escaped TeX in `<span class="tex">` where that cannot be had."""
    return formula_mathml(tex, display=display) or f'<span class="tex">{escape(tex)}</span>'


def formula_mathml(tex: str, *, display: bool = False) -> str:
    """Sanitised MathML of a formula; "" when it is too long, too deep or beyond the converter."""
    source = _COMMENT.sub("", tex).strip()
    if not source or len(source) > MAX_FORMULA_CHARS or _brace_depth(source) > MAX_FORMULA_DEPTH:
        return ""
    return _EVERYDAY.mathml(source, display=display) or converted_mathml(source, display=display)


def converted_mathml(source: str, *, display: bool = False) -> str:
    """What the converter makes of a formula, sanitised; "" when it is beyond the converter."""
    try:
        converted = convert(source, display="block" if display else "inline")
    except _FAILURES:
        return ""
    if len(source) > MAX_FORMULA_DEPTH and _element_depth(converted) > MAX_ELEMENT_DEPTH:
        return ""
    return clean_mathml(converted)


_EVERYDAY = EverydayFormulas(converted_mathml)


@lru_cache(maxsize=1_024)
def clean_mathml(mathml: str) -> str:
    """Foreign MathML reduced to the allowed elements and attributes, without a prefix."""
    return _CLEANER.clean(_MML_PREFIX.sub(r"<\1", mathml)).strip()


def _closing(opened: list[str], name: str) -> list[str]:
    """Close an element with those left open inside it; one that was never opened closes nothing."""
    if name not in opened:
        return []
    closed = []
    while opened:
        last = opened.pop()
        closed.append(f"</{last}>")
        if last == name:
            break
    return closed


def _brace_depth(tex: str) -> int:
    deepest = depth = 0
    for letter in tex:
        if letter == "{":
            depth += 1
            deepest = max(deepest, depth)
        elif letter == "}":
            depth -= 1
    return deepest


def _element_depth(mathml: str) -> int:
    """How deep elements nest: commands without braces nest too."""
    deepest = depth = 0
    for tag in _TAGS.finditer(mathml):
        depth += -1 if tag[0] == "</" else 1
        deepest = max(deepest, depth)
    return deepest


def _tidied(html: str) -> str:
    html = " ".join(html.split())
    if "<br>" not in html:
        return html
    html = re.sub(r"(?: ?<br>)+ ?", "<br>", html)
    return html.removeprefix("<br>").removesuffix("<br>")
