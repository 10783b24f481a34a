"""What is left of the numbers after an import, stage by stage."""

from collections.abc import Iterator

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from common.backlog import StageLeft
from metrics.models import Stage
from metrics.selectors.refreshes import progress_of
from metrics.selectors.waiting import running, waiting

STAGE_NAMES = {
    Stage.COVERAGE: _("citation coverage"),
    Stage.PAPERS: _("citations of papers"),
    Stage.AUTHORS: _("indices of authors"),
    Stage.SELF_CITATIONS: _("self-citations"),
    Stage.PEERS: _("reference sets"),
    Stage.VECTORS: _("embeddings"),
    Stage.NEIGHBOURS: _("nearest earlier papers"),
    Stage.NOVELTY: _("Novelty"),
    Stage.SCORES: _("AI Score"),
    Stage.AVERAGES: _("means of authors"),
    Stage.PROFILES: _("profiles of authors"),
    Stage.TOPICS: _("topics"),
    Stage.INSTITUTIONS: _("institutions"),
    Stage.VENUES: _("venues"),
    Stage.SNAPSHOTS: _("history"),
}


def numbers_left() -> Iterator[StageLeft]:
    """Of a refresh that runs its items; else what waits for an incremental one. At most three queries."""
    if (run := running()) is not None:
        progress = progress_of(run)
        name = STAGE_NAMES[progress.stage] if progress.stage is not None else _("finishing")
        label = format_lazy(_("All numbers: {stage}"), stage=name)
        yield StageLeft(label, progress.total - progress.done, progress.total)
        return
    left = waiting()
    yield StageLeft(_("Numbers of new works"), left.changed)
    yield StageLeft(_("Novelty of new works"), left.unplaced)
    yield StageLeft(_("Numbers of cited works and their authors"), left.overdue)
    yield StageLeft(_("Reference sets, topics, institutions and venues"), left.entities)
