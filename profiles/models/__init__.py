"""What the owner of an author record says on its page."""

from profiles.models.attribution import AttributionRequest
from profiles.models.opting_out import OptOut
from profiles.models.profile import PinnedWork, Profile

__all__ = ["AttributionRequest", "OptOut", "PinnedWork", "Profile"]
