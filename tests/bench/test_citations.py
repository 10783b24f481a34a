"""What citeproc prints of our CSL-JSON: nothing that the work has is missing in the three styles most in use."""

from datetime import date

import pytest

from bench.citations import STYLES, entries, missing
from papers.domain.citable import CitableWork, citable_name
from papers.domain.csl import csl_item
from papers.domain.name_parts import NameParts, source_parts

ARTICLE = CitableWork(
    public_id="Wkdmqzrt",
    title="On the spacing of pendulums",
    kind="article",
    names=tuple(
        citable_name(parts)
        for parts in (
            source_parts(given="Jorin", family="Hoveden", particle="van den"),
            source_parts(given="William E.", family="Skeethe", suffix="III"),
            NameParts("the HPAQ Consortium", kind="group"),
        )
        if parts is not None
    ),
    published_date=date(2020, 5, 3),
    precision="D",
    venue="Journal of Probes & Proofs",
    venue_kind="journal",
    doi="10.5555/a",
    arxiv="",
    category="",
    url="https://colophon.example/papers/Wkdmqzrt/",
    abstract="",
    volume="12",
    issue="3",
    pages="45-67",
)


@pytest.mark.parametrize("style", STYLES)
def test_nothing_that_the_work_has_is_missing(style):
    item = csl_item(ARTICLE)
    (entry,) = entries([item], style)
    assert missing(item, entry) == []
    assert "HPAQ Consortium" in entry


def test_what_is_missing_is_named():
    item = csl_item(ARTICLE)
    assert missing(item, "Hoveden, J. van den. On the spacing of pendulums. 2020.") == [
        "container-title",
        "volume",
        "page",
    ]
