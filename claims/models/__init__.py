"""Claims on author records, the evidence for them, and what was done about them."""

from claims.models.claims import Claim, ClaimEvent, ClaimQuerySet
from claims.models.evidence import Evidence, OutsideCheck, VouchRequest

__all__ = ["Claim", "ClaimEvent", "ClaimQuerySet", "Evidence", "OutsideCheck", "VouchRequest"]
