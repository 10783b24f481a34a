"""One mapping in the record format becomes one checked record."""

import copy
from datetime import date

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harvest.domain.build import build_work
from harvest.domain.record import RecordError, SourcedAffiliation, SourcedCategory, WorkRecord
from papers.domain.dates import PartialDate
from papers.domain.identifiers import Identifier


def mapping(**changes):
    return {"ids": {"arxiv": "2205.11789"}, "title": "Condensation of words", **changes}


@pytest.fixture
def full():
    return build_work(
        mapping(
            ids={"arxiv": "2205.11789v2", "doi": "10.1000/X", "acl": "P03-1001"},
            abstract=r"We use $x^2$ and \emph{more}.",
            type="preprint",
            published="2022-05",
            updated="2022-06-01",
            venue={"name": "arXiv", "type": "repository", "issn": "1751-1577"},
            categories=["cs.LG", "stat.ML", "cs.LG", "68T50"],
            topics=["condensation", {"name": "Words", "openalex": "T1", "score": 0.5}],
            authors=[
                {
                    "name": r"Ada {\'E}clair",
                    "ids": {"orcid": "0000-0002-1825-0097", "openalex": "A1"},
                    "affiliations": [{"name": "University of X", "ror": "https://ror.org/00390t168"}],
                },
                {"name": "Ben Babbage"},
            ],
            references=[
                {"doi": "10.1/x"},
                {"arxiv": "2205.00001"},
                {"arxiv": "2205.00001v2"},
                {"acl": "P03-1002"},
            ],
            references_total=31,
            cited_by_count=12,
            retracted=True,
            urls={"pdf": "https://arxiv.org/pdf/2205.11789", "bad": "javascript:alert(1)"},
            source="openalex",
        )
    )


def test_a_full_record_is_mapped_field_by_field(full):
    record = full
    assert record.source == "openalex"
    assert record.source_key == "arxiv:2205.11789"
    assert record.ids == (
        Identifier("doi", "10.1000/x"),
        Identifier("arxiv", "2205.11789"),
        Identifier("acl", "P03-1001"),
    )
    assert record.abstract == "We use $x^2$ and more."
    assert record.abstract_html.startswith("We use <math")
    assert record.title_html == ""
    assert (record.published, record.updated) == (PartialDate(2022, 5), date(2022, 6, 1))
    assert record.venue is not None
    assert record.venue.issns == ("1751-1577",)
    assert record.categories == (
        SourcedCategory("arxiv", "cs.LG"),
        SourcedCategory("arxiv", "stat.ML"),
        SourcedCategory("other", "68T50"),
    )
    assert [topic.score for topic in record.topics] == [None, 0.5]
    assert record.authors[0].name == "Ada Éclair"
    assert record.authors[0].affiliations == (SourcedAffiliation("University of X", "00390t168"),)
    assert record.first_family_key == "eclair"
    assert [str(reference.ids[0]) for reference in record.references] == ["arxiv:2205.00001", "acl:P03-1002"]
    assert (record.references_total, record.cited_by_count, record.is_retracted) == (31, 12, True)
    assert [link.url for link in record.links] == ["https://arxiv.org/pdf/2205.11789"]
    assert len(record.warnings) == 2


@pytest.mark.parametrize(
    ("changes", "code", "sentence"),
    [
        ({"ids": {}}, "no_id", "the record has no usable identifier"),
        ({"title": None}, "no_title", "the record has no title"),
        ({"title": " \x00 "}, "no_title", "the record has no title"),
    ],
)
def test_a_record_that_cannot_be_taken_is_rejected_with_a_sentence(changes, code, sentence):
    with pytest.raises(RecordError) as caught:
        build_work(mapping(**changes))
    assert caught.value.code == code
    assert sentence in caught.value.message
    assert str(copy.copy(caught.value)) == caught.value.message


