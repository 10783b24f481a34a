"""What stays when a person's account is deleted: decisions about records, without saying whose they were."""

from common.hooks import UserErased
from papers.models import BylineDecision, Correction, RecordRevision, VenueMerge


def erase_user_data(event: UserErased) -> None:
    """Take the person's name off what they decided."""
    for decided in (BylineDecision, Correction, RecordRevision, VenueMerge):
        decided.objects.filter(by_id=event.user_id).update(by=None)
    for withdrawn in (RecordRevision, VenueMerge):
        withdrawn.objects.filter(undone_by_id=event.user_id).update(undone_by=None)
    BylineDecision.objects.filter(withdrawn_by_id=event.user_id).update(withdrawn_by=None)
