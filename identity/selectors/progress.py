"""How far a settling is."""

from identity.models import IdentityRun


def running() -> IdentityRun | None:
    """The settling that runs, if any. One query."""
    return IdentityRun.objects.filter(state=IdentityRun.State.RUNNING).order_by("-pk").first()
