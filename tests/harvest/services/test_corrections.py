"""What a person corrected outlives imports, which keep what sources say beside it."""

from datetime import UTC, datetime

import pytest

from papers.models import Author, Correction, Paper, RecordKind, Venue
from papers.services.corrections import correct_field, correct_record, withdraw_corrections

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 1, tzinfo=UTC)
LATER = datetime(2026, 6, 1, tzinfo=UTC)


def work(**more: object) -> dict[str, object]:
    return {
        "ids": {"local": "one"},
        "title": "On the regular spacing of pendulums",
        "published": "2020-03-04",
        "authors": [{"name": "Ada Byron"}],
        "venue": {"name": "Annals of Clocks", "type": "journal"},
        "type": "article",
        "source": "records",
        **more,
    }


def test_corrected_fields_outlive_an_import_and_withdrawn_ones_show_its_words(load, dana):
    load(
        work(),
        work(ids={"local": "two"}, title="About something else altogether", venue={"name": "Other Journal"}),
    )
    paper, other = Paper.objects.get(title__startswith="On the"), Venue.objects.get(name="Other Journal")
    values = {
        "title": "On their spacing",
        "kind": "book",
        "published": "2019",
        "venue": other.pk,
        "is_retracted": True,
    }
    changed = correct_record(
        kind=RecordKind.PAPER, object_id=paper.pk, values=values, reason="seen in print", by=dana, now=NOW
    )
    assert set(changed) == set(values)

    load(
        work(title="On the <i>irregular</i> spacing of pendulums", published="2020-03-05", language="en"),
        at=LATER,
    )
    paper.refresh_from_db()
    assert (paper.title, paper.kind, paper.venue, paper.is_retracted) == (
        "On their spacing",
        "book",
        other,
        True,
    )
    assert (str(paper.published_date), paper.published_precision, paper.language) == ("2019-01-01", "Y", "en")
    assert str(paper.authorships.get().published_date) == "2019-01-01"

    withdraw_corrections(correction_ids=list(Correction.objects.values_list("pk", flat=True)), now=LATER)
    paper.refresh_from_db()
    assert paper.title == "On the irregular spacing of pendulums"
    assert "<em>irregular</em>" in paper.title_html
    assert (paper.kind, paper.venue.name, paper.is_retracted) == ("article", "Annals of Clocks", False)
    assert (str(paper.published_date), paper.published_precision) == ("2020-03-05", "D")
    assert paper.field_sources == {"*": "records"}
    assert not Correction.objects.exists()


def test_a_second_correction_keeps_what_sources_said_and_not_the_first(load, dana):
    load(work())
    paper = Paper.objects.get()
    for title in ("First thought of it", "Second thought of it"):
        correct_field(
            kind=RecordKind.PAPER,
            object_ids=[paper.pk],
            field="title",
            value=title,
            reason="",
            by=dana,
            now=NOW,
        )
    kept = Correction.objects.get()
    assert (kept.value, kept.imported_value["text"]) == (
        "Second thought of it",
        "On the regular spacing of pendulums",
    )


def test_a_corrected_name_does_not_make_the_author_anew(load, dana):
    load(work())
    ada = Author.objects.get()
    correct_field(
        kind=RecordKind.AUTHOR,
        object_ids=[ada.pk],
        field="name",
        value="Augusta Ada King",
        reason="",
        by=dana,
        now=NOW,
    )
    load(work(ids={"local": "two"}, title="About something else altogether"), at=LATER)
    ada = Author.objects.get()
    assert (ada.name, ada.family_key, ada.authorships.count()) == ("Augusta Ada King", "king", 2)
    assert {"byron", "king"} <= set(ada.search_text.split())


def test_corrections_go_with_a_paper_that_is_merged_into_another(load, dana):
    load(
        work(ids={"local": "one"}),
        work(ids={"arxiv": "2205.11789"}, title="A preprint with a title of its own"),
    )
    preprint = Paper.objects.get(title__startswith="A preprint")
    correct_field(
        kind=RecordKind.PAPER,
        object_ids=[preprint.pk],
        field="comment",
        value="20 pages",
        reason="",
        by=dana,
        now=NOW,
    )
    load(work(ids={"local": "one", "arxiv": "2205.11789"}), at=LATER)
    standing = Paper.objects.get(merged_into=None)
    assert standing.comment == "20 pages"
    assert Correction.objects.get().object_id == standing.pk
