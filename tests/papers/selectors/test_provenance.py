"""What sources said beside what is shown, and corrections as people read them."""

from datetime import UTC, datetime, timedelta

import pytest

from papers.models import Correction, EntityStatement, Paper, PaperStatement, RecordKind
from papers.selectors.corrections import as_text, corrections_of, kind_of, shown_values
from papers.selectors.provenance import MOST_CHARS, MOST_STATEMENTS, provenance_of
from tests.factories.record import make_institution, make_paper, make_venue

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def paper():
    return make_paper("On clocks", field_sources={"*": "crossref", "title": "arxiv"}, language="en", license="")


def state(paper: Paper, statement: object, source: str = "arxiv", *, day: int = 0) -> None:
    PaperStatement.objects.create(
        paper=paper,
        source=source,
        source_key=f"{source}:{day}",
        digest=b"0",
        statement=statement,
        first_seen_at=NOW,
        changed_at=NOW + timedelta(days=day),
    )


def fields(paper: Paper, corrections=()):
    return {row.name: row for row in provenance_of(RecordKind.PAPER, paper, corrections).fields}


def test_each_field_names_its_source_where_it_has_a_value(paper):
    rows = fields(paper)
    assert (rows["title"].source, rows["language"].source, rows["license"].source) == ("arxiv", "crossref", "")
    assert (rows["published"].shown, rows["authors"].shown, rows["is_retracted"].shown) == ("2020-05-17", "(0)", "no")


def test_a_corrected_field_is_a_persons(paper, dana):
    held = Correction(kind="paper", object_id=paper.pk, field="language", value="la", by=dana)
    row = fields(paper, [held])["language"]
    assert (row.source, row.correction) == ("correction", held)


@pytest.mark.parametrize(
    ("statement", "field", "said"),
    [
        ({"type": "article"}, "kind", "article"),
        ({"retracted": True}, "is_retracted", "yes"),
        ({"retracted": False}, "is_retracted", "no"),
        ({"venue": {"name": "Clocks", "type": "journal"}}, "venue", "Clocks"),
        ({"categories": [{"code": "cs.LG"}, "cs.CL"]}, "categories", "cs.LG, cs.CL"),
        ({"authors": [{"name": f"A{n}"} for n in range(1_200)]}, "authors", "A0, A1, A2, A3, A4 … (1,200)"),
        ({"cited_by_count": 0}, "cited_by_count", "0"),
        ({"title": None}, "title", ""),
        ({}, "title", ""),
        (["no", "mapping"], "title", ""),
    ],
)
def test_what_a_source_says_of_a_field_is_one_line(paper, statement, field, said):
    state(paper, statement)
    assert fields(paper)[field].said == (said,)


def test_statements_come_newest_first_and_long_ones_are_cut(paper):
    state(paper, {"title": "old"}, day=1)
    state(paper, {"title": "new", "abstract": "x" * 30_000}, "crossref", day=2)
    found = provenance_of(RecordKind.PAPER, paper, [])
    assert [one.source for one in found.statements] == ["crossref", "arxiv"]
    assert len(found.statements[0].text) == MOST_CHARS
    assert next(row.said for row in found.fields if row.name == "title") == ("new", "old")
    assert not found.is_cut


def test_more_statements_than_fit_are_said_to_be_more(paper, django_assert_num_queries):
    for day in range(MOST_STATEMENTS + 1):
        state(paper, {}, day=day)
    with django_assert_num_queries(1):
        found = provenance_of(RecordKind.PAPER, paper, [])
    assert (len(found.statements), found.is_cut) == (MOST_STATEMENTS, True)


def test_a_places_words_are_found_under_the_names_of_the_register():
    school = make_institution("Analytical School", established_year=1222)
    for kind in ("institution", "venue"):
        EntityStatement.objects.create(
            kind=kind,
            object_id=school.pk,
            source="ror",
            source_key=kind,
            digest=b"0",
            statement={"name": "The School", "homepage": "https://school.example", "established": 1223},
            first_seen_at=NOW,
            changed_at=NOW,
        )
    rows = {row.name: row for row in provenance_of(RecordKind.INSTITUTION, school, []).fields}
    assert (rows["homepage_url"].shown, rows["homepage_url"].said) == ("", ("https://school.example",))
    assert (rows["established_year"].shown, rows["established_year"].said) == ("1222", ("1223",))


def test_what_is_shown_is_given_in_the_form_of_a_correction(paper):
    undated = make_paper("Undated", published=None)
    ids = [paper.pk, undated.pk]
    assert {pk: one.value for pk, one in shown_values(RecordKind.PAPER, "published", ids).items()} == {
        paper.pk: "2020-05-17",
        undated.pk: "",
    }
    title = shown_values(RecordKind.PAPER, "title", ids)[paper.pk]
    assert (title.value, title.stated, title.source) == ("On clocks", {"text": "On clocks", "html": ""}, "arxiv")
    assert shown_values(RecordKind.PAPER, "venue", ids)[paper.pk].value is None
    assert kind_of(Paper) is RecordKind.PAPER


def test_corrections_are_read_with_venues_by_name(paper, dana, django_assert_num_queries):
    old, new = make_venue("Clocks"), make_venue("Watches")
    for field, value, imported in (
        ("is_retracted", True, False),
        ("language", "la", None),
        ("title", "On watches", {"text": "On clocks", "html": ""}),
        ("venue", new.pk, old.pk),
    ):
        Correction.objects.create(
            kind="paper", object_id=paper.pk, field=field, value=value, imported_value=imported, by=dana, at=NOW
        )
    held = list(corrections_of(RecordKind.PAPER, paper.pk))
    with django_assert_num_queries(1):
        texts = {one.correction.field: (one.set_to, one.stated) for one in as_text(held)}
    assert texts == {
        "is_retracted": ("yes", "no"),
        "language": ("la", ""),
        "title": ("On watches", "On clocks"),
        "venue": ("Watches", "Clocks"),
    }
    with django_assert_num_queries(0):
        as_text([one for one in held if one.field != "venue"])