@pytest.mark.parametrize(
    ("changes", "warning"),
    [
        (
            {"authors": [{"name": "Ada Byron", "ids": {"orcid": "0000-0002-1825-0098"}}]},
            "author 1: orcid '0000-0002-1825-0098' has a wrong check digit; it was left out",
        ),
        (
            {"references": [{"doi": "10.1000/y"}, {"arxiv": "2205.11789"}]},
            "reference 2 cites the work itself",
        ),
        ({"authors": ["Ada Byron", "et al."]}, "author 2: 'et al.' says that more authors follow"),
        ({"authors": ["Ada Byron et al"]}, "says that more authors follow"),
        ({"authors": ["Ada Byron and Ben Babbage"]}, "was read as 2 names"),
        ({"abstract": "word " * 20_000}, "abstract: was cut to 50,000 characters"),
        ({"ids": {"doi": "x"}}, "id: none that is stated can be used"),
        ({"published": "20222"}, "published: year 20222 is out of range; it was left out"),
        ({"published": "2019-02-30"}, "does not exist; 2019-02 was taken"),
        ({"published": ["2022", "2023"]}, "published: is not a date"),
        ({"title": "x" * 50_000_000}, "title: has 20,000 characters and was cut to 2,000"),
        ({"updated": "20222"}, "updated: year 20222 is out of range; it was left out"),
        ({"cited_by_count": -1}, "cited_by_count: '-1' is not a count"),
        ({"categories": ["cs.LG"] * 51}, "categories: of 51 categories the first 50 were taken"),
        ({"references": "none"}, "references: is not a list"),
        (
            {"ids": {"arxiv": "704.102"}},
            "arxiv '704.102' had been stored as a number and was read as 0704.1020",
        ),
    ],
)
def test_a_part_that_cannot_be_used_is_left_out_with_a_warning(changes, warning):
    record = build_work(mapping(**changes))
    assert any(warning in one for one in record.warnings), record.warnings


@pytest.mark.parametrize(
    ("stored", "meant"),
    [
        ("704.0788", "0704.0788"),
        ("1401.323", "1401.3230"),
        ("1501.0026699999999", "1501.00267"),
        ("1612.0134", "1612.01340"),
    ],
)
def test_an_arxiv_id_that_was_stored_as_a_number_is_restored(stored, meant):
    assert build_work(mapping(ids={"arxiv": stored})).source_key == f"arxiv:{meant}"


def test_names_of_groups_keep_their_and():
    record = build_work(mapping(authors=["Institute of Mining and Metallurgy", "and Ben Babbage", "Smith and Co"]))
    assert [author.name for author in record.authors] == [
        "Institute of Mining and Metallurgy",
        "Ben Babbage",
        "Smith and Co",
    ]


def test_an_arxiv_doi_also_gives_the_arxiv_id():
    record = build_work(mapping(ids={"doi": "10.48550/arXiv.2205.11789"}))
    assert Identifier("arxiv", "2205.11789") in record.ids


def test_three_thousand_authors_are_taken_in_order():
    record = build_work(mapping(authors=[{"name": f"A. Author{number}"} for number in range(3_303)]))
    assert len(record.authors) == 3_303
    assert record.authors[3_302].name == "A. Author3302"


def test_the_digest_tells_content_apart_and_nothing_else():
    one = build_work(mapping())
    assert one.digest == build_work(mapping(title="Condensation  of words ")).digest
    assert one.digest != build_work(mapping(title="Condensation of terms")).digest
    assert len(one.digest) == 16
    stored_as_number = build_work(mapping(ids={"arxiv": "704.102"}))
    assert stored_as_number.digest == build_work(mapping(ids={"arxiv": "0704.1020"})).digest


def test_the_statement_is_json_that_postgres_takes():
    statement = build_work(mapping(comment="a\x00b", references=[{"doi": "10.1000/y"}])).statement
    assert b"\\u0000" not in statement
    assert "references" not in orjson.loads(statement)
    assert orjson.loads(build_work(mapping(comment="\ud800x")).statement)["comment"] == "?x"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["name", "ids", "doi", "x"]), inner, max_size=3)
    ),
    max_leaves=10,
)
NAMES = (
    "ids title abstract type published updated venue language license categories topics comment authors references "
    "references_total cited_by_count retracted urls source versions cited_by_date"
).split()


@settings(max_examples=80, deadline=None)
@given(st.dictionaries(st.sampled_from(NAMES), JSON, max_size=8), st.booleans())
def test_any_mapping_is_a_record_or_rejected(fields, complete):
    whole = {**fields, **mapping()} if complete else fields
    try:
        record = build_work(whole)
    except RecordError:
        return
    assert isinstance(record, WorkRecord)
    assert copy.copy(record) == record
    assert build_work(whole).digest == record.digest


@settings(max_examples=50, deadline=None)
@given(JSON)
def test_anything_else_is_rejected(value):
    with pytest.raises(RecordError):
        build_work(value if not isinstance(value, dict) else {"ids": value})
