"""What outside text can look like: good samples with parts cut out, doubled, or replaced by what breaks parsers."""

import copy
from typing import Any

from hypothesis import strategies as st

# Digits that are no numbers, marks that fold to nothing, controls, unclosed brackets, and words of other formats.
FRAGMENTS = (
    "",
    " ",
    "\0",
    "²",
    "٣",
    "Ⅷ",
    "\u202e",
    "\ufeff",
    "\u0301",
    "\ud7ff",
    "ﬃ",
    "İ",
    "ß",
    "😀",
    "\x85",
    "\x1f",
    "\r\n",
    "\t",
    "\\",
    '"',
    "'",
    "<",
    ">",
    "</",
    "<!--",
    "<![CDATA[",
    "]]>",
    "&",
    "&#0;",
    "&#xD800;",
    "&#99999999999;",
    "&boom;",
    "{",
    "}",
    "{{{{",
    "$",
    "$$",
    "\\(",
    "\\frac",
    "\\begin{x}",
    "^",
    "_",
    "%",
    "%ff",
    "%00",
    "=?utf-8?q?a?=",
    "=?x?b?!!?=",
    "[",
    "]",
    "[::1",
    "http://[",
    "https://[::ffff:1.2.3.4%25]",
    "//",
    "://",
    "@",
    "@@",
    "#",
    "~",
    ",",
    ";",
    ":",
    "-",
    "--",
    "0",
    "-0",
    "1e999",
    "NaN",
    "Infinity",
    "99999999999999999999999",
    "0000-00-00",
    "2024-02-30",
    "-1",
    "null",
    "true",
    "[]",
    "{}",
    "10.",
    "10.1000/",
    "arXiv:",
    "orcid.org/",
    "xn--",
    "xn--a",
    ".",
    "..",
    "a" * 300,
    "of",
    "von",
    "Jr.",
    "et al.",
    "ER  - ",
    "TY  - ",
    "@article{",
    "@string{",
    "author = ",
    "Status: 5.x",
    "Content-Type: multipart/mixed; boundary=",
    "\n\n",
    "(",
    ")",
    "*",
    "|",
    "!",
    "?",
    "+",
    "AND",
    "OR",
    "NOT",
)

fragments = st.sampled_from(FRAGMENTS) | st.text(max_size=12)
texts = st.text(max_size=80) | st.lists(fragments, max_size=8).map("".join)
scalars = st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | texts | st.sampled_from(FRAGMENTS)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3), max_leaves=6
)


@st.composite
def near(draw: st.DrawFn, *samples: str) -> str:
    """One of the samples after a few edits, or no sample at all."""
    text = draw(st.sampled_from(samples) | texts) if samples else draw(texts)
    for _edit in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, max(0, len(text))))
        length = draw(st.integers(0, 12))
        text = text[:start] + draw(fragments) + text[start + length :]
    return text


def near_bytes(*samples: str) -> st.SearchStrategy[bytes]:
    """The same as bytes, at times with some that are no UTF-8."""
    spoiled = st.tuples(near(*samples), st.binary(max_size=6), st.integers(0, 2_000)).map(_spoil)
    return near(*samples).map(lambda text: text.encode("utf-8", "surrogatepass")) | spoiled | st.binary(max_size=60)


def _spoil(parts: tuple[str, bytes, int]) -> bytes:
    raw = parts[0].encode("utf-8", "surrogatepass")
    return raw[: parts[2]] + parts[1] + raw[parts[2] :]


@st.composite
def near_object(draw: st.DrawFn, sample: dict[str, Any]) -> dict[str, Any]:
    """The sample with some of its values, at any depth, replaced or taken out."""
    changed = copy.deepcopy(sample)
    for _edit in range(draw(st.integers(1, 4))):
        here: Any = changed
        while True:
            if not here:
                break
            key = draw(st.sampled_from(list(here) if isinstance(here, dict) else list(range(len(here)))))
            if isinstance(here[key], dict | list) and here[key] and draw(st.booleans()):
                here = here[key]
                continue
            if draw(st.integers(0, 5)) == 0:
                del here[key]
            else:
                here[key] = draw(values)
            break
    return changed
