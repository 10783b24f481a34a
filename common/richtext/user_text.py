"""What somebody typed, as safe HTML: paragraphs, mathematics between dollar signs, links. All else is text."""

import re
from html import escape
from urllib.parse import urlsplit

from common.richtext.markup import is_formula, without_controls
from common.richtext.mathematics import formula_html

LONGEST = 20_000
LINK_SHOWN = 80

_TOKEN = re.compile(
    r"\$\$(?P<double>[^$]{1,2000})\$\$"
    r"|\\\[(?P<bracket>.{1,2000}?)\\\]"
    r"|\\\((?P<paren>.{1,2000}?)\\\)"
    r"|(?<![\\$])\$(?P<single>(?:[^$\\\n]|\\.){1,2000})\$(?!\d)"
    r"|(?P<link>\bhttps?://[^\s<>\"'`{}|\\^]{1,2000})",
    re.S,
)
_TRAILING = ".,;:!?…"
_REL = "nofollow ugc noopener noreferrer"


def clean_typed(text: str) -> str:
    """The text as it is stored: lines kept, controls and overrides gone, no more than one empty line in a row."""
    lines = [without_controls(line).rstrip() for line in re.split(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]", text)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def typed_html(text: str) -> str:
    """Safe, balanced HTML. Never fails; what is too long is cut off."""
    paragraphs = clean_typed(text[:LONGEST]).split("\n\n")
    return "".join(f"<p>{_inline(paragraph)}</p>" for paragraph in paragraphs if paragraph.strip())


def _inline(text: str) -> str:
    parts: list[str] = []
    done = 0
    for match in _TOKEN.finditer(text):
        html, end = _token(match)
        if html:
            parts += [_plain(text[done : match.start()]), html]
            done = end
    parts.append(_plain(text[done:]))
    return "".join(parts)


def _token(match: re.Match[str]) -> tuple[str, int]:
    """The HTML of a token and where it ends; "" when it is text after all."""
    if link := match["link"]:
        return _link(link, match.start())
    for name in ("double", "bracket"):
        if match[name]:
            return formula_html(" ".join(match[name].split()), display=True), match.end()
    tex = match["paren"] or match["single"]
    if match["single"] and not is_formula(tex):
        return "", match.end()
    return formula_html(" ".join(tex.split())), match.end()


def _link(text: str, start: int) -> tuple[str, int]:
    address = text.rstrip(_TRAILING)
    while address.endswith(")") and address.count(")") > address.count("("):
        address = address[:-1].rstrip(_TRAILING)
    try:
        parts = urlsplit(address)
        is_plain = bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        is_plain = False
    if not is_plain:
        return "", start + len(text)
    shown = address if len(address) <= LINK_SHOWN else f"{address[: LINK_SHOWN - 1]}…"
    return f'<a href="{escape(address)}" rel="{_REL}">{escape(shown)}</a>', start + len(address)


def _plain(text: str) -> str:
    return escape(text).replace("\n", "<br>")
