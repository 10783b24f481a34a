"""Runs of the engine: which of them can be taken back."""

from identity.models import IdentityRun


def may_be_undone(run: IdentityRun) -> bool:
    """Whether this is a complete run after which no other moved anything: later moves stand on earlier ones."""
    if run.state != IdentityRun.State.COMPLETE:
        return False
    return not IdentityRun.objects.filter(state=IdentityRun.State.COMPLETE, moved_count__gt=0, pk__gt=run.pk).exists()
