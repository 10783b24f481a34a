"""Limits that start from nothing, as for accounts."""

from tests.accounts.conftest import rate_limited

__all__ = ["rate_limited"]
