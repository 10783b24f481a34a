"""Where curators decide claims."""

from claims.admin import queue

__all__ = ["queue"]
