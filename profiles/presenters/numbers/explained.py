"""The explanation of one number of an author, by its name in addresses."""

from collections.abc import Callable
from datetime import date

from metrics.presenters.explanations import Derivation, Explanation, explanation
from papers.models import Author
from profiles.presenters.numbers import citations, indices, scores
from profiles.selectors.numbers.inputs import Inputs, inputs_of

# Names in addresses are names of formulas; papers are only counted.
NUMBERS: dict[str, Callable[[Inputs], Derivation]] = {
    "h_index": indices.explain_h,
    "papers": citations.explain_papers,
    "citations_all": citations.explain_citations,
    "novelty": scores.explain_novelty,
    "ai_score": scores.explain_ai_score,
    "g_index": indices.explain_g,
    "i10_index": indices.explain_i10,
    "h_index_5y": indices.explain_h5,
    "m_quotient": indices.explain_m,
    "citations_5y": citations.explain_citations_5y,
    "mean_citedness_2y": citations.explain_mean_citedness,
    "field_weighted_impact": scores.explain_impact,
    "trust": scores.explain_trust,
}


def explained_number(author: Author, name: str, *, today: date) -> Explanation:
    """At most seven queries, whatever the number of works. Raises KeyError for a name that is none of NUMBERS."""
    tell = NUMBERS[name]
    inputs = inputs_of(author, today=today)
    return explanation(
        name,
        tell(inputs),
        formula="papers_per_year" if name == "papers" else name,
        stored=inputs.stored,
    )
