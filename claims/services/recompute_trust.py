"""Trust and verification after a decision: on the very next request, and for good by the refresh of metrics."""

from datetime import datetime

from claims.models import Claim
from claims.selectors.claim_status import claim_status_of
from claims.services.transitions import canonical_id
from common.queue import enqueue
from metrics.services.trust_of_claims import recompute_trust_of
from papers.models import Authorship, Change, RecordKind

MOST_COAUTHORS = 2_000


def recompute_trust(claim: Claim, *, now: datetime) -> None:
    """Have the record and its co-authors counted anew; inside the transaction of the decision."""
    author_id = canonical_id(claim)
    recompute_trust_of(statuses={author_id: claim_status_of([author_id]).get(author_id)}, now=now)
    papers = Authorship.objects.filter(author_id=author_id).values("paper_id")
    near = Authorship.objects.filter(paper_id__in=papers).order_by("author_id").values_list("author_id", flat=True)
    touched = {author_id, claim.author_id, *near.distinct()[:MOST_COAUTHORS]}
    Change.objects.bulk_create([Change(kind=RecordKind.AUTHOR, object_id=pk, at=now) for pk in sorted(touched)])
    enqueue("metrics.refresh_changes")
