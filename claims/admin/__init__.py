"""Where curators decide claims and put records right."""

from claims.admin import queue, records

__all__ = ["queue", "records"]
