"""What protects researchers from invitations that they do not want, and what they may be invited to."""

from collaborations.models.openness import Openness

__all__ = ["Openness"]
