"""The numbers at the head of an author's page."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from common.templatetags.presentation import count, decimal, percentile
from metrics.presenters.tiles import Tile, citation_tiles, missing_tile, number_tile
from profiles.domain.summary import AuthorSummary

NOVELTY = _("Novelty, distance from earlier work")


def author_tiles(summary: AuthorSummary) -> tuple[Tile, ...]:
    """h-index, papers, citations, Novelty and AI Score; the last only where a model speaks."""
    works, scores = summary.works_count, summary.scores
    h, cited = citation_tiles(
        h_index=summary.h_index,
        cited_by_count=summary.cited_by_count,
        figures=summary.figures,
        known=summary.known_count,
        works=works,
        is_computed=scores is not None,
    )
    papers = Tile("papers", count(works), ngettext("paper", "papers", works))
    return (h, papers, cited, _novelty(summary), *_ai_score(summary))


def _novelty(summary: AuthorSummary) -> Tile:
    scores = summary.scores
    if scores is None or scores.novelty is None:
        return missing_tile("novelty", NOVELTY, is_computed=scores is not None)
    value = f"{percentile(scores.novelty)}%"
    return number_tile("novelty", value, NOVELTY, known=scores.novelty_count, of=summary.works_count)


def _ai_score(summary: AuthorSummary) -> tuple[Tile, ...]:
    scores = summary.scores
    if scores is None or not scores.has_model:
        return ()
    label = _("AI Score, an estimate")
    if scores.ai_score is None:
        return (missing_tile("ai_score", label, is_computed=True),)
    value = decimal(scores.ai_score, 0)
    return (number_tile("ai_score", value, label, known=scores.ai_score_count, of=summary.works_count),)
