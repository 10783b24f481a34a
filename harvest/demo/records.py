"""From a drafted paper to a record of the exchange format."""

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field as default
from typing import Any

from harvest.demo import registries
from harvest.demo.citations import reported
from harvest.demo.dice import Dice
from harvest.demo.fields import FIELDS
from harvest.demo.people import LAST_YEAR, Person
from papers.domain.categories import DEMO_SCHEME

SOURCE = "demo"
_TODAY = (2026, 10 * 31 + 21)
_LICENCES = ("cc-by-4.0", "cc-by-4.0", "cc-by-nc-4.0", "cc0-1.0")
_COMMENTS = (
    "{pages} pages, {figures} figures",
    "{pages} pages",
    "{pages} pages, {figures} figures, supplementary material attached",
    "Accepted for publication",
    "Extended version of a conference paper",
)


@dataclass(slots=True, eq=False)
class PaperPlan:
    """A paper on its way to a record. `day` counts from 0, with 31 days to every month."""

    field: int
    theme: int
    approach: int
    year: int
    day: int
    kind: str
    title: str
    abstract: str
    number: int = 0
    seed: int = 0
    cited: int = 0
    is_retracted: bool = False
    is_statement: bool = False
    team: list[int] = default(default_factory=list)
    references: list[int] = default(default_factory=list)

    @property
    def month(self) -> int:
        """The month, 1 to 12."""
        return self.day // 31 + 1


def record(dice: Dice, plan: PaperPlan, plans: Sequence[PaperPlan], people: Sequence[Person]) -> dict[str, Any]:
    """The record of `draft`; references name the drafts that they point to."""
    subject = FIELDS[plan.field]
    theme = subject.themes[plan.theme]
    made: dict[str, Any] = {
        "ids": identifiers(plan),
        "title": plan.title,
        "type": plan.kind,
        "published": _published(dice, plan),
        "venue": _venue(dice, plan),
        "categories": _categories(dice, plan),
        "topics": list(theme.topics) if not plan.is_statement else ["research practice"],
        "authors": [_author(dice, people[number], plan) for number in plan.team],
        "references": _references(dice, plan, plans),
        "source": SOURCE,
        "language": "en",
    }
    if dice.chance(0.96) or plan.is_statement:
        made["abstract"] = plan.abstract
    made["references_total"] = len(made["references"]) + int(dice.lognormal(14.0, 0.5))
    _add_particulars(dice, made, plan)
    return made


def identifiers(plan: PaperPlan) -> dict[str, str]:
    """The identifiers of the paper; they follow from its number, so that citing works can name them."""
    found = {"local": f"demo-{plan.seed}-{plan.number:06d}"}
    is_preprint = plan.kind == "preprint"
    if not is_preprint or plan.number % 7 == 0:
        found["doi"] = registries.doi(plan.seed, plan.number)
    if is_preprint or (plan.number % 3 == 0 and plan.kind != "book-chapter"):
        archive = FIELDS[plan.field].category.split(".")[0]
        offset = plan.seed * 37 + plan.number
        found["arxiv"] = registries.arxiv(archive, plan.year, plan.month, offset)
    return found


def _published(dice: Dice, plan: PaperPlan) -> str:
    if dice.chance(0.05) and not plan.is_statement:
        return str(plan.year)
    if dice.chance(0.08) and not plan.is_statement:
        return f"{plan.year}-{plan.month:02d}"
    return f"{plan.year}-{plan.month:02d}-{min(28, plan.day % 31 + 1):02d}"


