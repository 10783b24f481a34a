"""What people said of bylines and of records outlives every import, however the sources' words change."""

from datetime import UTC, datetime, timedelta

import pytest

from papers.models import Author, Authorship, BylineDecision, Paper
from papers.services.author_revisions import merge_authors, split_author
from papers.services.bylines import attribute_byline, disown_byline
from papers.services.undoing import undo_revision
from tests.papers.services.record_dump import record_dump

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 1, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
ORCID = "0000-0002-1825-0097"


def work(key: str = "one", title: str = "On the regular spacing of pendulums", **more: object) -> dict[str, object]:
    return {
        "ids": {"local": key},
        "title": title,
        "published": "2020-03-04",
        "authors": [{"name": "Wei Zhang", "ids": {"orcid": ORCID}}, {"name": "Ben Babbage"}],
        "type": "article",
        "source": "records",
        **more,
    }


def holder(printed: str = "Wei Zhang", **where: object) -> Author:
    return Authorship.objects.get(printed_name=printed, **where).author


def test_a_disowned_byline_never_comes_back_though_the_source_names_the_orcid_id(load, ada):
    load(work())
    wei, paper = holder(), Paper.objects.get()
    disown_byline(author_id=wei.pk, paper_id=paper.pk, by=ada, reason="", now=NOW)
    other = holder()
    load(work(title="On the irregular spacing of pendulums"), at=LATER)
    assert holder() == other != wei
    load(
        work(
            authors=[
                {"name": "Ben Babbage"},
                {"name": "Zhang Wei"},
                {"name": "W. Zhang", "ids": {"orcid": ORCID}},
            ]
        ),
        at=LATER,
    )
    assert wei.pk not in Authorship.objects.values_list("author", flat=True)
    assert holder("W. Zhang") == other


def test_an_attributed_byline_stays_though_it_moves_and_is_printed_otherwise(load, ada):
    load(work(), work("two", "Another matter", authors=[{"name": "Wei Zhang"}]))
    wei = holder(paper__title="Another matter")
    mine = Author.objects.create(name="Wei W. Zhang", key="wei w zhang", family_key="zhang", search_text="wei")
    paper = Paper.objects.get(title__startswith="On the")
    attribute_byline(author_id=mine.pk, paper_id=paper.pk, position=1, by=ada, reason="", now=NOW)
    load(
        work(
            authors=[
                {"name": "Ben Babbage"},
                {"name": "W. Zhang", "ids": {"orcid": ORCID}},
                {"name": "Cleo Somerville"},
            ]
        ),
        at=LATER,
    )
    assert holder("W. Zhang") == mine
    assert not mine.identifiers.exists(), "a person's word teaches no identifier"
    assert holder(paper__title="Another matter") == wei


def test_decisions_follow_the_record_that_theirs_was_merged_into(load, ada, dana):
    load(work(), work("two", "Another matter", authors=[{"name": "Z. Wei"}]))
    wei, heir = holder(), holder("Z. Wei")
    paper = Paper.objects.get(title__startswith="On the")
    disown_byline(author_id=wei.pk, paper_id=paper.pk, by=ada, reason="", now=NOW)
    other = holder()
    merge_authors(merge_target_id=heir.pk, merged_ids=[wei.pk], by=dana, reason="", now=NOW)
    load(work(title="On the irregular spacing of pendulums"), at=LATER)
    assert holder() == other


def test_decisions_go_with_a_paper_that_is_merged_into_another(load, ada):
    load(work(ids={"doi": "10.1234/a"}), work(ids={"arxiv": "2001.00001"}, title="A preprint on pendulums"))
    first, second = Paper.objects.order_by("pk")
    wei = holder(paper=second)
    disown_byline(author_id=wei.pk, paper_id=second.pk, by=ada, reason="", now=NOW)
    load(work(ids={"doi": "10.1234/a", "arxiv": "2001.00001"}, title="On pendulums"), at=LATER)
    assert Paper.objects.get(merged_into=None) == first
    assert BylineDecision.objects.get().paper == first
    assert wei.pk not in Authorship.objects.values_list("author", flat=True)


def test_a_split_outlives_imports(load, dana):
    load(work(), work("two", "Another matter"))
    wei = holder(paper__title="Another matter")
    paper = Paper.objects.get(title__startswith="On the")
    split_author(author_id=wei.pk, paper_ids=[paper.pk], by=dana, reason="", now=NOW)
    other = holder(paper=paper)
    load(work(language="en"), work("two", "Another matter", language="en"), at=LATER)
    assert (holder(paper=paper), holder(paper__title="Another matter")) == (other, wei)
    assert other != wei


def test_an_import_never_brings_a_merged_record_back(load, dana):
    load(work(), work("two", "Another matter", authors=[{"name": "Augusta Zhang"}]))
    wei, merged = holder(), holder("Augusta Zhang")
    merge_authors(merge_target_id=wei.pk, merged_ids=[merged.pk], by=dana, reason="", now=NOW)
    load(
        work("two", "Another matter", authors=[{"name": "Augusta Zhang"}], language="en"),
        work("three", "A third matter", authors=[{"name": "Augusta Zhang"}, {"name": "A. Zhang"}]),
        at=LATER,
    )
    assert set(Authorship.objects.filter(printed_name="Augusta Zhang").values_list("author", flat=True)) == {wei.pk}
    assert not merged.authorships.exists()


def test_a_merge_is_undone_after_an_import_wrote_its_bylines_anew(load, dana):
    load(work(), work("two", "Another matter", authors=[{"name": "Augusta Zhang", "ids": {"openalex": "A77"}}]))
    wei, merged = holder(), holder("Augusta Zhang")
    before = record_dump()
    act = merge_authors(merge_target_id=wei.pk, merged_ids=[merged.pk], by=dana, reason="", now=NOW)
    again = [
        work(language="en"),
        work(
            "two",
            "Another matter",
            authors=[{"name": "Augusta Zhang", "ids": {"openalex": "A77"}}],
            language="en",
        ),
        work("three", "A third matter", authors=[{"name": "Augusta Zhang"}]),
    ]
    load(*again, at=LATER)
    assert merged.authorships.count() == 0
    undo_revision(revision_id=act.pk, by=dana, now=LATER)
    assert set(merged.authorships.values_list("paper__title", flat=True)) == {
        "Another matter",
        "A third matter",
    }
    after = record_dump()
    for table in (
        "papers_author",
        "papers_authorname",
        "papers_authoridentifier",
        "papers_authoraffiliation",
    ):
        assert after[table] == before[table]
