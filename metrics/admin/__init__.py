"""Refreshes to start, watch and retry; versions of the AI Score's model with their backtests."""

from metrics.admin import refreshes, scores

__all__ = ["refreshes", "scores"]
