from datetime import date
from types import SimpleNamespace

import pytest

from tests.factories.record import (
    make_author,
    make_category,
    make_citation,
    make_institution,
    make_paper,
    make_topic,
    make_venue,
)


@pytest.fixture
def shelf(db) -> SimpleNamespace:
    """Two authors, an institution, a venue, a topic and four works that differ in everything a list can ask for."""
    ada = make_author("Ada Byron", ids={"orcid": "0000-0002-1825-0097", "openalex": "A5"})
    ben = make_author("Ben Babbage")
    place = make_institution("University of X", ids={"ror": "00390t168"}, country_code="GB", kind="education")
    venue = make_venue("Journal of Engines", kind="journal", ids={"issn": "0378-5955"}, publisher="Press")
    topic = make_topic("Condensation")
    category = make_category("cs.LG", "Machine Learning")
    engine = make_paper(
        "On the analytical engine",
        authors=[(ada, place), ben],
        published=date(2018, 3, 9),
        cites=40,
        ids={"doi": "10.1000/engine", "arxiv": "1803.00001", "openalex": "W7"},
        topics=[topic],
        venue=venue,
        category=category,
        abstract="An engine weaves algebra. An engine rests.",
        kind="preprint",
        language="en",
        references_total=31,
    )
    notes = make_paper("Notes by the translator", authors=[ada], published=date(2019, 1, 1), precision="Y", cites=12)
    undated = make_paper("Sketch without a date", authors=[ben], published=None, cites=3)
    wrong = make_paper("A claim withdrawn", authors=[ben], published=date(2021, 7, 7), is_retracted=True)
    make_citation(notes, engine)
    make_citation(wrong, engine)
    return SimpleNamespace(
        ada=ada,
        ben=ben,
        place=place,
        venue=venue,
        topic=topic,
        category=category,
        engine=engine,
        notes=notes,
        undated=undated,
        wrong=wrong,
    )
