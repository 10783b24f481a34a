"""What is left of the numbers after an import, stage by stage."""

from collections.abc import Iterator

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from common.backlog import StageLeft
from common.db.sql import fetch
from metrics.models import RefreshRun, Stage
from metrics.selectors.refreshes import progress_of

# Bounded, for whoever looks does so every second.
_COUNTS = """
SELECT (SELECT count(*) FROM (SELECT FROM papers_change LIMIT 1000000) c),
       (SELECT count(*) FROM (SELECT FROM metrics_papermetrics WHERE novelty_unknown = 'waiting' LIMIT 1000000) n),
       (SELECT count(*) FROM (SELECT FROM metrics_overdue WHERE run_id IS NULL LIMIT 1000000) o),
       (SELECT count(*) FROM metrics_referenceset WHERE is_stale),
       (SELECT count(*) FROM metrics_entitymetrics WHERE is_stale)
"""
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
    """Of each refresh that runs its items; what waits for an incremental one. At most three queries."""
    for run in RefreshRun.objects.filter(state=RefreshRun.State.RUNNING).order_by("pk"):
        progress = progress_of(run)
        name = STAGE_NAMES[progress.stage] if progress.stage is not None else _("finishing")
        label = format_lazy(_("All numbers: {stage}"), stage=name)
        yield StageLeft(label, progress.total - progress.done, progress.total)
        return
    ((changed, unplaced, overdue, cells, entities),) = fetch(_COUNTS)
    yield StageLeft(_("Numbers of new works"), changed)
    yield StageLeft(_("Novelty of new works"), unplaced)
    yield StageLeft(_("Numbers of cited works and their authors"), overdue)
    yield StageLeft(_("Reference sets, topics, institutions and venues"), cells + entities)
