"""arXiv records of all three prefixes."""

from datetime import date

import pytest
from lxml import etree

from harvest.domain.record import RecordError, SkippedRecord
from harvest.sources.arxiv.bylines import in_parts, split_byline
from harvest.sources.arxiv.parse import parse_record
from papers.domain.dates import PartialDate

ARXIV = """<record><header><identifier>oai:arXiv.org:1401.2122</identifier></header><metadata>
<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>1401.2122</id><created>2014-01-09</created><updated>2017-10-23</updated>
<authors><author><keyname>Sergyeyev</keyname><forenames>A.</forenames><affiliation>Opava</affiliation></author>
<author><keyname>Planck Collaboration</keyname></author><author><keyname>:</keyname></author>
<author><keyname>King</keyname><forenames>M. L.</forenames><suffix>Jr</suffix></author></authors>
<title>New integrable
  $(3+1)$-dimensional systems</title><categories>math.AP hep-th</categories><comments>16 pages</comments>
<doi>10.1007/s11005-017-1013-4 10.1007/second</doi><license>http://arxiv.org/licenses/nonexclusive-distrib/1.0/</license>
<abstract>  We introduce &lt;b&gt;it&lt;/b&gt; \\`a la Lax.
</abstract></arXiv></metadata></record>"""

RAW = """<record><metadata><arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>1810.09584</id>
<version version="v1"><date>Mon, 22 Oct 2018 22:41:50 GMT</date></version>
<version version="v2"><date>Sun, 13 Jan 2019 11:17:09 GMT</date></version><title>Martingale theory</title>
<authors>Raphael Chetrite (Nice, France), Shamik Gupta, and \\'Edgar Rold\\'an</authors>
<categories>cond-mat.stat-mech</categories><abstract>x</abstract></arXivRaw></metadata></record>"""

DUBLIN_CORE = """<record><metadata><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Pygmy dipole resonance</dc:title>
<dc:creator>&#xd6;zel, B.</dc:creator><dc:creator>von Neumann-Cosel, P.</dc:creator><dc:subject>Nuclear Experiment</dc:subject>
<dc:description>Text.</dc:description><dc:description>Comment: 4 pages</dc:description><dc:date>2009-01-16</dc:date>
<dc:date>2009-02-01</dc:date><dc:identifier>http://arxiv.org/abs/0901.2443</dc:identifier>
<dc:identifier>doi:10.1000/x</dc:identifier></oai_dc:dc></metadata></record>"""


def parsed(text):
    return parse_record(etree.fromstring(text))


def test_the_arxiv_prefix_is_mapped():
    record = parsed(ARXIV)
    assert [str(one) for one in record.ids] == [
        "doi:10.1007/s11005-017-1013-4",
        "doi:10.1007/second",
        "arxiv:1401.2122",
    ]
    assert record.source_key == "arxiv:1401.2122"
    assert [author.name for author in record.authors] == [
        "A. Sergyeyev",
        "Planck Collaboration",
        "M. L. King Jr",
    ]
    assert record.authors[0].raw_affiliation == "Opava"
    assert (record.published, record.updated) == (PartialDate(2014, 1, 9), date(2017, 10, 23))
    assert record.title == "New integrable $(3+1)$-dimensional systems"
    assert record.abstract == "We introduce it à la Lax."
    assert len(record.warnings) == 1


def test_the_raw_prefix_has_versions_and_one_string_of_authors():
    record = parsed(RAW)
    assert [(one.number, one.submitted) for one in record.versions] == [
        (1, date(2018, 10, 22)),
        (2, date(2019, 1, 13)),
    ]
    assert [author.name for author in record.authors] == ["Raphael Chetrite", "Shamik Gupta", "Édgar Roldán"]
    assert (record.published, record.updated) == (PartialDate(2018, 10, 22), date(2019, 1, 13))


def test_dublin_core_is_mapped():
    record = parsed(DUBLIN_CORE)
    assert [str(one) for one in record.ids] == ["doi:10.1000/x", "arxiv:0901.2443"]
    assert (record.abstract, record.comment) == ("Text.", "4 pages")
    assert [author.name for author in record.authors] == ["B. Özel", "P. von Neumann-Cosel"]
    assert record.first_family_key == "ozel"
    assert record.updated == date(2009, 2, 1)


def test_a_deleted_record_is_skipped_and_an_empty_one_rejected():
    with pytest.raises(SkippedRecord, match=r"oai:arXiv\.org:1 is marked as deleted"):
        parsed('<record><header status="deleted"><identifier>oai:arXiv.org:1</identifier></header></record>')
    with pytest.raises(RecordError, match="no metadata in a known format"):
        parsed("<record><metadata><other/></metadata></record>")


def test_a_byline_is_split_outside_of_brackets():
    assert split_byline("A. One (X, Y (Z)), B. Two, Jr. and C. Three") == ["A. One", "B. Two Jr.", "C. Three"]


@pytest.mark.parametrize(("kinds", "is_withdrawn"), [(["D", "I"], True), (["I", "D"], False), (["", ""], False)])
def test_a_preprint_is_withdrawn_where_its_last_version_has_no_text(kinds, is_withdrawn):
    text = RAW
    for kind in kinds:
        text = text.replace("GMT</date></version>", f"GMT</date><source_type>{kind}</source_type></version >", 1)
    record = parsed(text)
    assert record.is_retracted is is_withdrawn
    assert [(one.kind, one.stated and one.stated.iso()) for one in record.notices] == (
        [("withdrawal", "2019-01-13")] if is_withdrawn else []
    )


def test_a_version_without_a_day_that_can_be_read_has_none():
    record = parsed(RAW.replace("Mon, 22 Oct 2018 22:41:50 GMT", "last Monday"))
    assert [(one.number, one.submitted) for one in record.versions] == [(1, None), (2, date(2019, 1, 13))]


@pytest.mark.parametrize(
    ("printed", "parts"),
    [
        ("von Neumann-Cosel, P.", {"family": "von Neumann-Cosel", "given": "P."}),
        ("King, M. L., Jr.", {"family": "King", "given": "M. L.", "suffix": "Jr."}),
        ("King, Jr", {"name": "King, Jr"}),
        ("Planck Collaboration", {"name": "Planck Collaboration"}),
        ("A, B, C, D", {"name": "A, B, C, D"}),
    ],
)
def test_a_creator_is_in_parts_where_it_has_any(printed, parts):
    assert in_parts(printed) == parts
