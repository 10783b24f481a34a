"""The refresh's part in the AI Score: it asks for a scoring, or takes scores away where no model is active.

Features need the whole record, so papers are not scored item by item: one scoring for all follows the refresh, and
renews the authors' means when it is done.
"""

from metrics.models import ScoreModel
from metrics.services.ai_score.jobs import request_scoring
from metrics.services.refresh.scope import Scope
from metrics.services.refresh.statements import Moment, run_statements
from metrics.sql.ai_score import FORGET


def score_papers(scope: Scope, moment: Moment) -> int:
    """Have papers scored, or say of those in scope that no model is active; returns the rows written."""
    if not ScoreModel.objects.filter(is_active=True).exists():
        return run_statements((FORGET,), scope, moment)
    request_scoring(now=moment.now)
    return 0