def _venue(dice: Dice, plan: PaperPlan) -> dict[str, str]:
    subject = FIELDS[plan.field]
    if plan.kind == "preprint":
        return {"name": "arXiv", "type": "repository"}
    if plan.kind == "conference-paper":
        return {"name": dice.pick(subject.conferences), "type": "conference"}
    if plan.kind == "dataset":
        return {"name": "Open Measurements Archive", "type": "repository"}
    if plan.kind in ("book-chapter", "thesis"):
        return {"name": "Haldermoor University Press", "type": "book series"}
    if plan.is_statement:
        return {"name": "Commons of Scholarship", "type": "journal", "issn": registries.issn(99)}
    place = dice.weighted(range(len(subject.journals)), (0.65, 0.35))
    number = 10 * plan.field + place
    return {"name": subject.journals[place], "type": "journal", "issn": registries.issn(number)}


def _categories(dice: Dice, plan: PaperPlan) -> list[dict[str, str]]:
    """The primary category first, as `{"scheme": "demo", "code": …}`; 42 % of papers have one, 35 % two, 15 % three.

    The scheme is the demo's own: invented works could not have cited real ones of arXiv's classes, nor be compared
    with them.
    """
    return [{"scheme": DEMO_SCHEME, "code": code} for code in _category_codes(dice, plan)]


def _category_codes(dice: Dice, plan: PaperPlan) -> list[str]:
    subject = FIELDS[plan.field]
    if plan.is_statement:
        return ["cs.DL", "cs.CY"]
    wanted = dice.weighted((1, 2, 3, 4), (0.42, 0.35, 0.15, 0.08))
    others = [code for theme in subject.themes for code in theme.categories]
    near = dice.sample(subject.themes[plan.theme].categories, 4)
    codes = dict.fromkeys([subject.category, *near, *dice.sample(others, 3)])
    return list(codes)[:wanted]


def _author(dice: Dice, person: Person, plan: PaperPlan) -> dict[str, Any]:
    name = person.name
    if person.initials is not None and dice.chance(0.3):
        name = person.initials
    author: dict[str, Any] = {"name": name}
    if person.orcid and plan.year >= 2013 and dice.chance(0.8):
        author["ids"] = {"orcid": person.orcid}
    place = person.employer_in(plan.year)
    if place is not None and not dice.chance(0.15):
        affiliation = {"name": place.name}
        if place.ror is not None and not dice.chance(0.2):
            affiliation["ror"] = place.ror
        author["affiliations"] = [affiliation]
        if len(person.places) > 1 and dice.chance(0.05) and person.places[0] is not place:
            author["affiliations"].append({"name": person.places[0].name})
    return author


def _references(dice: Dice, plan: PaperPlan, plans: Sequence[PaperPlan]) -> list[dict[str, str]]:
    """References inside the corpus, and some to works that it does not hold."""
    found: list[dict[str, str]] = []
    for order in plan.references:
        ids = identifiers(plans[order])
        scheme = next(each for each in ("doi", "arxiv", "local") if each in ids)
        found.append({scheme: ids[scheme]})
    for _ in range(dice.weighted((0, 1, 2, 4), (0.4, 0.3, 0.2, 0.1))):
        found.append({"doi": f"10.5555/elsewhere.{dice.below(400):03d}"})
    return list({tuple(each.items()): each for each in found}.values())


def _add_particulars(dice: Dice, made: dict[str, Any], plan: PaperPlan) -> None:
    age = LAST_YEAR - plan.year
    count = reported(dice, counted=plan.cited, age=age)
    if count is not None:
        made["cited_by_count"] = count
    if plan.is_retracted:
        made["retracted"] = True
    if plan.kind == "preprint" and dice.chance(0.4):
        later = min((plan.year, plan.day + dice.between(31, 150)), _TODAY)
        year, day = later[0] + later[1] // 372, later[1] % 372
        if (year, day) <= _TODAY:
            made["updated"] = f"{year}-{day // 31 + 1:02d}-{min(28, day % 31 + 1):02d}"
    if dice.chance(0.5):
        pages, figures = dice.between(6, 42), dice.between(2, 14)
        made["comment"] = dice.pick(_COMMENTS).format(pages=pages, figures=figures)
    if plan.year >= 2008 and dice.chance(0.6):
        made["license"] = dice.pick(_LICENCES)
