"""Text as sources print it, made plain: folding lives here for all apps to import."""

from common.fold import fold

__all__ = ["fold"]


def plain_text(text: str) -> str:
    """Placeholder until decoding lands in this module."""
    return text
