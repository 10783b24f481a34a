"""The explanation of one number of an author, by its name in addresses."""

from collections.abc import Callable
from datetime import date

from metrics.selectors.telling import Explanation, Told, explanation
from papers.models import Author
from profiles.presenters.numbers import citations, indices, scores
from profiles.selectors.numbers.inputs import Inputs, inputs_of

# Names in addresses are names of formulas; papers are only counted.
NUMBERS: dict[str, Callable[[Inputs], Told]] = {
    "h_index": indices.told_h,
    "papers": citations.told_papers,
    "citations_all": citations.told_citations,
    "novelty": scores.told_novelty,
    "ai_score": scores.told_ai_score,
    "g_index": indices.told_g,
    "i10_index": indices.told_i10,
    "h_index_5y": indices.told_h5,
    "m_quotient": indices.told_m,
    "citations_5y": citations.told_citations_5y,
    "mean_citedness_2y": citations.told_mean_citedness,
    "field_weighted_impact": scores.told_impact,
    "trust": scores.told_trust,
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
