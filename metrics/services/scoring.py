"""AI Scores of papers by the active model; without one, every score is unknown and says so."""

from metrics.models import ScoreModel
from metrics.services.refresh.scope import Scope
from metrics.services.refresh.statements import Moment, run_statements

_FORGET = """
UPDATE metrics_papermetrics m
SET ai_score = NULL, ai_contributions = NULL, ai_model_id = NULL, ai_unknown = 'no_model', computed_at = %(now)s
WHERE {ids:m.paper_id} AND m.ai_unknown <> 'no_model'
"""


def score_papers(scope: Scope, moment: Moment) -> int:
    """Write the scores of the papers in scope; returns the rows written."""
    if not ScoreModel.objects.filter(is_active=True).exists():
        return run_statements((_FORGET,), scope, moment)
    return 0
