"""The gravest notice about a work is shown with it, whoever states it and in whatever order they arrive."""

from datetime import UTC, date, datetime

import pytest

from papers.models import Change, Correction, Paper, PaperRelation
from papers.selectors.notices import notices_of, works_noticed_by
from papers.services.corrections import withdraw_corrections
from papers.services.curating import mark_retracted
from papers.services.notices import refresh_notices
from tests.factories.record import make_author, make_paper, make_venue

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def paper(db):
    return make_paper("On clocks", authors=[make_author("Ada Byron")], ids={"doi": "10.1000/clocks"})


def state(paper: Paper, kind: str, scheme: str = "", value: str = "", **more) -> PaperRelation:
    return PaperRelation.objects.create(
        paper=paper, kind=kind, scheme=scheme, value=value, **{"source": "crossref", **more}
    )


def shown(paper: Paper) -> tuple[str, bool]:
    paper.refresh_from_db()
    return paper.notice, paper.is_retracted


def refresh(*papers: Paper) -> list[int]:
    return refresh_notices(paper_ids=[paper.pk for paper in papers], now=NOW)


@pytest.mark.parametrize(
    ("kinds", "notice", "is_retracted"),
    [
        (["retraction"], "retraction", True),
        (["withdrawal"], "withdrawal", True),
        (["correction", "concern"], "concern", False),
        (["correction", "retraction", "withdrawal"], "retraction", True),
        ([], "", False),
    ],
)
def test_the_gravest_of_what_is_stated_is_shown(paper, kinds, notice, is_retracted):
    for kind in kinds:
        state(paper, kind)
    refresh(paper)
    assert shown(paper) == (notice, is_retracted)


def test_a_notice_that_names_the_work_marks_it_and_its_authors_are_counted_anew(paper):
    note = make_paper("Retraction: On clocks", published=date(2021, 3, 1), ids={"doi": "10.1000/note"})
    state(note, "retracts", "doi", "10.1000/clocks")
    assert refresh(paper, note) == [paper.pk]
    assert (shown(paper), shown(note)) == (("retraction", True), ("", False))
    author = paper.authorships.get().author_id
    assert set(Change.objects.filter(at=NOW).values_list("kind", "object_id")) == {
        ("paper", paper.pk),
        ("author", author),
    }
    assert refresh(paper, note) == [], "nothing more is to be told"
    (notice,) = notices_of([paper.pk])[paper.pk]
    assert (notice.notice_id, notice.notice_title, notice.notice_date) == (note.pk, note.title, date(2021, 3, 1))
    assert notice.url == "https://doi.org/10.1000/note"
    assert [(one.kind, one.paper_id) for one in works_noticed_by(note.pk)] == [("retraction", paper.pk)]


def test_a_notice_that_is_no_more_is_taken_off(paper):
    stated = state(paper, "retraction")
    refresh(paper)
    stated.delete()
    assert refresh(paper) == [paper.pk]
    assert shown(paper) == ("", False)


@pytest.mark.parametrize(
    ("venue", "family", "is_noticed"),
    [("Clocks", "", True), ("Elsewhere", "byron", True), ("Elsewhere", "babbage", False), ("Elsewhere", "", False)],
)
def test_a_notice_by_title_alone_needs_the_venue_or_the_first_author_too(paper, venue, family, is_noticed):
    venues = {name: make_venue(name, kind="journal") for name in ("Clocks", "Elsewhere")}
    note = make_paper("Erratum", venue=venues[venue], first_family_key=family)
    Paper.objects.filter(pk=paper.pk).update(venue=venues["Clocks"], title_hash=77, first_family_key="byron")
    state(note, "corrects", "title", "77")
    refresh(paper)
    assert shown(paper)[0] == ("correction" if is_noticed else "")
    assert bool(works_noticed_by(note.pk)) is is_noticed
    assert bool(notices_of([paper.pk])) is is_noticed


def test_a_bare_statement_gives_way_to_a_notice_of_its_kind_that_can_be_read(paper):
    state(paper, "retraction", source="openalex")
    state(paper, "concern", reason="Image 3")
    state(paper, "retraction", "doi", "10.1000/elsewhere", reason="Fraud", notice_date=date(2020, 1, 2))
    found = notices_of([paper.pk])[paper.pk]
    assert [(one.kind, one.value, one.reason) for one in found] == [
        ("retraction", "10.1000/elsewhere", "Fraud"),
        ("concern", "", "Image 3"),
    ]
    assert (found[0].notice_id, found[0].url, found[1].url) == (None, "https://doi.org/10.1000/elsewhere", "")


def test_works_without_a_notice_are_not_listed(paper):
    assert notices_of([paper.pk]) == {}
    assert works_noticed_by(paper.pk) == []
    assert refresh() == []


def test_a_curators_retraction_is_shown_like_any_other_and_goes_when_it_is_withdrawn(paper, dana):
    """It stood in the record alone: pages, lists and exports show the notice."""
    mark_retracted(paper_ids=[paper.pk], is_retracted=True, reason="Fraud", by=dana, now=NOW)
    assert shown(paper) == ("retraction", True)
    withdraw_corrections(correction_ids=_corrections(paper), now=NOW)
    assert shown(paper) == ("", False)


def test_a_curators_word_that_a_work_is_not_retracted_leaves_the_lesser_notices(paper, dana):
    state(paper, "retraction")
    state(paper, "concern")
    refresh(paper)
    mark_retracted(paper_ids=[paper.pk], is_retracted=False, reason="A mix-up", by=dana, now=NOW)
    assert shown(paper) == ("concern", False)
    refresh(paper)
    assert shown(paper) == ("concern", False), "an import changes nothing of it"
    withdraw_corrections(correction_ids=_corrections(paper), now=NOW)
    assert shown(paper) == ("retraction", True)


def _corrections(paper: Paper) -> list[int]:
    return list(Correction.objects.filter(kind="paper", object_id=paper.pk).values_list("pk", flat=True))
