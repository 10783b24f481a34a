"""The numbers at the head of the pages of papers, topics, institutions and venues."""

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from catalogue.selectors.entity_numbers import EntityNumbers
from catalogue.selectors.paper_page import PaperPage
from common.templatetags.presentation import count, dated, decimal, percentile, ratio
from metrics.models import PaperMetrics
from metrics.presenters.tiles import NOT_COUNTED, Text, Tile, citation_tiles, missing_tile, number_tile
from papers.templatetags.works import source_name


def paper_tiles(page: PaperPage) -> tuple[Tile, ...]:
    """Citations with who counted them, percentile, impact, Novelty; the AI Score only where a model speaks."""
    numbers = page.numbers
    is_computed = numbers is not None
    percent = numbers.citation_percentile if numbers else None
    impact = numbers.fwci if numbers else None
    return (
        _citations(page),
        _number(
            "citation_percentile",
            f"{percentile(percent)}%" if percent is not None else "",
            _("citation percentile"),
            is_computed=is_computed,
        ),
        _number("field_weighted_impact", ratio(impact), _("field-weighted impact"), is_computed=is_computed),
        _novelty(numbers),
        *_ai_score(page),
    )


def _citations(page: PaperPage) -> Tile:
    shown = page.paper.shown_citation_count
    label = ngettext("citation", "citations", shown or 0)
    if shown is None:
        return missing_tile("shown_citations", label, is_computed=page.numbers is not None, why=NOT_COUNTED)
    by = next((each for each in page.reported if each.count == shown), None)
    if by is None:
        return Tile("shown_citations", count(shown), label, _("counted here"))
    said = gettext("reported by {source}").format(source=source_name(by.source))
    day = f", {dated(by.as_of_date)}" if by.as_of_date else ""
    return Tile("shown_citations", count(shown), label, f"{said}{day}")


def _number(name: str, value: str, label: Text, *, is_computed: bool) -> Tile:
    return Tile(name, value, label) if value else missing_tile(name, label, is_computed=is_computed)


def _novelty(numbers: PaperMetrics | None) -> Tile:
    """The percentile; the distance alone where no reference set is large enough."""
    if numbers is not None and numbers.novelty is None and numbers.novelty_distance is not None:
        value = decimal(numbers.novelty_distance, 2)
        return Tile("novelty", value, _("distance from earlier work"), _("too few papers to compare with"))
    value = f"{percentile(numbers.novelty)}%" if numbers and numbers.novelty is not None else ""
    is_computed = numbers is not None and numbers.novelty_unknown != "waiting"
    return _number("novelty", value, _("Novelty, distance from earlier work"), is_computed=is_computed)


def _ai_score(page: PaperPage) -> tuple[Tile, ...]:
    numbers, label = page.numbers, _("AI Score, an estimate")
    if numbers is None or (numbers.ai_score is None and numbers.ai_unknown in {"", "waiting", "no_model"}):
        return ()
    note = _("learned from this paper") if page.is_score_no_forecast else ""
    if numbers.ai_score is None:
        return (missing_tile("ai_score", label, is_computed=True),)
    return (Tile("ai_score", decimal(numbers.ai_score, 0), label, note),)


def entity_tiles(numbers: EntityNumbers, *, with_citedness: bool) -> tuple[Tile, ...]:
    """Citations and h-index, for a venue its mean citedness."""
    is_computed = numbers.computed_at is not None
    h, cited = citation_tiles(
        h_index=numbers.h_index,
        cited_by_count=numbers.cited_by_count,
        figures=numbers.figures,
        known=numbers.known_count,
        works=numbers.works_count,
        is_computed=is_computed,
    )
    if not with_citedness:
        return cited, h
    mean, label = numbers.mean_citedness_2y, _("2-year mean citedness")
    if mean is None:
        why = NOT_COUNTED if not numbers.known_count else _("last year’s citations are unknown")
        return cited, h, missing_tile("mean_citedness_2y", label, is_computed=is_computed, why=why)
    return (
        cited,
        h,
        number_tile("mean_citedness_2y", decimal(mean, 2), label, known=numbers.works_count, of=numbers.works_count),
    )
