"""Stored numbers, how they came to be, and the rows by which a refresh goes on after any fault."""

from metrics.models.authors import AuthorMetrics, AuthorSnapshot
from metrics.models.coverage import CitationCoverage
from metrics.models.papers import EntityKind, EntityMetrics, PaperMetrics, PaperVector, ReferenceSet
from metrics.models.refresh import Overdue, RefreshItem, RefreshRun, Stage
from metrics.models.score_jobs import AutomaticTraining, ScoreJob
from metrics.models.scores import ScoreModel

__all__ = [
    "AuthorMetrics",
    "AuthorSnapshot",
    "AutomaticTraining",
    "CitationCoverage",
    "EntityKind",
    "EntityMetrics",
    "Overdue",
    "PaperMetrics",
    "PaperVector",
    "ReferenceSet",
    "RefreshItem",
    "RefreshRun",
    "ScoreJob",
    "ScoreModel",
    "Stage",
]
