"""How often one may follow, read feeds and set what is sent."""

from common.rate_limits import RateLimit


def following_limit(scope: str, rate: str, *, counts_reading: bool = False) -> RateLimit:
    """At most `rate` of each user, or of each address for strangers."""
    return RateLimit(f"following-{scope}", per_visitor=rate, when_away="120/minute", counts_reading=counts_reading)
