"""Pieces of JSON that many records share, made once."""

from dataclasses import dataclass

import numpy as np
import orjson

from bench.corpus.names import initials_of
from bench.corpus.plan import PLANTED, Plan
from bench.corpus.sampling import FIRST_DAY
from harvest.demo import registries
from harvest.demo.dice import Dice
from harvest.demo.fields import FIELDS

_INSTITUTIONS = 3000
_VENUES = 400
_AFFILIATED = 0.35
_WITH_ORCID = 0.12


@dataclass(slots=True)
class Fragments:
    """JSON of each author and each reference, and the columns that fill a record's other members."""

    plan: Plan
    author: list[bytes]
    shortened: dict[int, bytes]
    reference: list[bytes]
    identifiers: list[bytes]
    rest: list[bytes]

    def ids(self, paper: int) -> bytes:
        """The object of identifiers."""
        return self.identifiers[paper]

    def particulars(self, paper: int) -> bytes:
        """Type, date, venue, categories and, for some, a reported count."""
        return self.rest[paper]

    def authors(self, paper: int) -> bytes:
        """The byline, with planted authors behind the others."""
        team = self.plan.teams.row(paper).tolist() + self.plan.planted.get(paper, [])
        if paper % 16 == 0:
            return b",".join([self.shortened.get(each, self.author[each]) for each in team])
        return b",".join([self.author[each] for each in team])

    def references(self, paper: int) -> bytes:
        """The references, all of them inside the corpus."""
        return b",".join([self.reference[each] for each in self.plan.references.row(paper).tolist()])


def make_fragments(plan: Plan) -> Fragments:
    """All pieces for a plan."""
    author = _authors(plan)
    ordinary = len(plan.names) - len(PLANTED)
    # A third of the names are shortened to initials on one paper in sixteen.
    shortened = {
        number: b'{"name":%b}' % orjson.dumps(initials_of(plan.names[number])) for number in range(0, ordinary, 2)
    }
    identifiers, reference = _identifiers(plan)
    return Fragments(plan, author, shortened, reference, identifiers, _particulars(plan))


def _authors(plan: Plan) -> list[bytes]:
    dice = Dice(17)
    number = len(plan.names)
    affiliation = _affiliations(plan)
    has_place = (plan.rng.random(number) < _AFFILIATED).tolist()
    place = plan.rng.zipf(1.4, number) % _INSTITUTIONS
    has_orcid = (plan.rng.random(number) < _WITH_ORCID).tolist()
    found = []
    for name, where, placed, known in zip(plan.names, place.tolist(), has_place, has_orcid, strict=True):
        text = b'{"name":%b' % orjson.dumps(name)
        if known:
            text += b',"ids":{"orcid":"%b"}' % registries.orcid(dice).encode()
        if placed:
            text += affiliation[where]
        found.append(text + b"}")
    return found


def _affiliations(plan: Plan) -> list[bytes]:
    kinds = (
        "University of %s",
        "%s Institute of Technology",
        "%s University",
        "Hospital of %s",
        "%s Laboratory",
    )
    towns = [name.split()[-1] for name in plan.names[: _INSTITUTIONS * 2]]
    found = []
    for number in range(_INSTITUTIONS):
        body: dict[str, str] = {"name": f"{kinds[number % 5] % towns[number % len(towns)]} {number // 50 + 1}"}
        if number % 5:
            body["ror"] = registries.ror(number + 40_000)
        found.append(b',"affiliations":[%b]' % orjson.dumps(body))
    return found


def _identifiers(plan: Plan) -> tuple[list[bytes], list[bytes]]:
    """Each paper's object of identifiers, and the reference that names it: seven in ten by DOI."""
    months = (FIRST_DAY + plan.days).astype("datetime64[M]").astype(int) + 1970 * 12
    starts = np.searchsorted(months, months)
    identifiers, reference = [], []
    for paper, (month, first) in enumerate(zip(months.tolist(), starts.tolist(), strict=True)):
        doi = b'{"doi":"10.5555/bench.%07d"}' % paper
        arxiv = _arxiv(month, paper - first)
        by_doi = paper % 10 < 7
        reference.append(doi if by_doi else arxiv)
        if not by_doi:
            identifiers.append(arxiv)
        else:
            identifiers.append(doi if paper % 10 < 4 else doi[:-1] + b"," + arxiv[1:])
    return identifiers, reference


def _arxiv(month: int, number: int) -> bytes:
    year, rest = divmod(month, 12)
    if month < 2007 * 12 + 3:
        return b'{"arxiv":"bench%c/%02d%02d%03d"}' % (
            97 + number // 1000,
            year % 100,
            rest + 1,
            number % 1000,
        )
    if year < 2015:
        return b'{"arxiv":"%02d%02d.%04d"}' % (year % 100, rest + 1, number)
    return b'{"arxiv":"%02d%02d.%05d"}' % (year % 100, rest + 1, 90_000 + number)


def _particulars(plan: Plan) -> list[bytes]:
    rng, number = plan.rng, plan.papers
    dates = np.datetime_as_string((FIRST_DAY + plan.days).astype("datetime64[D]")).tolist()
    precision = np.searchsorted((0.05, 0.12), rng.random(number)).tolist()
    venue, extra = rng.integers(0, _VENUES, number).tolist(), rng.random(number).tolist()
    counts = rng.zipf(1.9, number).clip(0, 40_000).tolist()
    categories = _categories()
    venues = [b'{"name":"Journal of Studies %d","type":"journal"}' % each for each in range(_VENUES)]
    found = []
    for paper in range(number):
        date = dates[paper][: (4, 7, 10)[precision[paper]]].encode()
        is_preprint = paper % 10 >= 4
        home = b'{"name":"arXiv","type":"repository"}' if is_preprint else venues[venue[paper]]
        text = b'"type":"%b","published":"%b","venue":%b,"categories":%b' % (
            b"preprint" if is_preprint else b"article",
            date,
            home,
            categories[int(plan.fields[paper])][paper % 20],
        )
        if extra[paper] < 0.5:
            text += b',"cited_by_count":%d' % (counts[paper] - 1)
        found.append(text)
    return found


def _categories() -> list[list[bytes]]:
    """Twenty lists for each field: 42 % with one category, 35 % with two, the rest with three or four."""
    found = []
    for field in FIELDS:
        others = list(dict.fromkeys(code for theme in field.themes for code in theme.categories))
        rows = []
        for place in range(20):
            more = 0 if place < 8 else 1 if place < 15 else 2 if place < 18 else 3
            chosen = [others[(place + step) % len(others)] for step in range(more)]
            rows.append(orjson.dumps(list(dict.fromkeys([field.category, *chosen]))))
        found.append(rows)
    return found
