from datetime import date
from types import SimpleNamespace

import pytest

from search.services.terms import refresh_terms
from tests.factories.record import (
    NOON,
    make_author,
    make_category,
    make_institution,
    make_paper,
    make_topic,
    make_venue,
)


@pytest.fixture
def library(db) -> SimpleNamespace:
    """Namesakes, accents, initials and other scripts, with papers that tell them apart."""
    place = make_institution("University of Wonders", also=["UoW"], city="Wonder", country_code="GB")
    learning = make_category("cs.LG", "Machine Learning")
    john = make_author("John Smith", ids={"orcid": "0000-0002-1825-0097"})
    initial = make_author("J. Smith")
    jane = make_author("Jane Smithson")
    jose = make_author("José García Márquez")
    wang = make_author("王伟", also=["Wei Wang"])
    other_wang = make_author("Xiaolong Wang")
    engine = make_paper(
        "Weaving by engine",
        authors=[(john, place), initial],
        category=learning,
        cites=9,
        published=date(2015, 1, 1),
        ids={"doi": "10.1000/weaving", "arxiv": "1501.00001"},
        abstract="Threads and looms.",
    )
    make_paper("Looms", authors=[john, jose, wang], category=learning, published=date(2019, 1, 1))
    make_paper("Threads", authors=[jane, other_wang], cites=50)
    topic, venue = make_topic("Textile engineering"), make_venue("Journal of Looms", kind="journal")
    refresh_terms(now=NOON)
    return SimpleNamespace(
        place=place,
        john=john,
        initial=initial,
        jane=jane,
        jose=jose,
        wang=wang,
        other_wang=other_wang,
        engine=engine,
        topic=topic,
        venue=venue,
    )
