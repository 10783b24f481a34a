"""Limits that start from nothing, as for accounts."""

from tests.accounts.conftest import limited

__all__ = ["limited"]
