"""Refreshes to start, watch and retry; versions of the AI Score's model with their backtests."""

from metrics.admin import refreshes, score_models

__all__ = ["refreshes", "score_models"]
