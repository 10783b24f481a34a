"""Which records are one work: by stated relations, by identifiers in dispute, and which pairs wait for curators."""

from datetime import UTC, datetime
from typing import Any

import pytest

from papers.models import Paper, PaperIdentifier, PaperMatch

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 1, tzinfo=UTC)
ARXIV = {"name": "arXiv", "type": "repository"}
JOURNAL = {"name": "Journal of Clocks", "type": "journal"}


def preprint(**more: Any) -> dict[str, Any]:
    return {
        "ids": {"arxiv": "1501.00001"},
        "title": "On the spacing of pendulums",
        "type": "preprint",
        "published": "2015-01-02",
        "venue": ARXIV,
        "authors": ["Ada Byron"],
        "source": "arxiv",
        **more,
    }


def article(**more: Any) -> dict[str, Any]:
    return {
        "ids": {"doi": "10.5555/a"},
        "title": "Spacing pendulums, regularly",
        "type": "article",
        "published": "2017",
        "venue": JOURNAL,
        "authors": ["Ada Byron"],
        "source": "crossref",
        **more,
    }


OF_THE_ARTICLE = {"relations": [{"kind": "is_preprint_of", "doi": "10.5555/a"}]}
OF_THE_PREPRINT = {"relations": [{"kind": "has_preprint", "arxiv": "1501.00001"}]}


@pytest.mark.parametrize("is_together", [True, False])
@pytest.mark.parametrize(
    "records",
    [
        [preprint(**OF_THE_ARTICLE), article()],
        [article(), preprint(**OF_THE_ARTICLE)],
        [preprint(), article(**OF_THE_PREPRINT)],
        [article(**OF_THE_PREPRINT), preprint()],
    ],
)
def test_versions_under_two_titles_are_one_work_whichever_names_the_other(load, records, is_together):
    for batch in [records] if is_together else [[one] for one in records]:
        load(*batch)
    paper = Paper.objects.get(merged_into=None)
    assert (paper.title, paper.kind) == ("Spacing pendulums, regularly", "article")
    assert set(paper.identifiers.values_list("scheme", flat=True)) == {"arxiv", "doi"}


@pytest.mark.parametrize("is_together", [True, False])
def test_a_preprint_named_as_a_version_by_another_preprint_is_for_curators(load, is_together):
    other = preprint(
        ids={"arxiv": "1501.00002"},
        title="Spacing pendulums, again",
        relations=[{"kind": "is_version_of", "arxiv": "1501.00001"}],
    )
    for batch in [[preprint(), other]] if is_together else [[preprint()], [other]]:
        load(*batch)
    assert Paper.objects.filter(merged_into=None).count() == 2
    assert PaperMatch.objects.get().reason == "ids"


def test_a_relation_to_a_work_that_is_not_here_waits_for_it(load):
    load(preprint(**OF_THE_ARTICLE))
    assert Paper.objects.count() == 1
    load(article())
    assert Paper.objects.filter(merged_into=None).count() == 1


@pytest.mark.parametrize("is_together", [True, False])
def test_one_title_too_many_years_apart_is_for_curators_once(load, is_together):
    records = [preprint(), article(title="On the spacing of pendulums", published="2022")]
    for batch in [records] if is_together else [[one] for one in records]:
        load(*batch)
    load(preprint(comment="revised"))
    match = PaperMatch.objects.get()
    assert (match.state, match.reason) == ("open", "years")
    assert {match.one_id, match.other_id} == set(Paper.objects.values_list("pk", flat=True))


def test_a_pair_that_a_curator_keeps_apart_is_not_put_on_the_list_again(load, dana):
    load(preprint(), article(title="On the spacing of pendulums", published="2022"))
    PaperMatch.objects.update(state="never", decided_at=NOW, decided_by=dana)
    load(article(title="On the spacing of pendulums", published="2022", comment="revised"))
    assert PaperMatch.objects.get().state == "never"
    assert Paper.objects.filter(merged_into=None).count() == 2


def test_a_books_isbn_names_the_book_and_not_its_chapters(load):
    isbn = "9783161484100"
    load(article(ids={"local": "book", "isbn": isbn}, type="book", title="A book on clocks"))
    load(article(ids={"local": "chapter", "isbn": isbn}, type="book-chapter", title="The third chapter of it"))
    load(article(ids={"isbn": isbn}, type="book", title="A book on clocks, second printing"))
    assert Paper.objects.filter(merged_into=None).count() == 2
    assert PaperIdentifier.objects.get(scheme="isbn").paper.kind == "book"


@pytest.mark.parametrize("is_listed", [True, False])
def test_a_doi_in_dispute_stays_with_the_work_that_stated_it_first_when_either_changes(load, is_listed):
    first, second = (
        preprint(ids={"arxiv": f"1501.0000{n}", "doi": "10.5555/a"}, title=f"Spacing pendulums, part {n}")
        for n in (1, 2)
    )
    for batch in [[first, second]] if is_listed else [[first], [second]]:
        load(*batch)
    load({**second, "comment": "revised"})
    assert PaperIdentifier.objects.get(scheme="doi").paper.title == "Spacing pendulums, part 1"
    load({**first, "comment": "revised"})
    assert Paper.objects.filter(merged_into=None).count() == 2


def test_three_works_that_one_record_joins_are_the_oldest_of_them(load):
    load(*(article(ids={scheme: value}, title=f"A {scheme} title of pendulums") for scheme, value in IDS.items()))
    oldest = Paper.objects.order_by("pk").first()
    load(article(ids=dict(IDS)))
    assert oldest is not None
    assert Paper.objects.get(merged_into=None) == oldest
    assert set(Paper.objects.exclude(pk=oldest.pk).values_list("merged_into", flat=True)) == {oldest.pk}
    assert oldest.identifiers.count() == 3


@pytest.mark.parametrize("is_notice_first", [True, False])
def test_a_notice_by_doi_marks_its_work_whichever_of_the_two_comes_first(load, is_notice_first):
    about = article(title="On the spacing of pendulums")
    notice = article(
        ids={"doi": "10.5555/n"}, title="Retraction note", relations=[{"kind": "retracts", "doi": "10.5555/a"}]
    )
    for record in (notice, about) if is_notice_first else (about, notice):
        load(record)
    found = {paper.title: (paper.notice, paper.is_retracted) for paper in Paper.objects.all()}
    assert found == {"On the spacing of pendulums": ("retraction", True), "Retraction note": ("", False)}


IDS = {"doi": "10.5555/a", "pmid": "29028636", "acl": "P16-1001"}
