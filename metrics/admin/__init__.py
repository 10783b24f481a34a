"""The admin of the numbers: to run, watch and retry, and to choose the model behind the AI Score."""

from metrics.admin import score_models

__all__ = ["score_models"]
