"""Formulas in the reader's language: what each is called, what it says in one sentence, why it can be unknown."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

type Words = str | Promise


@dataclass(frozen=True, slots=True)
class FormulaText:
    name: Words
    says: Words


WORDS: dict[str, FormulaText] = {
    "shown_citations": FormulaText(
        _("Shown citations"), _("The largest of the citations counted here and those that sources report.")
    ),
    "counted_citations": FormulaText(
        _("Counted citations"),
        _("Works here that cite a work. It is 0 only where there are enough reference lists here."),
    ),
    "citations_all": FormulaText(
        _("Citations"), _("The sum over all papers of the citations counted here, or reported by one source.")
    ),
    "citations_5y": FormulaText(
        _("Citations in five years"),
        _("Citations counted here that were made in the last five calendar years."),
    ),
    "papers_per_year": FormulaText(_("Papers per year"), _("Papers by the year in which they appeared.")),
    "citations_per_year": FormulaText(
        _("Citations per year"), _("Citations counted here by the year of the citing work.")
    ),
    "self_citations": FormulaText(
        _("Self-citations"), _("Citations from works that share an author with the cited one.")
    ),
    "citations_without_self": FormulaText(
        _("Citations without self-citations"), _("Citations counted here with self-citations left out.")
    ),
    "h_index": FormulaText(_("h-index"), _("The largest h such that h papers have at least h citations each.")),
    "g_index": FormulaText(
        _("g-index"), _("The largest g such that the g most cited papers have g² citations together.")
    ),
    "i10_index": FormulaText(_("i10-index"), _("The number of papers with at least ten citations.")),
    "h_index_5y": FormulaText(
        _("h-index of five years"), _("The h-index over the papers of the last five calendar years alone.")
    ),
    "m_quotient": FormulaText(_("m-quotient"), _("The h-index over the years since the first paper.")),
    "mean_citedness_2y": FormulaText(
        _("Mean citedness"),
        _("Citations made last year to the papers of the two years before it, per paper."),
    ),
    "field_weighted_impact": FormulaText(
        _("Field-weighted citation impact"),
        _("Citations over the mean of works of the same category, type and year: 1 is the average."),
    ),
    "citation_percentile": FormulaText(
        _("Citation percentile"),
        _("The share of works of the same category, type and year that are cited less."),
    ),
    "novelty_distance": FormulaText(
        _("Distance to earlier work"), _("One minus the mean cosine similarity to the ten nearest earlier papers.")
    ),
    "novelty": FormulaText(
        _("Novelty"), _("Distance from earlier work, as a percentile among papers of its category or field and years.")
    ),
    "author_mean": FormulaText(
        _("Mean over papers"), _("The mean over those papers of an author that have the score.")
    ),
    "tie_strength": FormulaText(
        _("Strength of a tie"), _("The sum of 1 / (authors − 1) over the works two people wrote.")
    ),
    "close_collaborators": FormulaText(
        _("Close collaborators"),
        _("At least three joint works, or two in five years, in teams of at most 20."),
    ),
    "verification_level": FormulaText(
        _("Verification"), _("How well the identity of the author is verified: L0 to L4.")
    ),
    "trust": FormulaText(_("Trust"), _("Points for identity and data quality. Fame does not count.")),
    "ai_score": FormulaText(
        _("AI Score"),
        _(
            "A model’s estimate of the citation percentile that a paper will reach among works of its category, type and year."
        ),
    ),
}
_MORE_NAMES: dict[str, Words] = {"papers": _("Papers"), "citations": _("Citations")}

# Parts of a formula's page, as headings in the reader's language.
HEADINGS: dict[str, Words] = {
    "Definition": _("Definition"),
    "Worked examples": _("Worked examples"),
    "What feeds it": _("What feeds it"),
    "When it is unknown": _("When it is unknown"),
    "What it does not say": _("What it does not say"),
    "Trade-offs": _("Trade-offs"),
    "Source": _("Source"),
}

# Why a paper has no Novelty, by the stored code.
NOVELTY_UNKNOWN: dict[str, Words] = {
    "waiting": _("The paper has not been compared with earlier ones yet."),
    "no_abstract": _("The paper has no abstract in the record."),
    "no_date": _("The paper has no publication date in the record."),
    "too_short": _("Title and abstract are too short to compare."),
    "other_language": _("The abstract is not in English, the language of the embedding."),
    "few_earlier_papers": _("Fewer than ten earlier papers with an abstract are kept here."),
    "small_cell": _("Fewer than 50 papers of its years have a distance."),
}
NO_CELL: Words = _(
    "Fewer than 50 works of the same category, type and year have known citations of one source, or their mean is too low."
)


def name_of(name: str) -> Words:
    """What a formula or figure is called."""
    return WORDS[name].name if name in WORDS else _MORE_NAMES.get(name, name)


def novelty_unknown(code: str) -> Words:
    """The sentence of a stored code."""
    return NOVELTY_UNKNOWN.get(code, code)
