"""MathML as one line of plain text, in the order in which it is read: "38Ca", "√s", "10⁻³"."""

import re
from html import unescape

from lxml import etree

_TAGS = re.compile(r"<[^<>]*>|\s+")
_PREFIX = re.compile(r"<(/?)[A-Za-z][\w.-]{0,20}:")
_NAMESPACES = re.compile(
    r"\sxmlns(?::\w+)?\s*=\s*(?:\"[^\"]*\"|'[^']*')|\s[\w.-]+:[\w.-]+\s*=\s*(?:\"[^\"]*\"|'[^']*')"
)
_SUPERSCRIPTS = str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")
_RAISED = re.compile(r"[0-9+\-−()]+|n")
_SILENT = frozenset({"annotation", "annotation-xml", "mspace", "mphantom", "none", "mprescripts"})
_DEEPEST = 60


def mathml_text(mathml: str) -> str:
    """The text of a formula; of one that is not well-formed, its characters without the tags."""
    source = _NAMESPACES.sub("", _PREFIX.sub(r"<\1", mathml))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(unescape_names(source), parser)
    except (etree.XMLSyntaxError, ValueError):
        return unescape(_TAGS.sub("", mathml))
    return _text(root, 0)


def unescape_names(source: str) -> str:
    """Named entities, which XML does not know, as their characters; those that are mark-up stay."""
    return re.sub(r"&(?!amp;|lt;|gt;|quot;|apos;|#)[A-Za-z]{1,30};", lambda match: unescape(match[0]), source)


def _text(node: etree._Element, depth: int) -> str:
    name = node.tag if isinstance(node.tag, str) else ""
    if not name or name in _SILENT or depth > _DEEPEST:
        return ""
    parts = [_text(child, depth + 1) for child in node if isinstance(child.tag, str)]
    own = "".join((node.text or "").split()) if not parts else ""
    match name:
        case "msqrt":
            return f"√{_grouped(''.join(parts))}"
        case "mroot" if len(parts) == 2:
            return f"{_raised(parts[1], caret='')}√{_grouped(parts[0])}"
        case "mfrac" if len(parts) == 2:
            return f"{_grouped(parts[0])}/{_grouped(parts[1])}"
        case "msub" | "munder" if len(parts) == 2:
            return parts[0] + _lowered(parts[1])
        case "msup" if len(parts) == 2:
            return parts[0] + _raised(parts[1])
        case "msubsup" | "munderover" if len(parts) == 3:
            return parts[0] + _lowered(parts[1]) + _raised(parts[2])
        case "mover" if len(parts) == 2:
            return parts[0]
        case "mmultiscripts" if parts:
            return _multiscripts(node, depth)
        case "mtext":
            return " ".join((node.text or "").split(" "))
        case _:
            return own or "".join(parts)


def _multiscripts(node: etree._Element, depth: int) -> str:
    """Scripts before the base are printed before it, as in isotopes."""
    children = [child for child in node if isinstance(child.tag, str)]
    names = [str(child.tag) for child in children]
    cut = names.index("mprescripts") if "mprescripts" in names else len(children)
    texts = [_text(child, depth + 1) for child in children]
    before = "".join(texts[cut + 1 :])
    behind = "".join(
        _lowered(text) if place % 2 == 0 else _raised(text) for place, text in enumerate(texts[1:cut]) if text
    )
    return before + texts[0] + behind


def _raised(text: str, caret: str = "^") -> str:
    if not text or text in "′″‴*†‡°":
        return text
    return text.translate(_SUPERSCRIPTS) if _RAISED.fullmatch(text) else f"{caret}{_grouped(text)}"


def _lowered(text: str) -> str:
    """Digits follow as they are (H2O); letters are set apart (s_NN)."""
    return text if not text or text.isdigit() else f"_{_grouped(text)}"


def _grouped(text: str) -> str:
    return f"({text})" if re.search(r"[+\-−/ =±×·,]", text) and not re.fullmatch(r"[−-]?\w+", text) else text
