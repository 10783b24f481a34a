"""The limit on reading by machine: so many requests of an address."""

from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from common import rate_limits
from common.rate_limits import RateLimit

REQUESTS = RateLimit("api", address_setting="API_RATE")


class AddressThrottle(BaseThrottle):
    """`settings.API_RATE` for each address over all resources; reading is allowed while Redis is away."""

    retry_after = 0

    def allow_request(self, request: Request, view: APIView) -> bool:
        verdict = rate_limits.check(request._request, REQUESTS)
        self.retry_after = verdict.retry_after
        return verdict.is_allowed

    def wait(self) -> float | None:
        return self.retry_after or None
