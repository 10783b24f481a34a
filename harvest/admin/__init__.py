"""The admin of imports, to be watched and read. Importing this registers every model."""

from harvest.admin import matches, runs

__all__ = ["matches", "runs"]
