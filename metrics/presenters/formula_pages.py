"""The pages of docs/metrics as the site shows them: Markdown in, sanitised HTML out."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import nh3
from django.conf import settings
from markdown_it import MarkdownIt

from metrics.formulas import FORMULAS

# Described in docs/metrics though a model, not a function, computes it.
BY_MODEL = {"ai_score": 1}
_TAGS = {
    "p",
    "ul",
    "ol",
    "li",
    "strong",
    "em",
    "code",
    "pre",
    "h3",
    "h4",
    "a",
    "br",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}
_ATTRIBUTES = {"a": {"href"}}
_DOI = re.compile(r"\bdoi:(10\.\d{4,9}/[^\s,;]*[^\s,;.])")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a formula's page: its heading as written there, and sanitised mark-up."""

    heading: str
    html: str


@dataclass(frozen=True, slots=True)
class FormulaPage:
    name: str
    version: int
    title: str
    sections: tuple[Section, ...]

    @property
    def identifier(self) -> str:
        return f"{self.name}@{self.version}"

    def section(self, heading: str) -> Section | None:
        """None when the page has no such part."""
        return next((section for section in self.sections if section.heading == heading), None)


def described_formulas() -> dict[str, int]:
    """Name and version of every formula that has a page."""
    return {name: formula.version for name, formula in FORMULAS.items()} | BY_MODEL


@lru_cache(maxsize=64)
def formula_page(name: str) -> FormulaPage:
    """The page of a formula, read once a process. Raises KeyError for a name that is none."""
    version = described_formulas()[name]
    text = (Path(settings.BASE_DIR) / "docs" / "metrics" / f"{name}.md").read_text()
    head, *parts = re.split(r"^## ", text, flags=re.MULTILINE)
    sections = []
    for part in parts:
        heading, _, body = part.partition("\n")
        sections.append(Section(heading.strip(), rendered(body)))
    return FormulaPage(name, version, head.splitlines()[0].removeprefix("# ").strip(), tuple(sections))


def rendered(markdown: str) -> str:
    """Sanitised HTML of a Markdown text. Wide tables scroll in a region of their own, which keys can reach."""
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(_linked(markdown))
    clean = nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"https"}, link_rel="external")
    clean = re.sub(r"<th>\s*</th>", "<td></td>", clean)
    clean = clean.replace("<table>", '<div class="scroll" tabindex="0"><table class="table">')
    clean = clean.replace("</table>", "</table></div>")
    return clean.replace("<pre>", '<pre tabindex="0">')


def _linked(text: str) -> str:
    return _DOI.sub(r"[doi:\1](https://doi.org/\1)", text)
