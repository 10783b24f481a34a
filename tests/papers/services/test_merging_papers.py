"""Two papers that are one: nothing that was known of either is lost, and nothing stands twice."""

from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from papers.models import (
    BylineDecision,
    Change,
    Citation,
    Correction,
    Paper,
    PaperLink,
    PaperMatch,
    PaperSearch,
    ReportedCitations,
    UnresolvedReference,
)
from papers.services.bylines import attribute_byline, disown_byline
from papers.services.merging import merge_papers
from tests.factories.record import make_author, make_citation, make_paper

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def author():
    return make_author("Ada Byron")


@pytest.fixture
def kept(author):
    return make_paper("On clocks", authors=[author], ids={"doi": "10.1000/clocks"})


@pytest.fixture
def gone(author):
    return make_paper("On clocks (preprint)", authors=[author], ids={"arxiv": "2205.11789"}, title_hash=7)


def merge(kept, *gone) -> None:
    with transaction.atomic():
        merge_papers(merge_target_id=kept.pk, merged_ids=[one.pk for one in gone])


def test_the_identifiers_of_both_lead_to_the_one_that_stays(kept, gone, author):
    Change.objects.all().delete()
    merge(kept, gone)
    gone.refresh_from_db()
    assert (gone.merged_into, gone.title_hash) == (kept, None)
    assert {str(one) for one in kept.identifiers.all()} == {"doi:10.1000/clocks", "arxiv:2205.11789"}
    assert not gone.authorships.exists()
    assert not gone.locations.exists()
    assert not PaperSearch.objects.filter(paper=gone).exists()
    assert set(Change.objects.values_list("kind", "object_id")) == {
        ("author", author.pk),
        ("paper", kept.pk),
        ("paper", gone.pk),
    }


def test_redirects_stay_flat(kept, gone):
    oldest = make_paper("On clocks (talk)", merged_into=gone)
    merge(kept, gone)
    oldest.refresh_from_db()
    assert oldest.merged_into == kept


def test_citations_are_joined_count_once_and_never_become_a_works_own(kept, gone):
    both, one, cited = (make_paper(title) for title in ("Cites both", "Cites one", "Is cited"))
    for citing, target in ((both, kept), (both, gone), (one, gone), (gone, cited), (kept, cited), (gone, kept)):
        make_citation(citing, target)
    merge(kept, gone)
    assert set(Citation.objects.values_list("citing__title", "cited__title")) == {
        ("Cites both", "On clocks"),
        ("Cites one", "On clocks"),
        ("On clocks", "Is cited"),
    }
    assert Citation.objects.count() == 3


def test_several_are_merged_at_once(kept, gone, author):
    third = make_paper("On clocks (talk)", authors=[author], ids={"pmid": "7"})
    make_citation(gone, third)
    merge(kept, gone, third)
    assert set(Paper.objects.filter(merged_into=kept)) == {gone, third}
    assert kept.identifiers.count() == 3
    assert not Citation.objects.exists(), "a work does not cite itself"


def test_of_what_one_source_reports_of_both_the_word_on_the_one_that_stays_is_kept(kept, gone):
    for paper, source, count in ((kept, "crossref", 5), (gone, "crossref", 9), (gone, "openalex", 4)):
        ReportedCitations.objects.create(paper=paper, source=source, count=count, as_of_date=date(2026, 1, 1))
    merge(kept, gone)
    assert dict(ReportedCitations.objects.values_list("source", "count")) == {"crossref": 5, "openalex": 4}


def test_references_that_wait_and_links_are_joined(kept, gone):
    for paper in (kept, gone):
        UnresolvedReference.objects.create(citing=paper, scheme="doi", value="10.1/same", source="a")
        PaperLink.objects.create(paper=paper, kind="pdf", url="https://example.org/same.pdf")
    UnresolvedReference.objects.create(citing=gone, scheme="doi", value="10.1/other", source="a")
    PaperLink.objects.create(paper=gone, kind="code", url="https://example.org/code")
    merge(kept, gone)
    assert sorted(kept.unresolved_references.values_list("value", flat=True)) == ["10.1/other", "10.1/same"]
    assert sorted(kept.links.values_list("kind", flat=True)) == ["code", "pdf"]
    assert (UnresolvedReference.objects.count(), PaperLink.objects.count()) == (2, 2)


def test_what_people_corrected_goes_along_unless_they_said_it_of_the_one_that_stays(kept, gone, dana):
    for paper, field, value in (
        (kept, "title", "On all clocks"),
        (gone, "title", "On some clocks"),
        (gone, "language", "la"),
    ):
        Correction.objects.create(kind="paper", object_id=paper.pk, field=field, value=value, by=dana, at=NOW)
    merge(kept, gone)
    assert set(Correction.objects.values_list("object_id", "field", "value", "by")) == {
        (kept.pk, "title", "On all clocks", dana.pk),
        (kept.pk, "language", "la", dana.pk),
    }


def test_of_two_words_on_one_byline_the_latest_stands(kept, gone, author, ada):
    early = disown_byline(author_id=author.pk, paper_id=kept.pk, by=ada, reason="", now=NOW)
    late = attribute_byline(author_id=author.pk, paper_id=gone.pk, by=ada, reason="", now=NOW.replace(hour=13))
    merge(kept, gone)
    decisions = BylineDecision.objects.order_by("at")
    assert [(one.pk, one.paper, one.withdrawn_at is None) for one in decisions] == [
        (early.pk, kept, False),
        (late.pk, kept, True),
    ]


def test_what_is_kept_apart_from_the_one_that_goes_is_kept_apart_from_the_one_that_stays(kept, gone, dana):
    apart, perhaps = make_paper("On watches"), make_paper("On hourglasses")
    PaperMatch.objects.create(
        one=gone, other=apart, state="never", reason="title", found_at=NOW, decided_at=NOW, decided_by=dana
    )
    PaperMatch.objects.create(one=gone, other=perhaps, reason="title", found_at=NOW)
    PaperMatch.objects.create(one=kept, other=apart, reason="title", found_at=NOW)
    merge(kept, gone)
    (match,) = PaperMatch.objects.all()
    assert (match.one, match.other, match.state, match.decided_by) == (kept, apart, "never", dana)
