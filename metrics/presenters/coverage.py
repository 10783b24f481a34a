"""How far each number reaches: how many records have it, how many do not and why, and when it was last refreshed."""

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from common.db.sql import fetch_dicts, fetch_value
from metrics.models import RefreshRun
from metrics.presenters.formula_text import NO_CELL, Words, novelty_unknown
from metrics.presenters.score_text import sentence_of_unknown

KEPT_FOR_SECONDS = 300
COUNTED_EXACTLY = 300_000
SAMPLED = 100_000

_NO_WORK = _("no work on the record")
_FEW_KNOWN = _("citations are known for fewer than half of the works")
_NOT_COUNTED = _("no source here counts citations of the works")

# NULL for authors without a work, of whom hardly any number is known.
_WORKS = "nullif(works_count, 0)"
# Formula -> column of author metrics, and why it is NULL there for an author who has works.
_OF_AUTHORS: dict[str, tuple[str, Words]] = {
    "h_index": ("h_index", _FEW_KNOWN),
    "g_index": ("g_index", _FEW_KNOWN),
    "i10_index": ("i10_index", _FEW_KNOWN),
    "h_index_5y": ("h5_index", _FEW_KNOWN),
    "m_quotient": ("m_quotient", _FEW_KNOWN),
    "citations_all": ("cited_by_count", _NOT_COUNTED),
    "citations_5y": ("citations_5y", _("last year’s works have no reference lists here")),
    "mean_citedness_2y": (
        "mean_citedness_2y",
        _("no work in the two years before last year, or last year’s citations are unknown"),
    ),
    "author_mean": ("novelty", _("no work has a Novelty")),
    "citations_without_self": ("self_citation_count", ""),
    "papers_per_year": ("works_count", ""),
    "citations_per_year": ("works_count", ""),
    "tie_strength": ("collaborator_count", ""),
    "trust": ("trust", ""),
    "verification_level": ("verification_level", ""),
    "close_collaborators": ("collaborator_count", ""),
}
# Formula -> column of paper metrics; reasons of novelty and AI Score are stored by code.
_OF_PAPERS = {
    "counted_citations": "counted_citation_count",
    "self_citations": "self_citation_count",
    "field_weighted_impact": "fwci",
    "citation_percentile": "citation_percentile",
    "novelty_distance": "novelty_distance",
    "novelty": "novelty",
    "ai_score": "ai_score",
}


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of how many authors or papers a number is known. `reasons` are why it is not, most often first.

    `is_exact` is False where a large table was sampled.
    """

    of_papers: bool
    total: int
    known: int
    reasons: tuple[tuple[Words, int], ...]
    is_exact: bool

    @property
    def unknown(self) -> int:
        return self.total - self.known

    @property
    def share(self) -> float:
        """In percent; 0 of nothing."""
        return 100 * self.known / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class _Counts:
    """Rows of one table: how many, how many have each column, how many hold each code."""

    total: int
    known: dict[str, int]
    codes: dict[str, dict[str, int]]
    is_exact: bool


def coverage() -> dict[str, Coverage]:
    """By formula; those that are parts of others are left out. Four queries, none while they are kept."""
    kept: dict[str, Coverage] | None = cache.get("number-coverage")
    if kept is not None:
        return kept
    authors = _counted("metrics_authormetrics", [_WORKS, *(column for column, _why in _OF_AUTHORS.values())], ())
    papers = _counted("metrics_papermetrics", list(_OF_PAPERS.values()), ("novelty_unknown", "ai_unknown"))
    found = {name: _of_authors(authors, column, why) for name, (column, why) in _OF_AUTHORS.items()}
    found |= {name: _of_papers(papers, name) for name in _OF_PAPERS}
    cache.set("number-coverage", found, KEPT_FOR_SECONDS)
    return found


def coverage_of(name: str) -> Coverage | None:
    """None for a formula that is a part of others."""
    return coverage().get(name)


def last_refresh() -> datetime | None:
    """When the last full refresh ended; None before the first."""
    done = RefreshRun.objects.filter(state=RefreshRun.State.DONE).order_by("-started_at", "-id")
    return done.values_list("finished_at", flat=True).first()


def _of_authors(counts: _Counts, column: str, why: Words) -> Coverage:
    known = counts.known[column]
    unknown = counts.total - known if why else 0
    workless = min(counts.total - counts.known[_WORKS], unknown)
    reasons = [(_NO_WORK, workless), (why, unknown - workless)]
    return Coverage(False, counts.total, known, _by_number(reasons), counts.is_exact)


def _of_papers(counts: _Counts, name: str) -> Coverage:
    known = counts.known[_OF_PAPERS[name]]
    unknown = counts.total - known
    reasons: list[tuple[Words, int]] = []
    if name in {"novelty", "novelty_distance"}:
        found = counts.codes["novelty_unknown"]
        lacking_distance = {
            "waiting",
            "no_abstract",
            "no_date",
            "few_earlier_papers",
            "too_short",
            "other_language",
        }
        reasons = [
            (novelty_unknown(code), n)
            for code, n in found.items()
            if code and (name == "novelty" or code in lacking_distance)
        ]
    elif name == "ai_score":
        reasons = [(sentence_of_unknown(code), n) for code, n in counts.codes["ai_unknown"].items() if code]
    elif name == "counted_citations":
        reasons = [(_("nothing here cites it, and there are too few reference lists here to call that 0"), unknown)]
    else:
        reasons = [(NO_CELL, unknown)]
    return Coverage(True, counts.total, known, _by_number(reasons), counts.is_exact)


def _by_number(reasons: list[tuple[Words, int]]) -> tuple[tuple[Words, int], ...]:
    """The reasons that hold for any, most often first."""
    return tuple(sorted((reason for reason in reasons if reason[1]), key=lambda reason: -reason[1]))


def _counted(table: str, columns: list[str], codes: tuple[str, ...]) -> _Counts:
    """One pass over a table, or over a sample of it when it is large."""
    names = list(dict.fromkeys(columns))
    rows = _rows_in(table)
    is_exact = rows <= COUNTED_EXACTLY
    source = table if is_exact else f"{table} TABLESAMPLE SYSTEM ({min(100, 100 * SAMPLED / rows):.4f})"
    counts = [f"count({name}) AS known_{place}" for place, name in enumerate(names)]
    groups = f"GROUP BY {', '.join(codes)}" if codes else ""
    found = fetch_dicts(f"SELECT {', '.join([*codes, 'count(*) AS total', *counts])} FROM {source} {groups}")
    total = sum(row["total"] for row in found)
    scale = 1.0 if is_exact or not total else rows / total
    known = {name: round(scale * sum(row[f"known_{place}"] for row in found)) for place, name in enumerate(names)}
    by_code: dict[str, dict[str, int]] = {code: {} for code in codes}
    for row in found:
        for code in codes:
            held = by_code[code]
            held[row[code]] = held.get(row[code], 0) + round(scale * row["total"])
    return _Counts(round(scale * total), known, by_code, is_exact)


def _rows_in(table: str) -> int:
    """The planner's own estimate, which costs nothing."""
    return int(fetch_value("SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = %s::regclass", [table]))
