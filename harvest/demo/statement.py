"""The one paper that (almost) everybody signed."""

from collections.abc import Sequence

from harvest.demo.dice import Dice
from harvest.demo.people import Person
from harvest.demo.records import PaperPlan

STATEMENT_AUTHORS = 600
_YEAR, _DAY = 2021, 5 * 31 + 14
_TITLE = "Keeping the record straight: a joint statement on citing data, software and people"
_ABSTRACT = (
    "Scholarship rests on being able to say who did what, when, and on the basis of which"
    " evidence. Citation practices grew up around printed articles, and they serve data,"
    " software and the people behind both rather poorly. In this statement, authors from six"
    " fields agree on what they will do from now on: cite data sets and software in the list of"
    " references, with a version and a persistent identifier; name contributors by identifiers"
    " that they control themselves; report corrections and retractions wherever a work is"
    " listed; and keep counts of any kind out of decisions that they were not made for. We"
    " describe what each commitment requires of authors, reviewers, journals and archives, and"
    " what it costs. A survey among the signatories shows that most of the work is small, and"
    " that it is put off because nobody in particular is responsible for it. The text is short"
    " on purpose. It ends with a list of examples, good and bad, including {number} of our own."
)


def statement_plan(dice: Dice, people: Sequence[Person]) -> PaperPlan:
    """The statement, signed by 600 people, or by six in seven where there are fewer."""
    signing = list(range(len(people) - 1))
    number = min(STATEMENT_AUTHORS, len(people) * 6 // 7)
    plan = PaperPlan(0, 0, 0, _YEAR, _DAY, "article", _TITLE, _ABSTRACT.format(number="nineteen"))
    plan.team = dice.sample(signing, number)
    plan.is_statement = True
    return plan
