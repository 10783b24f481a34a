"""The explanation of one number of a paper, by its name in addresses."""

from collections.abc import Callable

from catalogue.presenters.numbers import counts, scores
from catalogue.presenters.numbers.inputs import Inputs
from metrics.presenters.explanations import Derivation, Explanation, explanation
from metrics.selectors.papers import numbers_of_paper
from papers.models import Paper

# Names in addresses are names of formulas.
NUMBERS: dict[str, Callable[[Inputs], Derivation]] = {
    "shown_citations": counts.explain_citations,
    "field_weighted_impact": counts.explain_impact,
    "citation_percentile": counts.explain_percentile,
    "novelty": scores.explain_novelty,
    "ai_score": scores.explain_ai_score,
}


def explained_number(paper: Paper, name: str) -> Explanation:
    """At most seven queries; `paper` comes with its primary category. Raises KeyError for a name not in NUMBERS."""
    tell = NUMBERS[name]
    stored = numbers_of_paper(paper.pk)
    told = tell(Inputs(paper, stored))
    return explanation(name, told, formula=name, stored=stored)
