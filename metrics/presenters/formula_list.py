"""The formulas as /numbers/ lists them, in groups that a reader looks for."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from metrics.presenters.coverage import Coverage
from metrics.presenters.formula_pages import FormulaPage, described_formulas
from metrics.presenters.formula_text import HEADINGS, WORDS, Words, name_of

_GROUPS: tuple[tuple[Words, tuple[str, ...]], ...] = (
    (
        _("Citations"),
        (
            "shown_citations",
            "counted_citations",
            "citations_all",
            "citations_5y",
            "self_citations",
            "citations_without_self",
            "papers_per_year",
            "citations_per_year",
        ),
    ),
    (_("Indices"), ("h_index", "g_index", "i10_index", "h_index_5y", "m_quotient", "mean_citedness_2y")),
    (_("Compared with the field"), ("field_weighted_impact", "citation_percentile")),
    (_("Estimates from the text"), ("novelty", "novelty_distance", "ai_score", "author_mean")),
    (_("Identity and people"), ("trust", "verification_level", "close_collaborators", "tie_strength")),
)


@dataclass(frozen=True, slots=True)
class ListedFormula:
    name: str
    identifier: str
    title: Words
    says: Words
    coverage: Coverage | None


def formula_groups(found: Mapping[str, Coverage]) -> list[tuple[Words, list[ListedFormula]]]:
    """Every formula that has a page, in its group; one that no group names stands in the last."""
    versions = described_formulas()
    grouped = {name for _title, names in _GROUPS for name in names}
    rest = tuple(name for name in versions if name not in grouped)
    groups = [(title, [n for n in names if n in versions]) for title, names in _GROUPS]
    groups[-1][1].extend(rest)
    return [(title, [_listed(name, versions[name], found.get(name)) for name in names]) for title, names in groups]


def formula_explained(page: FormulaPage) -> dict[str, object]:
    """A formula's page in the reader's language as far as that goes: its name, its sentence, its parts."""
    words = WORDS.get(page.name)
    return {
        "title": words.name if words else page.title,
        "says": words.says if words else "",
        "sections": [(HEADINGS.get(s.heading, s.heading), s.html) for s in page.sections],
    }


def _listed(name: str, version: int, found: Coverage | None) -> ListedFormula:
    words = WORDS.get(name)
    return ListedFormula(name, f"{name}@{version}", name_of(name), words.says if words else "", found)
