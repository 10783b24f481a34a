"""The numbers as pure functions: sequences in, a value or None out. None means unknown, never 0.

Importing this package fills the registry: every formula has an identifier with a version and a page
in docs/metrics/ whose worked table is test data.
"""

from metrics.formulas import careers, collaborators, counts, coverage, fields, indices, novelty, trust
from metrics.formulas.registry import FORMULAS, Formula, formula_named

__all__ = [
    "FORMULAS",
    "Formula",
    "careers",
    "collaborators",
    "counts",
    "coverage",
    "fields",
    "formula_named",
    "indices",
    "novelty",
    "trust",
]
