"""A person's word on a field: shown everywhere at once, kept beside what sources say, and taken back."""

from datetime import UTC, date, datetime, timedelta

import pytest

from papers.domain.correctable import InvalidCorrection
from papers.models import Author, AuthorshipInstitution, Change, Correction, Paper, PaperSearch, RecordKind, Venue
from papers.models.identity import UNKNOWN_DATE
from papers.services import corrections
from papers.services.corrections import TooManyRecords, checked, correct_field, correct_record, withdraw_corrections
from papers.services.curating import reindex_papers, set_kind, set_venue
from tests.factories.record import (
    make_author,
    make_category,
    make_institution,
    make_paper,
    make_topic,
    make_venue,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
PAPER = RecordKind.PAPER


@pytest.fixture
def ada_record():
    return make_author("Ada Byron", also=["A. Byron"])


@pytest.fixture
def paper(ada_record):
    """With every copy of its date."""
    return make_paper(
        "On clocks",
        authors=[(ada_record, make_institution("Analytical School"))],
        category=make_category("cs.LG"),
        topics=[make_topic("Clocks")],
        cites=9,
        field_sources={"*": "crossref", "title": "arxiv"},
    )


def correct(by, record, field: str, value: object, kind=PAPER, **more) -> list[int]:
    return correct_field(
        kind=kind, object_ids=[record.pk], field=field, value=value, by=by, **{"reason": "", "now": NOW, **more}
    )


def is_told(kind: str, pk: int) -> bool:
    return Change.objects.filter(kind=kind, object_id=pk).exists()


def test_a_date_is_corrected_wherever_works_are_listed_by_it(paper, dana):
    before = paper.authorships.get().relevance
    assert correct(dana, paper, "published", "2023-07") == [paper.pk]
    paper.refresh_from_db()
    assert (paper.published_date, paper.published_precision) == (date(2023, 7, 1), "M")
    byline = paper.authorships.get()
    copies = [byline, paper.paper_topics.get(), paper.paper_categories.get(), AuthorshipInstitution.objects.get()]
    assert {copy.published_date for copy in copies} == {date(2023, 7, 1)}
    assert byline.relevance > before
    assert is_told("author", byline.author_id), "their numbers go by years"


def test_a_date_that_nobody_knows_is_last_in_every_list(paper, dana):
    correct(dana, paper, "published", "")
    paper.refresh_from_db()
    assert (paper.published_date, paper.published_precision) == (None, "")
    assert paper.authorships.get().published_date == UNKNOWN_DATE
    assert paper.paper_topics.get().published_date == UNKNOWN_DATE
    withdraw_corrections(correction_ids=[Correction.objects.get().pk], now=LATER)
    paper.refresh_from_db()
    assert (paper.published_date, paper.published_precision) == (date(2020, 5, 17), "D")
    assert paper.authorships.get().published_date == date(2020, 5, 17)


def test_a_title_is_rendered_indexed_anew_and_comes_back_as_it_was(paper, dana):
    Paper.objects.filter(pk=paper.pk).update(title_html="On <i>clocks</i>")
    correct(dana, paper, "title", "On $n$ clocks")
    paper.refresh_from_db()
    assert paper.title == "On $n$ clocks"
    assert "<math" in paper.title_html
    assert paper.field_sources == {"*": "crossref", "title": "correction"}
    assert PaperSearch.objects.get(paper=paper).is_stale
    withdraw_corrections(correction_ids=[Correction.objects.get().pk], now=LATER)
    paper.refresh_from_db()
    assert (paper.title, paper.title_html) == ("On clocks", "On <i>clocks</i>")
    assert paper.field_sources == {"*": "crossref", "title": "arxiv"}


def test_a_field_of_the_only_source_names_no_source_again_after_withdrawal(paper, dana):
    correct(dana, paper, "language", "la")
    assert Paper.objects.get().field_sources["language"] == "correction"
    assert not is_told("author", paper.authorships.get().author_id), "no number of theirs is made of a language"
    withdraw_corrections(correction_ids=[Correction.objects.get().pk], now=LATER)
    assert "language" not in Paper.objects.get().field_sources


def test_a_second_word_replaces_the_first_and_what_sources_say_is_kept(paper, dana, cleo):
    correct(dana, paper, "title", "On watches", reason="misread")
    correct(cleo, paper, "title", "On hourglasses", now=LATER)
    kept = Correction.objects.get()
    assert (kept.value, kept.by, kept.reason, kept.at) == ("On hourglasses", cleo, "", LATER)
    assert (kept.imported_value["text"], kept.imported_source) == ("On clocks", "arxiv")


@pytest.mark.parametrize(
    ("field", "value"), [("title", " On clocks "), ("published", "2020/5/17"), ("is_retracted", False)]
)
def test_saying_what_is_shown_already_corrects_nothing(paper, dana, field, value):
    assert correct(dana, paper, field, value) == []
    assert not Correction.objects.exists()
    assert not is_told("paper", paper.pk)


def test_a_merged_record_is_left_as_it_is(paper, dana):
    other = make_paper("On clocks (preprint)", merged_into=paper)
    assert correct(dana, other, "title", "Other") == []
    assert reindex_papers(paper_ids=[other.pk, paper.pk], now=NOW) == [paper.pk]


def test_an_author_is_found_by_the_corrected_name_and_still_by_the_old_ones(ada_record, paper, dana):
    correct(dana, ada_record, "name", "Augusta Ada King", kind=RecordKind.AUTHOR)
    ada_record.refresh_from_db()
    assert (ada_record.key, ada_record.family_key, ada_record.initials) == ("augusta ada king", "king", "aa")
    assert {"augusta", "king", "byron"} <= set(ada_record.search_text.split())
    assert PaperSearch.objects.get(paper=paper).is_stale
    assert is_told("author", ada_record.pk)


def test_an_owners_own_word_is_shown_and_matches_no_byline(ada_record, ada):
    correct(ada, ada_record, "name", "Augusta King", kind=RecordKind.AUTHOR, is_own_word=True)
    ada_record.refresh_from_db()
    assert (ada_record.name, ada_record.key, ada_record.family_key) == ("Augusta King", "ada byron", "byron")
    assert Correction.objects.get().is_own_word


def test_earlier_names_that_are_private_are_not_found(ada_record, dana):
    Author.objects.filter(pk=ada_record.pk).update(has_private_names=True)
    correct(dana, ada_record, "name", "Alan King", kind=RecordKind.AUTHOR)
    ada_record.refresh_from_db()
    assert ada_record.search_text == "alan king"


@pytest.mark.parametrize(("value", "why"), [("<i></i>", "Nothing of this title"), (" ", "cannot be empty")])
def test_a_title_of_which_nothing_is_left_is_refused(paper, dana, value, why):
    with pytest.raises(InvalidCorrection, match=why):
        correct(dana, paper, "title", value)
    assert not Correction.objects.exists()


def test_a_venue_has_to_stand(paper, dana):
    kept, gone = make_venue("Clocks"), make_venue("Clocks (print)")
    Venue.objects.filter(pk=gone.pk).update(merged_into=kept)
    for wrong in (gone.pk, 10**12, "Clocks"):
        with pytest.raises(InvalidCorrection):
            set_venue(paper_ids=[paper.pk], venue_id=wrong, reason="", by=dana, now=NOW)
    assert set_venue(paper_ids=[paper.pk], venue_id=kept.pk, reason="", by=dana, now=NOW) == [paper.pk]
    assert Paper.objects.get().venue == kept
    assert checked(PAPER, "venue", None) is None


def test_many_are_set_at_once_and_those_that_showed_it_are_not_listed(paper, dana, django_assert_max_num_queries):
    books = [make_paper(f"Book {n}", kind="book") for n in range(5)]
    others = [make_paper(f"Article {n}") for n in range(20)]
    ids = [one.pk for one in (*books, *others)]
    with django_assert_max_num_queries(16):
        assert set_kind(paper_ids=ids, kind="book", reason="", by=dana, now=NOW) == [one.pk for one in others]
    assert Paper.objects.filter(kind="book").count() == 25


def test_more_than_one_act_may_touch_is_refused_with_the_number(paper, dana, monkeypatch):
    monkeypatch.setattr(corrections, "MOST_AT_ONCE", 1)
    with pytest.raises(TooManyRecords, match="2 records are more than one act may touch"):
        set_kind(paper_ids=[1, 2], kind="book", reason="", by=dana, now=NOW)
    with pytest.raises(TooManyRecords):
        withdraw_corrections(correction_ids=[1, 2], now=NOW)
    with pytest.raises(TooManyRecords, match="5,001 records"):
        reindex_papers(paper_ids=range(5_001), now=NOW)


def test_several_fields_of_one_record_are_set_together_or_not_at_all(paper, dana):
    def values(**fields):
        return {"kind": PAPER, "object_id": paper.pk, "reason": "", "by": dana, "now": NOW, "values": fields}

    assert correct_record(**values(title="On clocks", language="la", license="cc-by")) == ["language", "license"]
    with pytest.raises(InvalidCorrection):
        correct_record(**values(language="en", kind="poem"))
    assert Paper.objects.get().language == "la"
    with pytest.raises(KeyError):
        correct_record(**values(doi="10.1/a"))


def test_withdrawing_what_is_gone_already_does_nothing(paper, dana):
    assert withdraw_corrections(correction_ids=[1, 2, 3], now=NOW) == 0
    assert withdraw_corrections(correction_ids=[], now=NOW) == 0
