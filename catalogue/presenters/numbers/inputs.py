"""What every explanation of a paper's number starts from."""

from dataclasses import dataclass

from metrics.models import PaperMetrics
from papers.models import Paper


@dataclass(frozen=True, slots=True)
class Inputs:
    """A paper with its primary category, and the numbers stored of it; None before the first refresh."""

    paper: Paper
    stored: PaperMetrics | None
