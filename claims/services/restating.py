"""Trust and verification after a decision: on the very next request, and for good by the refresh of metrics."""

from datetime import datetime

from claims.models import Claim
from claims.selectors.standing import live_standings
from claims.services.turning import standing_id
from common.queue import enqueue
from metrics.services.restating import restate_standing
from papers.models import Authorship, Change, RecordKind

MOST_COAUTHORS = 2_000


def restate(claim: Claim, *, now: datetime) -> None:
    """Have the record and its co-authors counted anew; inside the transaction of the decision."""
    author_id = standing_id(claim)
    restate_standing(standings={author_id: live_standings([author_id]).get(author_id)}, now=now)
    papers = Authorship.objects.filter(author_id=author_id).values("paper_id")
    near = Authorship.objects.filter(paper_id__in=papers).order_by("author_id").values_list("author_id", flat=True)
    touched = {author_id, claim.author_id, *near.distinct()[:MOST_COAUTHORS]}
    Change.objects.bulk_create([Change(kind=RecordKind.AUTHOR, object_id=pk, at=now) for pk in sorted(touched)])
    enqueue("metrics.refresh_changes")
